import { isName } from "../domain/ids.ts";
import { isText, PLAIN, parseText, textOf } from "../yaml/plain-text.ts";
import type { CatalogueAudience } from "./catalogue.ts";

/** The keys of an audience. */
export type AudienceKey = "audienceId" | "type" | "description" | "owner" | "previewId";

/** What was found of an audience, by its keys. */
export type FoundKeys = Map<AudienceKey, string | ReadonlyMap<string, string>>;

const ID = new RegExp(`^(["']?)(${PLAIN.uuid})\\1${PLAIN.tail}`);
const TYPE = new RegExp(`^(["']?)(audience|segment)\\1${PLAIN.tail}`);
const PREVIEW_ID = /^[\w.~-]{1,200}$/;

/** The value of a key in block style; null when it is not so simple, or is none. */
export function parseValue(key: AudienceKey, rest: string): string | ReadonlyMap<string, string> | null {
  if (key === "audienceId") return ID.exec(rest)?.[2] ?? parseIds(rest);
  if (key === "type") return TYPE.exec(rest)?.[2] ?? null;
  return checked(key, parseText(rest));
}

function checked(key: AudienceKey, text: string | null): string | null {
  if (text === null) return null;
  switch (key) {
    case "audienceId":
      return new RegExp(`^${PLAIN.uuid}$`).test(text) ? text : null;
    case "type":
      return text === "audience" || text === "segment" ? text : null;
    case "previewId":
      return PREVIEW_ID.test(text) ? text : null;
    default:
      return text;
  }
}

const FLOW_ID = new RegExp(` *([A-Za-z][\\w-]{0,99}): +(["']?)(${PLAIN.uuid})\\2 *([,}])`, "y");
const FLOW_TEXT = "[A-Za-z\\u00C0-\\u024F][^\\s:#,\\[\\]{}]*(?: +[^\\s:#,\\[\\]{}]+)*";
const FLOW_KEY = new RegExp(
  ` *(audienceId|type|description|owner|previewId): +(?:${PLAIN.quoted}|(${PLAIN.uuid})|(${FLOW_TEXT})) *([,}])`,
  "y",
);
const AFTER_BRACE = new RegExp(PLAIN.tail, "y");

/** Ids by environment in braces; null when it is not so simple. */
function parseIds(rest: string): ReadonlyMap<string, string> | null {
  const ids = new Map<string, string>();
  const isWhole = eachInBraces(rest, FLOW_ID, ([, name = "", , id = ""]) => {
    if (ids.has(name) || !isText(name)) return false;
    ids.set(name, id);
    return true;
  });
  return isWhole ? ids : null;
}

/** The keys of an audience in braces; null when it is not so simple, or one is there twice. */
export function parseKeys(rest: string): FoundKeys | null {
  const found: FoundKeys = new Map();
  const isWhole = eachInBraces(rest, FLOW_KEY, ([, key, double, single, uuid, plain]) => {
    const value = checked(key as AudienceKey, uuid ?? textOf([double, single, plain]));
    if (value === null || found.has(key as AudienceKey)) return false;
    found.set(key as AudienceKey, value);
    return true;
  });
  return isWhole ? found : null;
}

/** Whether braces hold nothing but what a sticky pattern finds, whose last group is the comma or the brace behind it. */
function eachInBraces(
  rest: string,
  pattern: RegExp,
  take: (match: readonly (string | undefined)[]) => boolean,
): boolean {
  if (!rest.startsWith("{")) return false;
  pattern.lastIndex = 1;
  for (;;) {
    const match = pattern.exec(rest);
    if (match === null || !take(match)) return false;
    if (match.at(-1) === "}") break;
  }
  AFTER_BRACE.lastIndex = pattern.lastIndex;
  return AFTER_BRACE.test(rest);
}

/** An audience of its keys; null where one is missing. */
export function audienceOf(
  name: string,
  place: CatalogueAudience["place"],
  found: FoundKeys,
): CatalogueAudience | null {
  const [audienceId, type] = [found.get("audienceId"), found.get("type")];
  if (audienceId === undefined || type === undefined) return null;
  const text = (key: AudienceKey) => (found.get(key) as string | undefined) ?? null;
  return {
    name,
    audienceId:
      typeof audienceId === "string"
        ? audienceId.toLowerCase()
        : new Map([...audienceId].map(([environment, id]) => [environment, id.toLowerCase()])),
    type: type as CatalogueAudience["type"],
    description: text("description"),
    owner: text("owner"),
    previewId: text("previewId"),
    place,
  };
}

const WORD = new RegExp(`^(?:(["'])(${PLAIN.name})\\1|(${PLAIN.bareName}))${PLAIN.tail}`);
const WORDS = new RegExp(`^\\[ *(${PLAIN.bareName}(?: *, *${PLAIN.bareName})*) *\\]${PLAIN.tail}`);

/** A name and how long it is with its quotes; null when it is not so simple, or is none. */
export function parseWord(rest: string): { readonly name: string; readonly length: number } | null {
  const [, quote, quoted, bare] = WORD.exec(rest) ?? [];
  const name = quoted ?? bare;
  if (name === undefined || !isName(name) || (bare !== undefined && !isText(bare))) return null;
  return { name, length: name.length + (quote === undefined ? 0 : 2) };
}

/** Names in brackets, each with its offset in `rest`; null when it is not so simple. */
export function parseWords(
  rest: string,
): readonly { readonly name: string; readonly offset: number }[] | null {
  const [whole, all] = WORDS.exec(rest) ?? [];
  if (whole === undefined || all === undefined) return null;
  const from = rest.indexOf(all);
  const words = [...all.matchAll(/[^ ,]+/g)].map(({ 0: name, index }) => ({ name, offset: from + index }));
  return words.every(({ name }) => isText(name) && isName(name)) ? words : null;
}
