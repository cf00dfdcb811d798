import { type DiagnosticCode, makeDiagnostic } from "../domain/diagnostics.ts";
import type { Diagnostic, Excerpt, Position } from "../domain/model.ts";
import type { Span } from "../domain/source-file.ts";
import { hideSecrets, NAMES_KEYS_ONLY, type ShownLines } from "./hide-secrets.ts";

/** The text of one file with what it takes to turn an offset into a line and a column. */
export type SourceText = {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  /** What must never be shown of the text. */
  readonly secrets: readonly string[];
};

const EXCERPT_WIDTH = 120;
const CONTEXT_BEFORE = 60;

/** Indexes the lines of a text. Only `\n` ends a line; a `\r` in front of it belongs to no column. */
export function indexText(file: string, text: string, secrets: readonly string[] = []): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts, secrets };
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

/** A diagnostic that points at a span of the text and shows its first line, unless that looks like a secret. */
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
  const made = makeDiagnostic(code, { detail, file: source.file, range: { start, end }, excerpt });
  // Only what is shown matters: of the text, the first line; beside it, what the detail may say of the value.
  const last = NAMES_KEYS_ONLY.has(code) ? start : end;
  return hideSecrets(made, linesAround(source, start, last), source.secrets);
}

/** A place that is told, with what is wrong there. What looks like a secret stays hidden. */
export function withDetail(place: Diagnostic, detail: string): Diagnostic {
  return place.detail === "" ? { ...place, detail } : place;
}

/** How far around a place is looked for a secret, in lines and in characters: over what any file of ours needs. */
const FAR = { lines: 100, before: 2000, after: 300 } as const;

/** The lines of a span with those further left above it, and one that leaves something open: what they begin goes on here. */
function linesAround(source: SourceText, start: Position, end: Position): ShownLines {
  const count = Math.min(end.line - start.line, FAR.lines) + 1;
  const marked = Array.from({ length: count }, (_, index) => lineAt(source, start.line + index));
  const near = marked.map((line, index) => nearby(line, index === 0 ? start.column : 0));
  let indent = indentOf(marked[0] ?? "");
  for (let line = start.line - 1; line > Math.max(0, start.line - FAR.lines); line -= 1) {
    const text = nearby(lineAt(source, line), Number.MAX_SAFE_INTEGER);
    const goesOn = indentOf(text) < indent || (line === start.line - 1 && isOpen(text));
    if (text.trim() !== "" && goesOn) {
      near.push(text);
      indent = Math.min(indent, indentOf(text));
    }
    if (indent === 0) break;
  }
  return { marked, near };
}

/** Whether a quote or a bracket is not closed on its line. */
function isOpen(line: string): boolean {
  const count = (pattern: RegExp): number => line.match(pattern)?.length ?? 0;
  return count(/["']/g) % 2 === 1 || count(/[[{]/g) > count(/[\]}]/g);
}

function nearby(line: string, column: number): string {
  const at = Math.min(column, line.length);
  return line.slice(Math.max(0, at - FAR.before), at + FAR.after);
}

/** How far in a line begins. An entry of a list may begin right below its key, and belongs to it all the same. */
function indentOf(line: string): number {
  const start = line.search(/\S|$/);
  return line.startsWith("-", start) ? start + 0.5 : start;
}

function excerptAt(source: SourceText, start: Position, end: Position): Excerpt {
  const line = lineAt(source, start.line);
  const lastColumn = end.line === start.line ? end.column : line.length + 1;
  return cutExcerpt(line, start.column, lastColumn - start.column);
}

/** A line of the text, counted from 1, without its end. */
function lineAt(source: SourceText, line: number): string {
  return source.text.slice(lineStart(source, line - 1), lineStart(source, line) - 1).replace(/\r$/, "");
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

/** The offset, or the one before it where it lies between the two halves of one character. */
function wholeCharacter(line: string, offset: number): number {
  const around = line.slice(Math.max(0, offset - 1), offset + 1);
  return around.length === 2 && [...around].length === 1 ? offset - 1 : offset;
}
