import type { RuleScope } from "../guardrails.ts";
import type { Demand, FreezeDemand, LimitDemand } from "./demands.ts";

/** Whether whoever meets some demands meets another one in any case. */
export function isImplied(demand: Demand, by: readonly Demand[]): boolean {
  if (demand.what === "freeze") return isFrozenThroughout(demand, by);
  if (demand.what === "limit" && isMetByAll(demand)) return true;
  return by.some((other) => {
    if (other.rule !== demand.rule || !covers(other.scope, demand.scope)) return false;
    if (other.what === "audience" && demand.what === "audience") {
      return other.audience.audienceId === demand.audience.audienceId;
    }
    return other.what === "limit" && demand.what === "limit" && isAsStrict(other, demand);
  });
}

/** Whether rules for some campaigns are for all that other rules are for, whatever these campaigns are. */
function covers(scope: RuleScope | null, other: RuleScope | null): boolean {
  if (scope === null) return true;
  const labels = Object.entries(scope.labels);
  if (other === null) return scope.channel === null && labels.length === 0;
  return (
    (scope.channel === null || scope.channel === other.channel) &&
    labels.every(([key, value]) => Object.hasOwn(other.labels, key) && other.labels[key] === value)
  );
}

/** Whether rules are for the same campaigns. */
export function isSameScope(scope: RuleScope | null, other: RuleScope | null): boolean {
  return covers(scope, other) && covers(other, scope);
}

/** A limit that nothing can break. */
function isMetByAll({ rule, limit: { unit, value } }: LimitDemand): boolean {
  if (rule === "reach-min") return value === 0;
  return (rule === "max-changes" || rule === "reach-decrease") && unit === "percent" && value >= 100;
}

/** Two units cannot be compared, nor can shares of different wholes: what is not known to be as strict is not. */
function isAsStrict({ limit, scope }: LimitDemand, demand: LimitDemand): boolean {
  const { unit, value } = demand.limit;
  if (demand.rule === "reach-min") return limit.value >= value;
  if (demand.rule !== "max-changes") return limit.value <= value;
  if (limit.unit === "number" && limit.value === 0) return true;
  const isOfSame = unit === "number" || isSameScope(scope, demand.scope);
  return limit.unit === unit && isOfSame && limit.value <= value;
}

/** Several times may add up to one. */
function isFrozenThroughout({ from, to, scope }: FreezeDemand, by: readonly Demand[]): boolean {
  const others = by
    .filter((other): other is FreezeDemand => other.what === "freeze" && covers(other.scope, scope))
    .toSorted((a, b) => a.from - b.from);
  let frozenTo = from;
  for (const other of others) if (other.from <= frozenTo) frozenTo = Math.max(frozenTo, other.to);
  return frozenTo >= to;
}
