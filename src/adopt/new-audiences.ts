import { compare } from "../domain/compare.ts";
import { isUuid } from "../domain/ids.ts";
import type { AudienceRef } from "../domain/model.ts";
import { slugOf, uniqueNames } from "../text/slug.ts";
import type { WordChoice } from "./audience-words.ts";

/** An audience that the catalogue gets. */
export type NewAudience = AudienceRef & { readonly name: string; readonly liveName: string | null };

/** Of what the API calls it, and of a name of the catalogue. */
const [LONGEST, LONGEST_NAME] = [48, 64];

/**
 * What the catalogue gets of some audiences: those that it does not know under this id, sorted by the names that are made
 * up for them from what the API calls them.
 */
export function newAudiences(
  refs: readonly AudienceRef[],
  { names, liveNames }: WordChoice,
): readonly NewAudience[] {
  const { audiences, groups } = names.catalogue;
  const byId = new Map<string, AudienceRef>();
  for (const ref of refs) if (names.withId(ref.audienceId) === null) byId.set(ref.audienceId, ref);
  const wishes = new Map(
    [...byId.keys()].map((id) => [id, slugOf(liveNames.get(id) ?? "", LONGEST)] as const),
  );
  const isFree = (name: string): boolean => !audiences.has(name) && !groups.has(name) && !isUuid(name);
  const given = uniqueNames(wishes, isFree, "audience", LONGEST_NAME);
  return [...byId.values()]
    .map((ref) => ({
      ...ref,
      name: given.get(ref.audienceId) ?? ref.audienceId,
      liveName: liveNames.get(ref.audienceId) ?? null,
    }))
    .sort((a, b) => compare(a.name, b.name));
}
