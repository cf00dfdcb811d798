import { type DiagnosticCode, makeDiagnostic } from "../diagnostics.ts";
import type { Diagnostic, Excerpt, Position } from "../domain.ts";

/** The text of one file with what it takes to turn an offset into a line and a column. */
export type SourceText = {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
};

/** Offsets in UTF-16 units, the second one exclusive. */
export type Span = readonly [start: number, end: number];

const EXCERPT_WIDTH = 120;
const CONTEXT_BEFORE = 60;

/** Indexes the lines of a text. Only `\n` ends a line; a `\r` in front of it belongs to no column. */
export function indexText(file: string, text: string): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts };
}

/** Line and column of an offset, both from 1. */
export function positionAt(source: SourceText, offset: number): Position {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStart(source, middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - lineStart(source, low) + 1 };
}

/** Where a line starts, counted from 0; for the line behind the last one, where it would start. */
function lineStart(source: SourceText, line: number): number {
  return source.lineStarts[line] ?? source.text.length + 1;
}

/** A diagnostic that points at a span of the text and shows its first line. */
export function diagnosticAt(
  source: SourceText,
  code: DiagnosticCode,
  span: Span,
  detail: string,
): Diagnostic {
  const [from, to] = span;
  const start = positionAt(source, from);
  const end = positionAt(source, Math.max(from, to));
  const excerpt = excerptAt(source, start, end);
  return makeDiagnostic(code, { detail, file: source.file, range: { start, end }, excerpt });
}

function excerptAt(source: SourceText, start: Position, end: Position): Excerpt {
  const line = source.text
    .slice(lineStart(source, start.line - 1), lineStart(source, start.line) - 1)
    .replace(/\r$/, "");
  const lastColumn = end.line === start.line ? end.column : line.length + 1;
  return cutExcerpt(line, start.column, lastColumn - start.column);
}

/** Cuts a line to a printable length around `column` (from 1), keeping pairs of surrogates whole. */
export function cutExcerpt(line: string, column: number, length: number): Excerpt {
  const marked = Math.max(1, length);
  if (line.length <= EXCERPT_WIDTH) return { text: line, column, length: marked };
  const start = wholeCharacter(line, Math.max(0, column - 1 - CONTEXT_BEFORE));
  const end = wholeCharacter(line, Math.min(line.length, start + EXCERPT_WIDTH));
  const before = start > 0 ? "…" : "";
  const after = end < line.length ? "…" : "";
  const shown = column - start + before.length;
  const text = before + line.slice(start, end) + after;
  return { text, column: shown, length: Math.max(1, Math.min(marked, text.length - shown + 1)) };
}

function wholeCharacter(line: string, offset: number): number {
  const code = line.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}
