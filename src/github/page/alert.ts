import { escapeMarkdown } from "../../render/markdown/markdown-escape.ts";
import type { PageAlert } from "../../render/page/page-section.ts";
import { countText } from "../../text/figures.ts";
import { utf8Length } from "./limits.ts";

/** A block that GitHub sets off by colour and icon; elsewhere it is a quotation. The text must be safe already. */
export function alertBlock(kind: "NOTE" | "IMPORTANT" | "WARNING" | "CAUTION", text: string): string {
  return `> [!${kind}]\n> ${text}`;
}

/** The stable line as the heading, and below it what a reader must not miss. */
export function pageHead({
  lastLine,
  alerts,
}: {
  readonly lastLine: string;
  readonly alerts: readonly PageAlert[];
}): string {
  return [`### ${lastLine}`, ...alerts.map(namingAlert)].join("\n\n");
}

/** An alert that names the campaigns that it is about. */
function namingAlert({ level, title, names, means }: PageAlert): string {
  const more = means === "" ? "" : ` ${means}`;
  return alertBlock(LEVELS[level], `**${title}**: ${nameList(names)}.${more}`);
}

const LEVELS = { caution: "CAUTION", warning: "WARNING" } as const;

/** Bytes that the names in one banner may take: a banner is never cut, and names may be long and hostile. */
const MAX_NAME_BYTES = 1_200;

/** Names as safe Markdown: as many as there is room for, then how many there are more. */
function nameList(names: readonly string[]): string {
  const shown: string[] = [];
  let room = MAX_NAME_BYTES;
  for (const name of names.map(escapeMarkdown)) {
    room -= utf8Length(name) + 2;
    if (room < 0) break;
    shown.push(name);
  }
  const missing = names.length - shown.length;
  if (missing === 0) return shown.join(", ");
  return shown.length === 0
    ? `${countText(missing)} by name below`
    : `${shown.join(", ")} and ${countText(missing)} more`;
}
