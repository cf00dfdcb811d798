import type { Catalogue, CatalogueAudience } from "./catalogue.ts";

/** An audience that a word of a campaign file brings in. */
export type Member = {
  readonly audience: CatalogueAudience;
  /** The groups on the way to it, the word itself first; empty for the name of an audience. */
  readonly via: readonly string[];
};

/**
 * What a name stands for, each audience once, by the shortest way; null for a name that the catalogue lacks. Level by
 * level, each group once: nested groups that share members would take 2^n steps.
 */
export function expand(name: string, { audiences, groups }: Catalogue): readonly Member[] | null {
  const audience = audiences.get(name);
  if (audience !== undefined) return [{ audience, via: [] }];
  if (!groups.has(name)) return null;
  const above = new Map<string, string | null>([[name, null]]);
  const found = new Map<string, Member>();
  // A map may grow while it is gone through.
  for (const group of above.keys()) {
    for (const { says } of groups.get(group)?.members ?? []) {
      const member = audiences.get(says);
      if (member === undefined) {
        if (!above.has(says)) above.set(says, group);
      } else if (!found.has(says)) {
        found.set(says, { audience: member, via: wayTo(group, above) });
      }
    }
  }
  return [...found.values()];
}

/** The shortest way from a group down to one in it, both of them on it; null where there is none. */
export function wayBetween(
  from: string,
  to: string,
  { groups }: Pick<Catalogue, "groups">,
): readonly string[] | null {
  const above = new Map<string, string | null>([[from, null]]);
  for (const group of above.keys()) {
    if (group === to) return wayTo(to, above);
    for (const { says } of groups.get(group)?.members ?? []) if (!above.has(says)) above.set(says, group);
  }
  return null;
}

function wayTo(group: string, above: ReadonlyMap<string, string | null>): readonly string[] {
  const way: string[] = [];
  for (let at: string | null = group; at !== null; at = above.get(at) ?? null) way.push(at);
  return way.reverse();
}

/** The groups that each name stands in directly. */
export type Holders = ReadonlyMap<string, readonly string[]>;

/** Of every member of a group, the groups that it stands in directly. */
export function holdersIn({ groups }: Catalogue): Holders {
  const holders = new Map<string, string[]>();
  for (const { name, members } of groups.values()) {
    for (const { says } of members) {
      const known = holders.get(says);
      if (known === undefined) holders.set(says, [name]);
      else known.push(name);
    }
  }
  return holders;
}

/** Every group that brings in a name, directly or by way of others, sorted. */
export function groupsHolding(name: string, holders: Holders): readonly string[] {
  const found = new Set<string>(holders.get(name));
  // A set may grow while it is gone through.
  for (const group of found) for (const above of holders.get(group) ?? []) found.add(above);
  return [...found].sort();
}
