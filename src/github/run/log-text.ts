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

/**
 * A secret in every form that a log might show: as it is, line by line, encoded for a URL, a form, JSON and in Base64.
 * The runner hides exact matches only. Blank secrets have no form.
 */
export function maskedForms(secret: string): readonly string[] {
  const trimmed = secret.trim();
  if (trimmed === "") return [];
  const lines = trimmed.split(/\r\n|\r|\n/).map((line) => line.trim());
  const bytes = Buffer.from(trimmed, "utf8");
  // Read back from the bytes it has no lone surrogate, which could not be encoded for a URL.
  const encoded = encodeURIComponent(bytes.toString("utf8"));
  const base64 = bytes.toString("base64");
  const forms = [
    trimmed,
    ...lines,
    encoded,
    encoded.replaceAll("%20", "+"),
    new URLSearchParams({ "": trimmed }).toString().slice(1),
    JSON.stringify(trimmed).slice(1, -1),
    base64,
    base64.replace(/=+$/, ""),
    bytes.toString("base64url"),
  ];
  return [...new Set(forms.filter((form) => form !== ""))];
}
