import type { Names } from "../catalogue/names.ts";
import type { AudienceRef } from "../domain/model.ts";
import { quantity } from "../text/figures.ts";
import { keysOf, refKey, type WordChoice } from "./audience-words.ts";

/** Of fewer campaigns nothing is proposed. */
const FEWEST = 3;

/** A group is proposed where most of some lists exclude the same audiences; null where they do not, or it is there. */
export function proposeGroup(
  excludes: readonly (readonly AudienceRef[])[],
  choice: WordChoice,
): string | null {
  const counts = new Map<string, { readonly ref: AudienceRef; count: number }>();
  for (const ref of excludes.flat()) {
    const known = counts.get(refKey(ref));
    if (known === undefined) counts.set(refKey(ref), { ref, count: 1 });
    else known.count += 1;
  }
  const most = [...counts.values()].filter(({ count }) => 2 * count > excludes.length);
  const keys = most.map(({ ref }) => refKey(ref));
  const sharing = excludes.filter((list) => {
    const own = new Set(list.map(refKey));
    return keys.every((key) => own.has(key));
  });
  const isShared = keys.length > 1 && 2 * sharing.length > excludes.length && excludes.length >= FEWEST;
  if (!isShared || isGroup(keys, choice)) return null;
  const said = `${sharing.length} of ${quantity(excludes.length, "campaign")} exclude the same ${quantity(keys.length, "audience")}`;
  const words = most.map(({ ref }) => nameOf(ref, choice.names));
  const named = words.every((word) => word !== null);
  return named
    ? `${said}. A group would say that once; in the catalogue: groups: { baseline-suppressions: [${words.sort().join(", ")}] }`
    : `${said}. A group would say that once: import --catalogue gives them names to put into one.`;
}

function isGroup(keys: readonly string[], { names, environment }: WordChoice): boolean {
  const wanted = [...keys].sort().join("\n");
  return [...names.catalogue.groups.keys()].some(
    (name) => [...(keysOf(name, names, environment) ?? [])].sort().join("\n") === wanted,
  );
}

function nameOf({ audienceId, type }: AudienceRef, names: Names): string | null {
  const known = names.withId(audienceId);
  return known?.type === type ? known.name : null;
}
