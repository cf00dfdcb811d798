import type { KnownAudiences } from "../domain/declared.ts";
import { CATALOGUE_FILE } from "../domain/source-file.ts";
import { nearestKey } from "../text/nearest-key.ts";
import { audienceIdIn, type Catalogue, type CatalogueAudience, noCatalogue } from "./catalogue.ts";
import { expand, groupsHolding, holdersIn, type Member } from "./expand.ts";

/** What the words of campaign files stand for in an environment. What was asked once is kept: files ask alike. */
export type Names = {
  readonly catalogue: Catalogue;
  /** See {@link expand}. */
  readonly expand: (name: string) => readonly Member[] | null;
  /** The name that was most likely meant, or null. */
  readonly near: (word: string) => string | null;
  /** The audience that has an id, in lower case, in this environment; of two the first. */
  readonly withId: (audienceId: string) => CatalogueAudience | null;
};

/**
 * The names of a catalogue.
 *
 * @param environment the chosen one, or null.
 */
export function namesOf(catalogue: Catalogue, environment: string | null): Names {
  const byId = new Map<string, CatalogueAudience>();
  for (const audience of catalogue.audiences.values()) {
    const id = audienceIdIn(audience, environment);
    if (id !== null && !byId.has(id)) byId.set(id, audience);
  }
  const known = [...catalogue.audiences.keys(), ...catalogue.groups.keys()];
  return {
    catalogue,
    expand: keeping((name) => expand(name, catalogue)),
    near: keeping((word) => nearestKey(word, known)),
    withId: (audienceId) => byId.get(audienceId) ?? null,
  };
}

/** Where there is no catalogue. */
export const NO_NAMES: Names = namesOf(noCatalogue(CATALOGUE_FILE), null);

function keeping<T>(find: (word: string) => T): (word: string) => T {
  const found = new Map<string, T>();
  return (word) => {
    if (!found.has(word)) found.set(word, find(word));
    return found.get(word) as T;
  };
}

/** What the catalogue says of each audience that has an id in its environment. */
export function audiencesKnownBy({ catalogue, withId }: Names): KnownAudiences {
  const holders = holdersIn(catalogue);
  return {
    get(audienceId) {
      const audience = withId(audienceId);
      if (audience === null) return undefined;
      const { name, type, owner, description, previewId } = audience;
      return { name, type, owner, description, previewId, groups: groupsHolding(name, holders) };
    },
  };
}
