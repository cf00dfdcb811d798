import { INVISIBLE } from "../../text/invisible.ts";

/** What the runner may skip before it looks for a command: any blank, and to be safe anything invisible. */
const COMMAND_AT_START = new RegExp(String.raw`^([${INVISIBLE}\s]*:)(?=:)`, "u");

/**
 * Makes text safe for the log: no line of it is a command to the runner. The runner skips blanks before `::`, and finds
 * the older `##[` anywhere in a line. A blank is put between, where a reader sees it.
 */
export function breakCommands(text: string): string {
  return text
    .split(/(\r\n|\r|\n)/)
    .map((line) => line.replace(COMMAND_AT_START, "$1 ").replaceAll("##[", "## ["))
    .join("");
}
