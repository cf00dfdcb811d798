import { escapeText } from "../../text/invisible.ts";

/** Breaks what GitHub links after rendering, where a character reference would no longer help. Shows nothing. */
const BREAK = "&#8203;";

/**
 * What people copy: requests, ids, digests, addresses, campaign files with their line, a quoted word or a map of YAML, and what
 * could be a commit id. It has only characters that a code span shows as they are, and GitHub links nothing in code.
 */
const COPIED = new RegExp(
  `(?<![\\w./:-])((?:${[
    "(?:GET|PUT|POST|PATCH|DELETE) /[\\w./:%-]*\\w",
    "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "sha256:[0-9a-f]{64}",
    "https?://[\\w./:%-]*\\w",
    "[\\w./-]+\\.ya?ml(?::\\d+){0,2}",
    '"[\\w./:@#-]+"',
    '\\{ [\\w./:," -]+ \\}',
    "[0-9a-f]{7,}",
  ].join("|")})(?![\\w/-]))`,
);

/**
 * In this order: characters with a meaning in Markdown, HTML or a table; characters with a meaning at the start of a
 * line; then the beginnings of a mention or e-mail address, an issue number, a URL or emoji name, a host name; and six
 * digits of what could be a commit id, which has at least seven.
 */
const MEANINGFUL =
  /([\\`*_[\]<>&|~$])|(^(?:[-+= ]|\d(?=\d*[.)])))|(@|#|:(?=\/\/|[\w+-]+:)|\bwww(?=\.)|\bgh-(?=\d))|((?<=(?<![0-9a-z])(?:[0-9a-f]{6})*)[0-9a-f]{6}(?=[0-9a-f]+(?![0-9a-z])))/;

const IN_MARKDOWN = new RegExp(`${COPIED.source}|${MEANINGFUL.source}`, "gi");
const IN_HTML = new RegExp(MEANINGFUL.source, "gi");

/**
 * Makes text safe inside a Markdown line, heading or table cell: nothing in it becomes a link, image, mention or markup,
 * or ends the cell. What people copy becomes code. Invisible characters are made visible first, so the result is one line.
 */
export function escapeMarkdown(text: string): string {
  return escapeText(text).replace(
    IN_MARKDOWN,
    (match, copied: string | undefined, markup: string | undefined, lineStart: string | undefined) =>
      copied === undefined ? disarm(match, markup ?? lineStart) : `\`${copied}\``,
  );
}

/** As {@link escapeMarkdown}, inside of an HTML element, where a code span may be none: nothing becomes code. */
export function escapeInHtml(text: string): string {
  return escapeText(text).replace(
    IN_HTML,
    (match, markup: string | undefined, lineStart: string | undefined) => disarm(match, markup ?? lineStart),
  );
}

function disarm(match: string, meaningful: string | undefined): string {
  return meaningful === undefined ? `${match}${BREAK}` : `&#${match.charCodeAt(0)};`;
}

/**
 * An id or a place as a code span, whatever is in it, so that it can be copied and is no commit id. In a table a bar ends
 * the cell even there: with one in it, it is escaped text.
 */
export function markdownCode(text: string): string {
  const shown = escapeText(text);
  if (shown.trim() === "" || shown.includes("|")) return escapeMarkdown(text);
  const fence = "`".repeat(longestBacktickRun(shown) + 1);
  // One blank at each end is taken away again.
  const gap = /^[ `]|[ `]$/.test(shown) ? " " : "";
  return `${fence}${gap}${shown}${gap}${fence}`;
}

function longestBacktickRun(line: string): number {
  return Math.max(...(line.match(/`+/g) ?? []).map((run) => run.length), 0);
}
