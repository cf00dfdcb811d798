import { escapeText } from "./escape.ts";

/** Breaks what GitHub links after rendering, where a character reference would no longer help. Shows nothing. */
const BREAK = "&#8203;";

/**
 * In this order: characters with a meaning in Markdown, HTML or a table; characters with a meaning at the start of a
 * line; then the beginnings of a mention or e-mail address, an issue number, a URL or emoji name, a host name; and six
 * digits of what could be a commit id, which has at least seven.
 */
const MEANINGFUL =
  /([\\`*_[\]<>&|~$])|(^(?:[-+= ]|\d(?=\d*[.)])))|(@|#|:(?=\/\/|[\w+-]+:)|\bwww(?=\.)|\bgh-(?=\d))|((?<=(?<![0-9a-z])(?:[0-9a-f]{6})*)[0-9a-f]{6}(?=[0-9a-f]+(?![0-9a-z])))/gi;

/**
 * Makes text safe inside a Markdown line, heading, table cell or HTML element: nothing in it becomes a link, image,
 * mention, markup or code, or ends the cell. Invisible characters are made visible first, so the result is one line.
 */
export function escapeMarkdown(text: string): string {
  return escapeText(text).replace(
    MEANINGFUL,
    (match, markup: string | undefined, lineStart: string | undefined) =>
      markup === undefined && lineStart === undefined ? `${match}${BREAK}` : `&#${match.charCodeAt(0)};`,
  );
}

/** An id as a code span where that is safe, so that it can be copied and is no commit id; else as escaped text. */
export function markdownCode(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? `\`${text}\`` : escapeMarkdown(text);
}

/**
 * Puts lines in a fenced code block whose fence is longer than any run of backticks in them. Invisible characters are
 * made visible, so one line stays one line.
 */
export function fenced(language: string, lines: readonly string[]): string {
  const body = lines.map(escapeText);
  const longest = Math.max(...body.map(longestBacktickRun), 0);
  const fence = "`".repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, ...body, fence].join("\n");
}

function longestBacktickRun(line: string): number {
  return Math.max(...(line.match(/`+/g) ?? []).map((run) => run.length), 0);
}
