import { escapeMarkdown } from "../../render/markdown/markdown-escape.ts";
import type { AlertLine, PageAlert } from "../../render/page/page-section.ts";
import { countText } from "../../text/figures.ts";
import { utf8Length } from "./limits.ts";

/** A block that GitHub sets off by colour and icon; elsewhere it is a quotation. The text must be safe already. */
export function alertBlock(kind: "NOTE" | "IMPORTANT" | "WARNING" | "CAUTION", text: string): string {
  return `> [!${kind}]\n> ${text}`;
}

/**
 * The headline, what it does not speak of, and below it what a reader must not miss. Blocks that are Markdown already
 * come first.
 */
export function pageHead(
  headline: string,
  unseen: readonly string[],
  alerts: readonly PageAlert[],
  blocks: readonly string[] = [],
): string {
  const notes = unseen.length === 0 ? [] : [`${unseen.map(escapeMarkdown).join(". ")}.`];
  return [`### ${headline}`, ...blocks, ...notes, ...alerts.map(namingAlert)].join("\n\n");
}

/** An alert that names the campaigns that it is about, a line each time. */
function namingAlert({ level, lines }: PageAlert): string {
  const text = lines.map((line) => namingLine(line, MAX_NAME_BYTES / lines.length));
  return alertBlock(LEVELS[level], text.join("\\\n> "));
}

/** A line of an alert as Markdown. Its title must be safe already; its names have so many bytes. */
export function namingLine({ title, names, means }: AlertLine, maxBytes: number): string {
  const more = means === "" ? "" : `. ${means}`;
  return `**${title}**: ${nameList(names, maxBytes)}${more}`;
}

const LEVELS = { caution: "CAUTION", warning: "WARNING", note: "NOTE" } as const;

/** Bytes that the names in one alert may take: an alert is never cut, and names may be long and hostile. */
const MAX_NAME_BYTES = 2_400;

/** More names than this nobody reads. */
const MAX_NAMES = 10;

/** Names as safe Markdown: as many as there is room for, then how many there are more. */
function nameList(names: readonly string[], maxBytes: number): string {
  const shown: string[] = [];
  let room = maxBytes;
  for (const name of names.slice(0, MAX_NAMES).map(escapeMarkdown)) {
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
