import { audienceIdIn } from "../catalogue/catalogue.ts";
import type { Names } from "../catalogue/names.ts";
import { compare } from "../domain/compare.ts";
import type { AudienceRef } from "../domain/model.ts";
import { audienceText, nameText } from "../form/value-text.ts";
import { quote } from "../text/quote.ts";

/** What names stand for where a campaign is written, and what the API calls its audiences. */
export type WordChoice = {
  readonly names: Names;
  readonly environment: string | null;
  /** By id. */
  readonly liveNames: ReadonlyMap<string, string>;
};

/** An entry of a list: what to write, and what to say beside it; null for nothing. */
export type AudienceWord = { readonly text: string; readonly beside: string | null };

/** Two audiences are the same to a file where id and type are. */
export function refKey({ audienceId, type }: AudienceRef): string {
  return `${audienceId} ${type}`;
}

/**
 * The words for a list of audiences: a group where its whole set is there, a name where the catalogue knows the audience
 * with this type, else id and type.
 */
export function wordsFor(list: readonly AudienceRef[], choice: WordChoice): readonly AudienceWord[] {
  const left = new Map(list.map((ref) => [refKey(ref), ref]));
  const groups = groupsWithin(list, choice).filter(({ keys }) => {
    // One that brings in nothing more says nothing.
    const brings = keys.filter((key) => left.has(key)).length;
    if (brings < 2) return false;
    for (const key of keys) left.delete(key);
    return true;
  });
  const singles = [...left.values()].map((ref) => wordFor(ref, choice));
  return [
    ...groups.map(({ name }) => ({ text: nameText(name), beside: null })).sort(byText),
    ...singles.sort(byText),
  ];
}

function byText(a: AudienceWord, b: AudienceWord): number {
  // A name comes before an id in braces.
  return Number(a.beside !== null) - Number(b.beside !== null) || compare(a.text, b.text);
}

function wordFor(ref: AudienceRef, { names, liveNames }: WordChoice): AudienceWord {
  const known = names.withId(ref.audienceId);
  if (known !== null && known.type === ref.type) return { text: nameText(known.name), beside: null };
  const live = liveNames.get(ref.audienceId);
  return { text: audienceText(ref), beside: live === undefined ? null : remarkText(live) };
}

/** Foreign text as a comment: between quotes, so that it is no instruction to an editor, and on one line. */
export function remarkText(text: string): string {
  return `# ${quote(text.trim())}`;
}

/** The groups whose members are all in a list, the largest first. */
function groupsWithin(
  list: readonly AudienceRef[],
  { names, environment }: WordChoice,
): readonly { readonly name: string; readonly keys: readonly string[] }[] {
  const keysThere = new Set(list.map(refKey));
  const found = [...names.catalogue.groups.keys()].flatMap((name) => {
    const keys = keysOf(name, names, environment);
    return keys !== null && keys.length > 1 && keys.every((key) => keysThere.has(key))
      ? [{ name, keys }]
      : [];
  });
  return found.sort((a, b) => b.keys.length - a.keys.length || compare(a.name, b.name));
}

/** What a name brings in; null where it is unknown, or any of it has no id in the environment. */
export function keysOf(name: string, names: Names, environment: string | null): readonly string[] | null {
  const members = names.expand(name);
  if (members === null) return null;
  const keys = new Set<string>();
  for (const { audience } of members) {
    const audienceId = audienceIdIn(audience, environment);
    if (audienceId === null) return null;
    keys.add(refKey({ audienceId, type: audience.type }));
  }
  return [...keys];
}
