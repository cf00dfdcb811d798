import { compare } from "../domain/compare.ts";
import type { KnownAudiences } from "../domain/declared.ts";
import type { AudienceFacts, AudienceRef, Campaign, Change, LiveAudience } from "../domain/model.ts";

type Bindings = Pick<Change, "before" | "after">;

/**
 * What is known of each audience that occurs in the changes, by its id. Its name is that of the catalogue, else the live
 * one. Where two live campaigns call one audience by different names, that of the campaign with the lowest id counts.
 *
 * @param known what the catalogue says; null where there is none.
 */
export function audienceFacts(
  changes: readonly Bindings[],
  campaigns: Iterable<Campaign>,
  known: KnownAudiences | null = null,
): Readonly<Record<string, AudienceFacts>> {
  const live = liveAudiences(campaigns);
  return Object.fromEntries(
    refsOf(changes).map(({ audienceId, type }): [string, AudienceFacts] => {
      const { name = null, memberCount = null } = live.get(audienceId) ?? {};
      const size = memberCount === null ? null : { count: memberCount, isExact: null, at: null };
      const entry = known?.get(audienceId);
      if (entry !== undefined) {
        const { owner, description, groups } = entry;
        return [
          audienceId,
          { name: entry.name, type, nameFrom: "catalogue", owner, description, groups, size },
        ];
      }
      const nameFrom = name === null ? null : "live";
      return [audienceId, { name, type, nameFrom, owner: null, description: null, groups: [], size }];
    }),
  );
}

/** The facts of those audiences that occur in the changes. */
export function factsOf(
  changes: readonly Bindings[],
  facts: Readonly<Record<string, AudienceFacts>>,
): Readonly<Record<string, AudienceFacts>> {
  return Object.fromEntries(
    refsOf(changes).flatMap(({ audienceId }) => {
      const known = Object.hasOwn(facts, audienceId) ? facts[audienceId] : undefined;
      return known === undefined ? [] : [[audienceId, known]];
    }),
  );
}

/** Each audience once, sorted by its id, with the type that is declared where one is. */
function refsOf(changes: readonly Bindings[]): readonly AudienceRef[] {
  const byId = new Map<string, AudienceRef>();
  const add = (list: readonly AudienceRef[]): void => {
    for (const ref of list) byId.set(ref.audienceId, ref);
  };
  for (const side of ["before", "after"] as const) {
    for (const { [side]: binding } of changes) {
      add(binding?.include ?? []);
      add(binding?.exclude ?? []);
    }
  }
  return [...byId.values()].sort((a, b) => compare(a.audienceId, b.audienceId));
}

function liveAudiences(campaigns: Iterable<Campaign>): ReadonlyMap<string, LiveAudience> {
  const byId = new Map<string, LiveAudience>();
  const ordered = [...campaigns].sort((a, b) => compare(a.campaignId, b.campaignId));
  for (const audience of ordered.flatMap((campaign) => campaign.liveAudiences)) {
    const { audienceId, name, memberCount } = audience;
    const known = byId.get(audienceId);
    if (known === undefined) byId.set(audienceId, audience);
    else if (known.name === null || known.memberCount === null) {
      byId.set(audienceId, {
        audienceId,
        name: known.name ?? name,
        memberCount: known.memberCount ?? memberCount,
      });
    }
  }
  return byId;
}
