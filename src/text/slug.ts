import { compare } from "../domain/compare.ts";
import { groupBy } from "../domain/group-by.ts";

/** Letters that are no ASCII letter with an accent. */
const IN_ASCII: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** A text in lower-case ASCII letters, digits and single hyphens between them; empty where nothing of it is left. */
export function slugOf(text: string, most: number): string {
  const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const words = plain.replace(/[^a-z0-9]/gu, (letter) => IN_ASCII[letter] ?? "-").match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, most).replace(/-$/, "");
}

/** For a number behind the id. */
const ROOM = 4;

/** Where a UUID may be cut: the first eight digits of many may all be equal. */
const CUTS = [8, 13, 18, 23, 36];

/**
 * Gives each of some things a name of its own: that which it would like to have, else with as little of its id as tells
 * it from all others that would like the same. No two names are the same but for case.
 *
 * @param wishes the name that each would like to have, by its UUID; an empty one has no wish.
 * @param isFree whether nothing else has a name, in lower case, already, and whether it may be one at all.
 * @param fallback what stands before the id where there is no wish.
 * @param most how long a name may be: with a part of an id, a wish may be cut.
 */
export function uniqueNames(
  wishes: ReadonlyMap<string, string>,
  isFree: (name: string) => boolean,
  fallback: string,
  most: number,
): ReadonlyMap<string, string> {
  const groups = alike(wishes);
  const names = new Map<string, string>();
  const used = new Set<string>();
  const mayHave = (name: string): boolean => !used.has(name) && isFree(name);
  const isAlone = (wish: string, ids: readonly string[]): boolean =>
    wish !== "" && ids.length === 1 && isFree(wish);
  const give = (id: string, name: string): void => {
    names.set(id, name);
    used.add(name);
  };
  // Who is alone with its wish comes first, so that nobody's longer name takes it away.
  for (const [wish, [id = "", ...others]] of groups) if (isAlone(wish, [id, ...others])) give(id, wish);
  for (const [wish, ids] of groups) {
    if (isAlone(wish, ids)) continue;
    const nameOf = (id: string, cut: number): string => {
      const start = (wish || fallback).slice(0, most - cut - 1 - ROOM).replace(/-$/, "");
      return `${start}-${id.slice(0, cut)}`;
    };
    const cut = CUTS.find((at) => new Set(ids.map((id) => id.slice(0, at))).size === ids.length) ?? 36;
    for (const id of ids) {
      const free = CUTS.filter((at) => at >= cut).find((at) => mayHave(nameOf(id, at)));
      give(id, free === undefined ? nextFree(nameOf(id, 36), mayHave) : nameOf(id, free));
    }
  }
  return names;
}

/** The ids with each wish, sorted. */
function alike(wishes: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  return groupBy([...wishes.keys()].sort(compare), (id) => wishes.get(id) ?? "");
}

/** Where even the whole id is taken: by a name that was made up to look like it. */
function nextFree(name: string, mayHave: (name: string) => boolean): string {
  let count = 2;
  while (!mayHave(`${name}-${count}`)) count += 1;
  return `${name}-${count}`;
}
