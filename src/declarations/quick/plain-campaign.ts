import type { DeclaredCampaign, Said, WrittenEntry, WrittenId } from "../../domain/declared.ts";
import type { Span } from "../../domain/source-file.ts";
import { isPlainText, parseText } from "../../yaml/plain-text.ts";
import type { SourceText } from "../../yaml/source-text.ts";
import {
  isNewLabel,
  PLAIN_LINE,
  parseFlowIds,
  parseFlowLabels,
  parseFlowNames,
  parseIdLine,
  parseName,
} from "./plain-line.ts";

/** A list, the labels, or ids by environment, open for the lines below its key; `half` is an entry that misses its second key. */
type Block = {
  readonly key: "campaignId" | "include" | "exclude" | "labels";
  indent: number | null;
  half: Half | null;
};
type Half = { readonly key: string; readonly value: string; readonly place: Span };

type Reading = {
  readonly found: Map<string, unknown>;
  /** Where the line that is read begins. */
  start: number;
  /** Where it ends. */
  end: number;
  idOffset: number;
  block: Block | null;
};

const MAX_LINE = 500;

/**
 * Reads the files that nearly all are, many times faster than a YAML parser: every line of an ordinary form, every id
 * and key right, every key there once. Of anything else, a mistake above all, it gives null: then the YAML parser reads
 * the file, and tells the mistake. What it does give is what the YAML parser would.
 */
export function readPlainCampaign({ text, lineStarts }: SourceText): DeclaredCampaign | null {
  if (!isPlainText(text)) return null;
  const reading: Reading = { found: new Map(), start: 0, end: 0, idOffset: 0, block: null };
  for (const [index, start] of lineStarts.entries()) {
    const line = text.slice(start, (lineStarts[index + 1] ?? text.length + 1) - 1);
    if (line.length > MAX_LINE) return null;
    if (line === "" || PLAIN_LINE.comment.test(line)) continue;
    reading.start = start;
    reading.end = start + line.length;
    if (!readLine(line, reading)) return null;
  }
  return closeBlock(reading) ? campaignOf(reading) : null;
}

function readLine(line: string, reading: Reading): boolean {
  const key = PLAIN_LINE.key.exec(line);
  if (key === null) return reading.block !== null && readBelow(line, reading.block, reading);
  return closeBlock(reading) && readKey(key[1] ?? "", key[2] ?? "", reading);
}

/** What follows a key on its line; false when it is not ordinary, or the key is there twice. */
function readKey(key: string, rest: string, reading: Reading): boolean {
  if (reading.found.has(key)) return false;
  if (key === "campaignId") {
    reading.idOffset = reading.start;
    const id = PLAIN_LINE.id.exec(rest)?.[2];
    const place = idPlace(reading);
    if (id !== undefined) return keep(reading, key, [{ says: id, place, environment: null }]);
    if (!PLAIN_LINE.nothing.test(rest))
      return keep(reading, key, parseFlowIds(rest, reading.end - rest.length));
  }
  if (key === "name" || key === "owner") return keep(reading, key, parseText(rest));
  if (PLAIN_LINE.nothing.test(rest)) {
    reading.block = { key: key as Block["key"], indent: null, half: null };
    return keep(reading, key, key === "labels" ? {} : []);
  }
  if (key === "labels") return keep(reading, key, parseFlowLabels(rest));
  if (key === "exclude" && PLAIN_LINE.emptyList.test(rest)) return keep(reading, key, []);
  return keep(reading, key, parseFlowNames(rest, reading.end - rest.length));
}

function keep(reading: Reading, key: string, value: unknown): boolean {
  reading.found.set(key, value);
  return value !== undefined && value !== null;
}

function idPlace({ idOffset }: Reading): Span {
  return [idOffset, idOffset + "campaignId".length];
}

/** A line below a key, all of whose entries begin in one column. */
function readBelow(line: string, block: Block, reading: Reading): boolean {
  if (block.half !== null) return readSecondKey(line, block, block.half, reading);
  const indent = line.length - line.trimStart().length;
  block.indent ??= indent;
  if (indent !== block.indent) return false;
  if (block.key === "campaignId") return readId(line, reading);
  return block.key === "labels"
    ? readLabel(line, reading.found.get("labels") as Record<string, string>)
    : readEntry(line, block, reading);
}

