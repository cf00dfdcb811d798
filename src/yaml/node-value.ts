import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import type { DiagnosticCode } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";
import type { Span } from "../domain/source-file.ts";
import { explainRefusedCharacter, findRefusedCharacters } from "../text/invisible.ts";
import { quoteWhole } from "../text/quote.ts";
import { diagnosticAt, positionAt, type SourceText } from "./source-text.ts";

/** Plain data of a YAML node, and what is wrong with it whatever it is meant to be. */
export type NodeValue = {
  /** Maps have no prototype, so that a key such as `__proto__` is a key like any other. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** Where merge keys stand, with their values. */
  readonly merges: readonly Span[];
};

type Reading = { readonly text: SourceText; readonly diagnostics: Diagnostic[]; readonly merges: Span[] };

/** Turns a YAML node into plain data without resolving aliases. Of a key that is there twice the first one counts. */
export function nodeValue(node: ParsedNode, text: SourceText): NodeValue {
  const reading: Reading = { text, diagnostics: [], merges: [] };
  const value = read(node, reading);
  return { value, diagnostics: reading.diagnostics, merges: reading.merges };
}

function read(node: unknown, reading: Reading): unknown {
  if (isScalar(node)) return readScalar(node, reading);
  if (isSeq(node)) return node.items.map((item) => read(item, reading));
  if (isMap(node)) return readMap(node, reading);
  return null;
}

function readMap(map: YAMLMap, reading: Reading): unknown {
  const value: Record<string, unknown> = Object.create(null);
  const seen = new Map<string, Span>();
  for (const { key, value: item } of map.items) {
    const span = spanOf(key);
    const name = readKey(key, span, reading);
    if (name === null) continue;
    if (name === "<<" && isScalar(key) && key.type === "PLAIN") {
      reading.merges.push([span[0], Math.max(span[1], spanOf(item)[1])]);
      report(reading, "merge-key-not-allowed", span, MERGE_DETAIL);
      continue;
    }
    const before = seen.get(name);
    if (before === undefined) {
      seen.set(name, span);
      value[name] = read(item, reading);
    } else {
      report(reading, "duplicate-key", span, duplicateDetail(name, reading.text, before));
    }
  }
  return value;
}

const MERGE_DETAIL =
  'A merge key ("<<") takes keys from somewhere else, so that this place alone does not say what holds. ' +
  "Write the keys out here.";

function duplicateDetail(name: string, text: SourceText, before: Span): string {
  const { line, column } = positionAt(text, before[0]);
  return (
    `The key ${quoteWhole(name)} is already on line ${line}, column ${column}, and only one of the two could ` +
    `count. Delete or merge one of them.`
  );
}

function readKey(key: unknown, span: Span, reading: Reading): string | null {
  // An alias has been told by its token.
  if (isAlias(key)) return null;
  if (isScalar(key) && typeof key.value === "string") {
    checkCharacters(key, key.value, reading);
    return key.value;
  }
  const source = reading.text.text.slice(span[0], span[1]);
  const detail =
    isScalar(key) && source !== ""
      ? `YAML does not read ${source} as text here. Put the key in quotes: ${JSON.stringify(source)}.`
      : 'A key must be plain text, as in "name: text". Write the key in front of the colon.';
  report(reading, "key-not-text", span, detail);
  return null;
}

function readScalar(scalar: Scalar, reading: Reading): unknown {
  const { value } = scalar;
  if (typeof value === "string") checkCharacters(scalar, value, reading);
  if (typeof value === "number" && Number.isFinite(value) && isInexact(scalar, value)) {
    report(
      reading,
      "number-too-large",
      spanOf(scalar),
      `YAML would read ${scalar.source} as the number ${value}. If it is text, put it in quotes: ` +
        `${JSON.stringify(scalar.source)}. A number must lie between -${Number.MAX_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}.`,
    );
  }
  return value;
}

function isInexact(scalar: Scalar, value: number): boolean {
  return !Number.isSafeInteger(value) && /^[-+]?\d+$|^0[xo]/.test(scalar.source ?? "");
}

/** Only an escape such as `\0` in double quotes can still bring in a character that the text itself may not hold. */
function checkCharacters(scalar: Scalar, value: string, reading: Reading): void {
  if (scalar.type !== "QUOTE_DOUBLE") return;
  const [first] = findRefusedCharacters(value);
  if (first === undefined) return;
  const detail = `An escape in these quotes brings in a hidden character. ${explainRefusedCharacter(value.charAt(first))}`;
  report(reading, "control-character", spanOf(scalar), detail);
}

function report(reading: Reading, code: DiagnosticCode, span: Span, detail: string): void {
  reading.diagnostics.push(diagnosticAt(reading.text, code, span, detail));
}

/** The span of a node without the comment and the line break behind it. */
export function spanOf(node: unknown): Span {
  const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
  const start = range?.[0] ?? 0;
  return [start, range?.[1] ?? start];
}

/** Where the last word of a node ends: a collection in block style goes on over the comments behind it. */
export function endOfNode(node: unknown): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1);
    if (last !== undefined) return endOfNode(isMap(node) ? (last as Pair).value : last);
  }
  return spanOf(node)[1];
}
