import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import type { Span } from "../domain/source-file.ts";
import { spanOf } from "./node-value.ts";

/** A way down into a document: keys of maps, and indices of lists in decimal. */
export type Path = readonly string[];

/** The path of an RFC 6901 pointer, as the validator gives it. */
export function pathOf(pointer: string): Path {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The span of the value at a path; of the nearest node above it when there is none. */
export function valueSpan(root: unknown, path: Path): Span {
  let node = root;
  let span = spanOf(root);
  for (const part of path) {
    const pair = pairAt(node, part);
    const next = pair !== null ? pair.value : isSeq(node) ? node.items[Number(part)] : null;
    if (pair === null && !next) return span;
    // A key without a colon in a flow map has no value at all.
    span = spanOf(next ?? pair?.key);
    node = next;
  }
  return span;
}

/** The span of the key that a path ends with; of the value when the last step is no key. */
export function keySpan(root: unknown, path: Path): Span {
  const last = path.at(-1);
  if (last === undefined) return spanOf(root);
  const pair = pairAt(nodeAt(root, path.slice(0, -1)), last);
  return pair === null ? valueSpan(root, path) : spanOf(pair.key);
}

function nodeAt(root: unknown, path: Path): unknown {
  let node = root;
  for (const part of path) node = isSeq(node) ? node.items[Number(part)] : pairAt(node, part)?.value;
  return node;
}

/** The first pair with that key: of a key that is there twice the first one counts. */
function pairAt(node: unknown, key: string): Pair | null {
  if (!isMap(node)) return null;
  if (node.items.length > MANY) return pairsOf(node).get(key) ?? null;
  return node.items.find((pair) => isScalar(pair.key) && pair.key.value === key) ?? null;
}

/** From so many pairs on a map is indexed, once: a catalogue has thousands, and each is looked up. */
const MANY = 30;

const INDEXED = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<unknown, Pair> {
  const known = INDEXED.get(map);
  if (known !== undefined) return known;
  const pairs = new Map<unknown, Pair>();
  for (const pair of map.items) {
    if (isScalar(pair.key) && !pairs.has(pair.key.value)) pairs.set(pair.key.value, pair);
  }
  INDEXED.set(map, pairs);
  return pairs;
}
