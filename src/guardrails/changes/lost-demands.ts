import { compare } from "../../domain/compare.ts";
import { groupBy } from "../../domain/group-by.ts";
import type { Demand } from "./demands.ts";
import { isImplied, isSameScope } from "./implied.ts";

/** What rules asked for, and what they ask for instead. */
export type Demanded = { readonly from: readonly Demand[]; readonly to: readonly Demand[] };

/** What is no longer asked for, each once, without what follows from the rest of it. */
export function lostDemands({ from, to }: Demanded): readonly Demand[] {
  const lost = [...groupBy(from, demandKey).values()]
    .map(([first]) => first)
    .filter((each) => !isImplied(each, to));
  return lost.filter((each) => !lost.some((other) => other !== each && isImplied(each, [other])));
}

/** Where the same is asked for of other campaigns instead: what was asked for there before is none of it. */
export function insteadOf(demand: Demand, { from, to }: Demanded): readonly Demand[] {
  const before = new Set(from.map(demandKey));
  return to.filter(
    (other) =>
      other.rule === demand.rule &&
      !before.has(demandKey(other)) &&
      !isSameScope(other.scope, demand.scope) &&
      isImplied({ ...demand, scope: other.scope }, [other]),
  );
}

function demandKey(demand: Demand): string {
  return JSON.stringify([demand.rule, scopeKey(demand), ...contentOf(demand)]);
}

function contentOf(demand: Demand): readonly unknown[] {
  switch (demand.what) {
    case "audience":
      return [demand.audience.audienceId];
    case "limit":
      return [demand.limit.unit, demand.limit.value];
    case "freeze":
      return [demand.from, demand.to];
  }
}

/** The same for demands of the same campaigns. */
export function scopeKey({ scope }: Pick<Demand, "scope">): string {
  if (scope === null || isSameScope(scope, null)) return "";
  const { channel, labels } = scope;
  return JSON.stringify([channel, Object.entries(labels).sort(([a], [b]) => compare(a, b))]);
}
