import type { Diagnostic } from "../domain/model.ts";
import { quoteWhole } from "../text/quote.ts";
import { diagnosticAt } from "../yaml/source-text.ts";
import type { Catalogue } from "./catalogue.ts";
import { holdersIn } from "./expand.ts";
import type { Names } from "./names.ts";

/**
 * Names of the catalogue that nobody uses: neither a campaign nor a group that somebody uses.
 *
 * @param used the names in all campaign files; null names where the catalogue could not be read.
 */
export function unusedNames(names: Names | null, used: ReadonlySet<string>): readonly Diagnostic[] {
  if (names === null) return [];
  const { text, audiences, groups } = names.catalogue;
  const reached = new Set(used);
  // A set may grow while it is gone through.
  for (const name of reached) for (const { says } of groups.get(name)?.members ?? []) reached.add(says);
  const holders = holdersIn(names.catalogue);
  return [...audiences.values(), ...groups.values()]
    .filter(({ name }) => !reached.has(name))
    .map(({ name, place }) => {
      const [group] = holders.get(name) ?? [];
      const where =
        group === undefined ? "no group" : `only in groups that none uses, such as ${quoteWhole(group)}`;
      const detail = `No campaign file uses the name ${quoteWhole(name)}, and it stands in ${where}. Use it, or delete it.`;
      return diagnosticAt(text, "unused-name", place, detail);
    });
}

/** Audiences for which nobody answers. */
export function withoutOwners({ text, audiences }: Catalogue): readonly Diagnostic[] {
  return [...audiences.values()]
    .filter(({ owner }) => owner === null)
    .map(({ name, place }) => {
      const detail = `${quoteWhole(name)} has no owner, and the project file asks for one with requireOwners. Add the key owner, with the team or person who answers for it.`;
      return diagnosticAt(text, "without-owner", place, detail);
    });
}