function readId(line: string, { found, start }: Reading): boolean {
  const ids = found.get("campaignId") as WrittenId[];
  const id = parseIdLine(line, start);
  if (id === null || ids.some(({ environment }) => environment === id.environment)) return false;
  ids.push(id);
  return true;
}

function readLabel(line: string, labels: Record<string, string>): boolean {
  const [, key = "", rest = ""] = PLAIN_LINE.label.exec(line) ?? [];
  const value = parseText(rest);
  if (value === null || !isNewLabel(key, labels)) return false;
  labels[key] = value;
  return true;
}

function readEntry(line: string, block: Block, reading: Reading): boolean {
  const flow = PLAIN_LINE.idThenType.exec(line);
  if (flow !== null) return addEntry(block, flow[2], flow[4], placeIn(line, flow[2], reading), reading);
  const swapped = PLAIN_LINE.typeThenId.exec(line);
  if (swapped !== null)
    return addEntry(block, swapped[4], swapped[2], placeIn(line, swapped[4], reading), reading);
  const [, key, , id, type] = PLAIN_LINE.firstKey.exec(line) ?? [];
  if (key === undefined) return readName(line, block, reading);
  block.half = { key, value: (key === "type" ? type : id) ?? "", place: placeIn(line, id, reading) };
  return block.half.value !== "";
}

function readName(line: string, block: Block, reading: Reading): boolean {
  const name = parseName(line);
  if (name === null) return false;
  const entries = reading.found.get(block.key) as Said<WrittenEntry>[];
  entries.push({ says: { name }, place: placeIn(line, name, reading) });
  return true;
}

function readSecondKey(line: string, block: Block, half: Half, reading: Reading): boolean {
  const [, spaces = "", key, , id, type] = PLAIN_LINE.secondKey.exec(line) ?? [];
  if (key === undefined || key === half.key || spaces.length !== (block.indent ?? 0) + 2) return false;
  block.half = null;
  return key === "type"
    ? addEntry(block, half.value, type, half.place, reading)
    : addEntry(block, id, half.value, placeIn(line, id, reading), reading);
}

/** Where an id stands on the line that is read, with its quotes. */
function placeIn(line: string, id: string | undefined, { start }: Reading): Span {
  if (id === undefined) return [start, start];
  const at = line.indexOf(id);
  const quote = line.charAt(at - 1) === " " ? 0 : 1;
  return [start + at - quote, start + at + id.length + quote];
}

/** False for an id or a type that is none. */
function addEntry(
  block: Block,
  id: string | undefined,
  type: string | undefined,
  place: Span,
  { found }: Reading,
): boolean {
  if (id === undefined || (type !== "audience" && type !== "segment")) return false;
  (found.get(block.key) as Said<WrittenEntry>[]).push({ says: { audienceId: id, type }, place });
  return true;
}

/** A key with nothing below it holds nothing, which is a mistake; so is half an entry. */
function closeBlock(reading: Reading): boolean {
  const { block, found } = reading;
  reading.block = null;
  if (block === null) return true;
  const entries = Object.keys(found.get(block.key) as object).length;
  return block.half === null && entries > 0;
}

function campaignOf(reading: Reading): DeclaredCampaign | null {
  const { found } = reading;
  const ids = found.get("campaignId") as DeclaredCampaign["ids"] | undefined;
  const include = found.get("include") as DeclaredCampaign["include"] | undefined;
  if (ids === undefined || include === undefined) return null;
  return {
    place: idPlace(reading),
    ids,
    name: (found.get("name") as string | undefined) ?? null,
    owner: (found.get("owner") as string | undefined) ?? null,
    labels: (found.get("labels") as DeclaredCampaign["labels"] | undefined) ?? {},
    include,
    exclude: (found.get("exclude") as DeclaredCampaign["exclude"] | undefined) ?? [],
  };
}
