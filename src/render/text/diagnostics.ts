import type { Diagnostic, Excerpt } from "../../domain/model.ts";
import { escapeText } from "../../text/invisible.ts";
import { displayWidth } from "../../text/width.ts";
import { diagnosticCounts, diagnosticPlace } from "../diagnostic-words.ts";
import type { Style } from "./style.ts";

/**
 * Diagnostics for a person: each with its place, the source line with carets under the culprit, and what to do; then a
 * line with their number. Ends with a newline.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: { readonly style: Style },
): string {
  const blocks = diagnostics.flatMap((diagnostic) => [...diagnosticLines(diagnostic, options.style), ""]);
  return `${[...blocks, diagnosticCounts(diagnostics)].join("\n")}\n`;
}

/** One diagnostic as lines. */
export function diagnosticLines(diagnostic: Diagnostic, style: Style): readonly string[] {
  const { severity, code, summary, detail } = diagnostic;
  const colour = severity === "error" ? style.red : style.yellow;
  const place = diagnosticPlace(diagnostic);
  return [
    `${colour(`${severity}[${escapeText(code)}]`)}${place === "" ? "" : ` ${style.bold(escapeText(place))}`}`,
    `  ${escapeText(summary)}`,
    ...excerptLines(diagnostic, colour),
    ...detail.split(/\r?\n/).map((line) => `  ${escapeText(line)}`.trimEnd()),
  ];
}

function excerptLines({ excerpt, range }: Diagnostic, colour: (text: string) => string): readonly string[] {
  if (excerpt === null) return [];
  const { before, marked, after } = split(excerpt);
  const number = range === null ? "" : String(range.start.line);
  const carets = "^".repeat(Math.max(1, displayWidth(marked)));
  const indent = " ".repeat(displayWidth(before));
  return [
    `    ${number} | ${before}${marked}${after}`.trimEnd(),
    `    ${" ".repeat(number.length)} | ${indent}${colour(carets)}`,
  ];
}

/** Cuts an excerpt at the marks before it is made printable, since that may make it longer. */
function split({ text, column, length }: Excerpt): Record<"before" | "marked" | "after", string> {
  const start = Math.min(Math.max(0, column - 1), text.length);
  const end = Math.min(start + Math.max(0, length), text.length);
  const before = expandTabs(text.slice(0, start), 0);
  const marked = expandTabs(text.slice(start, end), displayWidth(before));
  const after = expandTabs(text.slice(end), displayWidth(before) + displayWidth(marked));
  return { before, marked, after };
}

const TAB_STOP = 4;

/** Escaped text with each tab as spaces up to the next stop, as an editor would show it. */
function expandTabs(text: string, from: number): string {
  const [first = "", ...rest] = text.split("\t").map(escapeText);
  return rest.reduce((line, part) => {
    const column = from + displayWidth(line);
    return `${line}${" ".repeat(TAB_STOP - (column % TAB_STOP))}${part}`;
  }, first);
}
