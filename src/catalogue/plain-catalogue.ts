import type { Said } from "../domain/declared.ts";
import { isName } from "../domain/ids.ts";
import type { Span } from "../domain/source-file.ts";
import { isPlainText, isText, PLAIN } from "../yaml/plain-text.ts";
import type { SourceText } from "../yaml/source-text.ts";
import type { Catalogue, CatalogueAudience, CatalogueGroup } from "./catalogue.ts";
import {
  type AudienceKey,
  audienceOf,
  type FoundKeys,
  parseKeys,
  parseValue,
  parseWord,
  parseWords,
} from "./plain-entry.ts";

/** A name with what stands below it, until the next one. */
type Entry = {
  readonly name: string;
  readonly place: Span;
  /** How far in its keys or members begin, once one was met. */
  inner: number | null;
  readonly keys: FoundKeys;
  readonly members: Said<string>[];
};

type Section = "audiences" | "groups";

type Reading = {
  readonly audiences: Map<string, CatalogueAudience>;
  readonly groups: Map<string, CatalogueGroup>;
  readonly sections: Set<Section>;
  section: Section | null;
  /** How far in the names of this section begin, once one was met. */
  indent: number | null;
  entry: Entry | null;
};

const MAX_LINE = 2_000;
const COMMENT = /^ *#/;
const NOTHING = /^(?:#.*)?$/;
const SECTION = new RegExp(`^(audiences|groups):${PLAIN.tail}`);
const ENTRY = new RegExp(`^( +)(?:(["'])(${PLAIN.name})\\2|(${PLAIN.bareName})):(?: +(.*))?$`);
const KEY = /^( +)(audienceId|type|description|owner|previewId): +(.*)$/;
const MEMBER = /^( +)(- +)(.*)$/;

/**
 * Reads a catalogue of the ordinary form many times faster than a YAML parser: every line of a form that means one thing
 * only, every name there once. Of anything else, a mistake above all, it gives null: then the YAML parser reads the file,
 * and tells the mistake. What it does give is what the YAML parser would.
 */
export function readPlainCatalogue(source: SourceText): Catalogue | null {
  const { text, lineStarts } = source;
  if (!isPlainText(text)) return null;
  const [audiences, groups, sections] = [new Map(), new Map(), new Set<Section>()];
  const reading: Reading = { audiences, groups, sections, section: null, indent: null, entry: null };
  for (const [index, start] of lineStarts.entries()) {
    const line = text.slice(start, (lineStarts[index + 1] ?? text.length + 1) - 1);
    if (line.length > MAX_LINE) return null;
    if (line === "" || COMMENT.test(line)) continue;
    if (!readLine(line, start, reading)) return null;
  }
  return closeSection(reading) && sections.size > 0
    ? { text: source, isThere: true, audiences, groups }
    : null;
}

function readLine(line: string, start: number, reading: Reading): boolean {
  const section = SECTION.exec(line)?.[1] as Section | undefined;
  if (section !== undefined) {
    if (!closeSection(reading) || reading.sections.has(section)) return false;
    reading.sections.add(section);
    Object.assign(reading, { section, indent: null });
    return true;
  }
  if (reading.section === null) return false;
  const { entry } = reading;
  const isBelow = entry !== null && indentOf(line) > (reading.indent ?? 0);
  if (isBelow && reading.section === "audiences") return readKey(line, entry);
  if (entry !== null && reading.section === "groups" && MEMBER.test(line))
    return readMember(line, start, entry, reading);
  return !isBelow && readEntry(line, start, reading);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A name, and what stands behind it on its line. */
function readEntry(line: string, start: number, reading: Reading): boolean {
  const [, spaces = "", quote, quoted, bare, rest = ""] = ENTRY.exec(line) ?? [];
  const name = quoted ?? bare;
  if (name === undefined || !isName(name) || (bare !== undefined && !isText(bare))) return false;
  reading.indent ??= spaces.length;
  if (spaces.length !== reading.indent || !closeEntry(reading)) return false;
  if (reading.section === null || reading[reading.section].has(name)) return false;
  const from = start + spaces.length;
  const place: Span = [from, from + name.length + (quote === undefined ? 0 : 2)];
  const entry: Entry = { name, place, inner: null, keys: new Map(), members: [] };
  reading.entry = entry;
  if (NOTHING.test(rest)) return true;
  return reading.section === "audiences"
    ? readKeys(rest, entry)
    : readMembers(rest, start + line.length - rest.length, entry);
}

function readKeys(rest: string, entry: Entry): boolean {
  const keys = parseKeys(rest);
  if (keys === null) return false;
  for (const [key, value] of keys) entry.keys.set(key, value);
  // Nothing may follow below.
  entry.inner = -1;
  return true;
}

function readMembers(rest: string, offset: number, entry: Entry): boolean {
  const words = parseWords(rest);
  if (words === null) return false;
  for (const { name, offset: at } of words) {
    entry.members.push({ says: name, place: [offset + at, offset + at + name.length] });
  }
  entry.inner = -1;
  return true;
}

function readKey(line: string, entry: Entry): boolean {
  const [, spaces = "", key, rest = ""] = KEY.exec(line) ?? [];
  entry.inner ??= spaces.length;
  if (key === undefined || spaces.length !== entry.inner || entry.keys.has(key as AudienceKey)) return false;
  const value = parseValue(key as AudienceKey, rest);
  if (value === null) return false;
  entry.keys.set(key as AudienceKey, value);
  return true;
}

function readMember(line: string, start: number, entry: Entry, { indent }: Reading): boolean {
  const [, spaces = "", dash = "", rest = ""] = MEMBER.exec(line) ?? [];
  entry.inner ??= spaces.length;
  const word = parseWord(rest);
  if (word === null || spaces.length !== entry.inner || spaces.length < (indent ?? 0)) return false;
  const from = start + spaces.length + dash.length;
  entry.members.push({ says: word.name, place: [from, from + word.length] });
  return true;
}

function closeEntry(reading: Reading): boolean {
  const { entry, section } = reading;
  reading.entry = null;
  if (entry === null) return true;
  const { name, place, keys, members } = entry;
  if (section === "groups") {
    reading.groups.set(name, { name, members, place });
    return members.length > 0;
  }
  const audience = audienceOf(name, place, keys);
  if (audience === null) return false;
  reading.audiences.set(name, audience);
  return true;
}

/** A section with nothing in it holds nothing, which is a mistake. */
function closeSection(reading: Reading): boolean {
  const { section } = reading;
  return closeEntry(reading) && (section === null || reading[section].size > 0);
}
