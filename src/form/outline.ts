import { isMap, isScalar, isSeq, type Pair, type ParsedNode } from "yaml";
import type { Span } from "../domain/source-file.ts";
import { endOfNode, spanOf } from "../yaml/node-value.ts";
import { KEYS, type Key } from "./campaign-text.ts";
import { audienceText, nameText, textValue, wordText } from "./value-text.ts";

/** An entry below a key: what to write for it, and from where to where it stands now. */
export type OutlinePart = { readonly text: string; readonly span: Span };

/** A key of a campaign file: what to write for its value, and where it stands now. `parts` is empty for a plain value. */
export type OutlineSection = {
  readonly key: Key;
  readonly value: string | null;
  readonly span: Span;
  readonly parts: readonly OutlinePart[];
};

/**
 * The keys of a campaign file without a mistake, in their order.
 *
 * @param hyphens where those of list entries stand.
 */
export function outlineOf(root: ParsedNode, hyphens: readonly number[]): readonly OutlineSection[] {
  if (!isMap(root)) return [];
  return root.items.flatMap((pair) => {
    const key = KEYS.find((each) => isScalar(pair.key) && pair.key.value === each);
    return key === undefined ? [] : sectionOf(key, pair as Pair<ParsedNode, ParsedNode>, hyphens);
  });
}

function sectionOf(
  key: Key,
  { key: name, value }: Pair<ParsedNode, ParsedNode | null>,
  hyphens: readonly number[],
): OutlineSection {
  const span: Span = [spanOf(name)[0], endOfNode(value)];
  if (isScalar(value)) {
    const text = String(value.value);
    return { key, span, parts: [], value: key === "campaignId" ? text.toLowerCase() : textValue(text) };
  }
  const parts = isSeq(value)
    ? entriesOf(value.items as readonly ParsedNode[], hyphens, span[0])
    : pairsOf(value, key);
  const empty = isSeq(value) ? "[]" : "{}";
  return { key, span, parts, value: parts.length === 0 ? empty : null };
}

function entriesOf(
  items: readonly ParsedNode[],
  hyphens: readonly number[],
  from: number,
): readonly OutlinePart[] {
  let before = from;
  return items.map((item) => {
    const start = spanOf(item)[0];
    const hyphen = hyphens.findLast((at) => at > before && at < start) ?? start;
    before = endOfNode(item);
    return { text: entryText(item), span: [hyphen, before] };
  });
}

function entryText(item: ParsedNode): string {
  if (isScalar(item)) return nameText(String(item.value));
  const [audienceId, type] = [valueAt(item, "audienceId"), valueAt(item, "type")];
  return audienceText({ audienceId, type });
}

function valueAt(node: ParsedNode, key: string): string {
  const pair = isMap(node) ? node.items.find((each) => isScalar(each.key) && each.key.value === key) : null;
  return isScalar(pair?.value) ? String(pair.value.value) : "";
}

/** Ids by environment, or labels. */
function pairsOf(node: unknown, key: Key): readonly OutlinePart[] {
  if (!isMap(node)) return [];
  return node.items.map(({ key: name, value }) => {
    const [word, text] = [name, value].map((each) => (isScalar(each) ? String(each.value) : ""));
    const shown = key === "campaignId" ? (text ?? "").toLowerCase() : wordText(text ?? "");
    return { text: `${wordText(word ?? "")}: ${shown}`, span: [spanOf(name)[0], endOfNode(value)] };
  });
}
