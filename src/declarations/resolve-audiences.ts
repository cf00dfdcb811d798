import { canonicalBinding } from "../domain/binding.ts";
import type { DeclaredCampaign } from "../domain/declared.ts";
import { hasErrors } from "../domain/diagnostics.ts";
import type { AudienceBinding, AudienceRef, Diagnostic } from "../domain/model.ts";
import { quantity } from "../text/figures.ts";
import { quoteWhole } from "../text/quote.ts";
import { diagnosticAt, positionAt, type SourceText } from "../yaml/source-text.ts";
import { type AudienceChoice, type Brought, lookUpWords, type Word } from "./look-up-words.ts";

/** What both lists of a file come to. */
export type ResolvedAudiences = {
  /** Null with any error, and where an id is not known. */
  readonly audience: AudienceBinding | null;
  readonly diagnostics: readonly Diagnostic[];
};

/** Most audiences in a list. Source: API sheet, PUT audience. */
const MOST_AUDIENCES = 25;

/** Puts audiences in the place of names and groups, and holds what comes out against the rules for both lists. */
export function resolveAudiences(
  says: DeclaredCampaign,
  text: SourceText,
  choice: AudienceChoice,
): ResolvedAudiences {
  const { words, diagnostics: unknown } = lookUpWords(says, text, choice);
  const [first, repeated] = eachOnce(words, text);
  const diagnostics = [
    ...unknown,
    ...repeated,
    ...tooMany(words, "include", text),
    ...tooMany(words, "exclude", text),
    ...otherTypes(words, text, choice),
  ];
  const isWhole = words.length === says.include.length + says.exclude.length;
  const audience = isWhole && !hasErrors(diagnostics) ? bindingOf(first) : null;
  return { audience, diagnostics };
}

/** An audience, and the word that brought it in first. */
type First = { readonly brought: Brought; readonly word: Word };

/**
 * Each audience once. It may come into a list more than once as long as a group brings it in; never into both: the API
 * refuses that.
 */
function eachOnce(words: readonly Word[], text: SourceText): [ReadonlyMap<string, First>, Diagnostic[]] {
  const first = new Map<string, First>();
  const diagnostics: Diagnostic[] = [];
  for (const word of words) {
    const conflicts: [First, Brought][] = [];
    for (const brought of word.brings) {
      const before = first.get(brought.key);
      if (before === undefined) first.set(brought.key, { brought, word });
      else if (isConflict(before, brought, word)) conflicts.push([before, brought]);
      // What is written out counts from here on: a second time it may not be.
      else if (before.brought.via.length > 0 && brought.via.length === 0)
        first.set(brought.key, { brought, word });
    }
    const [conflict] = conflicts;
    if (conflict === undefined) continue;
    const detail = explainConflict(...conflict, word, conflicts.length - 1, text);
    diagnostics.push(diagnosticAt(text, "repeated-audience", word.place, detail));
  }
  return [first, diagnostics];
}

function isConflict({ brought: before, word }: First, brought: Brought, { list }: Word): boolean {
  const isWritten = before.via.length === 0 && brought.via.length === 0;
  return word.list !== list || before.type !== brought.type || isWritten;
}

function explainConflict(
  { brought: before, word }: First,
  brought: Brought,
  { list }: Word,
  more: number,
  text: SourceText,
): string {
  const { line } = positionAt(text, word.place[0]);
  const where = `already in ${word.list} on line ${line}${byGroup(before)}`;
  const contrast =
    word.list !== list
      ? `, and here it is in ${list}`
      : before.type === brought.type
        ? ""
        : ", there with another type";
  const others = more === 0 ? "" : ` So are ${more} more that it brings in.`;
  const rule =
    before.via.length === 0 && brought.via.length === 0
      ? "An audience may be named only once in a file, ids being compared without case. Delete one of the two."
      : word.list === list
        ? "An audience has one type. Mend the one that is wrong."
        : "No audience may be in both lists. Take one of the two out.";
  return `${subjectOf(brought)} ${where}${contrast}.${others} ${rule}`;
}

function subjectOf({ key, ref, name, via }: Brought): string {
  const id = ref?.audienceId ?? key;
  if (name === null) return `The audience ${id} is`;
  const called = ref === null ? quoteWhole(name) : `${quoteWhole(name)} (${id})`;
  return via.length === 0 ? `The audience ${called} is` : `${groupWords(via)} brings in ${called}, which is`;
}

function byGroup({ via }: Brought): string {
  return via.length === 0 ? "" : `, where ${groupWords(via).replace("The", "the")} brings it in`;
}

function groupWords([group = "", ...below]: readonly string[]): string {
  const way = below.length === 0 ? "" : `, by way of ${below.map(quoteWhole).join(" and ")},`;
  return `The group ${quoteWhole(group)}${way}`;
}

/** Told at the entry with which a list has too many. */
function tooMany(words: readonly Word[], list: Word["list"], text: SourceText): Diagnostic[] {
  const keys = new Set<string>();
  let over: Word | null = null;
  for (const word of words) {
    if (word.list !== list) continue;
    for (const { key } of word.brings) keys.add(key);
    if (keys.size > MOST_AUDIENCES) over ??= word;
  }
  if (over === null) return [];
  const [brought] = over.brings;
  const group = brought?.via[0];
  const cause =
    group === undefined
      ? "this entry is the first one too many"
      : `the group ${quoteWhole(group)} here, which brings in ${over.brings.length}, is too much`;
  const least = list === "include" ? 1 : 0;
  const detail = `"${list}" must come to ${least} to ${quantity(MOST_AUDIENCES, "audience")}, and it comes to ${keys.size}: ${cause}. Take out ${keys.size - MOST_AUDIENCES}.`;
  return [diagnosticAt(text, "too-many-entries", over.place, detail)];
}

/** A plain id that the catalogue knows with another type: one of the two is wrong. */
function otherTypes(words: readonly Word[], text: SourceText, { names }: AudienceChoice): Diagnostic[] {
  if (names === null) return [];
  const found: Diagnostic[] = [];
  for (const { brings, place } of words) {
    const [brought] = brings;
    if (brought === undefined || brought.name !== null) continue;
    const known = names.withId(brought.key);
    if (known === null || known.type === brought.type) continue;
    const { file } = names.catalogue.text;
    const { line } = positionAt(names.catalogue.text, known.place[0]);
    const detail = `The audience ${brought.key} is ${quoteWhole(known.name)} in the catalogue (${file}, line ${line}), with the type ${known.type}. An id has one type. Mend the one that is wrong, or write the name here.`;
    found.push(diagnosticAt(text, "type-differs", place, detail));
  }
  return found;
}

/** Null where the id of any is not known. */
function bindingOf(first: ReadonlyMap<string, First>): AudienceBinding | null {
  const lists: Record<Word["list"], AudienceRef[]> = { include: [], exclude: [] };
  for (const { brought, word } of first.values()) {
    if (brought.ref === null) return null;
    lists[word.list].push(brought.ref);
  }
  return canonicalBinding(lists);
}
