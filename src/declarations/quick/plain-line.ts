import type { Said, WrittenId, WrittenName } from "../../domain/declared.ts";
import { isName } from "../../domain/ids.ts";
import { isText, PLAIN, textOf } from "../../yaml/plain-text.ts";

const { uuid: UUID, name: NAME, bareName: PLAIN_NAME, quoted: QUOTED, tail: TAIL } = PLAIN;

/** Two groups each: the quote, which may be missing, and the value. */
const quotable = (value: string, group: number) => `(["']?)(${value})\\${group}`;

/** `- { … }` with the two keys of an audience in one order or the other: quote, id, quote, type or the reverse. */
function flowEntry(first: string, second: string): RegExp {
  return new RegExp(`^ *- +\\{ *${first} *, *${second} *\\}${TAIL}`);
}

/**
 * `audienceId: ID` or `type: WORD`, in block style. Groups: the key, a quote, the id or the type.
 */
function blockKey(before: string, groups: number): RegExp {
  const value = `(["']?)(?:(${UUID})|(audience|segment))\\${groups + 2}`;
  return new RegExp(`^${before}(audienceId|type): +${value}${TAIL}`);
}

/** The ordinary forms of a line. None of them matches a line that YAML could read in another way. */
export const PLAIN_LINE = {
  comment: /^ *#/,
  /** Groups: the key, and what follows it. */
  key: /^(campaignId|name|owner|labels|include|exclude):(?: +(.*))?$/,
  /** The value of `campaignId`. Groups: a quote, the id. */
  id: new RegExp(`^${quotable(UUID, 1)}${TAIL}`),
  nothing: /^(?:#.*)?$/,
  emptyList: new RegExp(`^\\[ *\\]${TAIL}`),
  /** Groups: the key, and what follows it. */
  label: /^ +([A-Za-z]\w*): +(.*)$/,
  idThenType: flowEntry(`audienceId: +${quotable(UUID, 1)}`, `type: +${quotable("audience|segment", 3)}`),
  typeThenId: flowEntry(`type: +${quotable("audience|segment", 1)}`, `audienceId: +${quotable(UUID, 3)}`),
  firstKey: blockKey(" *- ", 0),
  /** A name in place of an audience. Groups: a quote, the name in quotes; the name without. */
  word: new RegExp(`^ *- +(?:(["'])(${NAME})\\1|(${PLAIN_NAME}))${TAIL}`),
  /** Names in brackets. Group: all of them. */
  words: new RegExp(`^\\[ *(${PLAIN_NAME}(?: *, *${PLAIN_NAME})*) *\\]${TAIL}`),
  /** As `firstKey`, with the spaces in front as the first group. */
  secondKey: blockKey("( +)", 1),
} as const;

/** Words with spaces between them: nothing in it means anything to YAML in braces. */
const FLOW_WORDS = "[A-Za-z][\\w./-]*(?: +[\\w./-]+)*";

const FLOW_LABEL = new RegExp(` *([A-Za-z]\\w*): +(?:${QUOTED}|(${FLOW_WORDS})) *([,}])`, "y");
const AFTER_BRACE = new RegExp(TAIL, "y");

/** The map of text to text that follows a key in braces; null when it is not so simple. */
export function parseFlowLabels(rest: string): Readonly<Record<string, string>> | null {
  if (!rest.startsWith("{")) return null;
  const labels: Record<string, string> = {};
  FLOW_LABEL.lastIndex = 1;
  for (;;) {
    const [, key = "", double, single, plain, end] = FLOW_LABEL.exec(rest) ?? [];
    const value = textOf([double, single, plain]);
    if (value === null || !isNewLabel(key, labels)) return null;
    labels[key] = value;
    if (end === "}") break;
  }
  AFTER_BRACE.lastIndex = FLOW_LABEL.lastIndex;
  return AFTER_BRACE.test(rest) ? labels : null;
}

const ENVIRONMENT = "[A-Za-z][\\w-]{0,99}";
const ID_LINE = new RegExp(`^( +)(${ENVIRONMENT}): +${quotable(UUID, 3)}${TAIL}`);
const FLOW_ID = new RegExp(` *(${ENVIRONMENT}): +${quotable(UUID, 2)} *([,}])`, "y");

/**
 * The id for an environment on a line of its own; null when it is not so simple.
 *
 * @param start where the line stands in the text.
 */
export function parseIdLine(line: string, start: number): WrittenId | null {
  const [, spaces = "", environment = "", , id = ""] = ID_LINE.exec(line) ?? [];
  return idFor(environment, id, start + spaces.length);
}

function idFor(environment: string, id: string, at: number): WrittenId | null {
  if (environment === "" || !isText(environment)) return null;
  return { says: id, place: [at, at + environment.length], environment };
}

/**
 * The ids for environments that follow a key in braces; null when it is not so simple.
 *
 * @param offset where `rest` stands in the text.
 */
export function parseFlowIds(rest: string, offset: number): readonly WrittenId[] | null {
  if (!rest.startsWith("{")) return null;
  const ids: WrittenId[] = [];
  FLOW_ID.lastIndex = 1;
  for (;;) {
    const from = FLOW_ID.lastIndex;
    const [match = "", environment = "", , says = "", end] = FLOW_ID.exec(rest) ?? [];
    const id = idFor(environment, says, offset + from + match.indexOf(environment));
    if (id === null || ids.some((other) => other.environment === environment)) return null;
    ids.push(id);
    if (end === "}") break;
  }
  AFTER_BRACE.lastIndex = FLOW_ID.lastIndex;
  return AFTER_BRACE.test(rest) ? ids : null;
}

/** Whether a word is read as text, and is not there yet. */
export function isNewLabel(key: string, labels: Readonly<Record<string, string>>): boolean {
  return isText(key) && !Object.hasOwn(labels, key);
}

/** The name that stands in place of an audience; null when it is not so simple, or is none. */
export function parseName(line: string): string | null {
  const [, , quoted, plain] = PLAIN_LINE.word.exec(line) ?? [];
  if (plain !== undefined && !isText(plain)) return null;
  const name = quoted ?? plain;
  return name !== undefined && isName(name) ? name : null;
}

/**
 * The names that follow a key in brackets; null when it is not so simple.
 *
 * @param offset where `rest` stands in the text.
 */
export function parseFlowNames(rest: string, offset: number): readonly Said<WrittenName>[] | null {
  const [whole, all] = PLAIN_LINE.words.exec(rest) ?? [];
  if (whole === undefined || all === undefined) return null;
  const from = offset + rest.indexOf(all);
  const names: Said<WrittenName>[] = [];
  for (const { 0: name, index } of all.matchAll(/[^ ,]+/g)) {
    if (!isText(name) || !isName(name)) return null;
    names.push({ says: { name }, place: [from + index, from + index + name.length] });
  }
  return names;
}
