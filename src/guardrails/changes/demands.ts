import type { RuleName } from "../../domain/model.ts";
import type { Limit, NamedAudience, ReachLimits, RuleScope, RuleSet } from "../guardrails.ts";

/** For which campaigns; null for all. */
type Scoped = { readonly scope: RuleScope | null };

/** That one audience is excluded, or is not included. */
export type AudienceDemand = Scoped & {
  readonly what: "audience";
  readonly rule: "require-exclude" | "forbid-include";
  readonly audience: NamedAudience;
};

/** That something is at most so much; of `reach-min` at least. */
export type LimitDemand = Scoped & {
  readonly what: "limit";
  readonly rule: Exclude<RuleName, "freeze" | AudienceDemand["rule"] | AlwaysThere>;
  readonly limit: Limit;
};

/** That nothing is written for a time, in milliseconds since the epoch: `from` counts, `to` does not. */
export type FreezeDemand = Scoped & {
  readonly what: "freeze";
  readonly rule: "freeze";
  readonly from: number;
  readonly to: number;
  /** Whether it began before, and only what is left of it counts. */
  readonly hasBegun: boolean;
};

/** One thing that rules ask for: the smallest part of them that can be taken away. */
export type Demand = AudienceDemand | LimitDemand | FreezeDemand;

type AlwaysThere = "loses-all-excludes" | "replaces-all-includes";

/** All that rules ask for from now on, in milliseconds since the epoch: a time that is over holds back nothing. */
export function demandsOf(sets: readonly RuleSet[], now: number): readonly Demand[] {
  return sets.flatMap(({ scope, requireExclude, forbidInclude, maxChanges, reach, freeze }) => [
    ...requireExclude.map((audience) => ofAudience("require-exclude", audience, scope)),
    ...forbidInclude.map((audience) => ofAudience("forbid-include", audience, scope)),
    ...(maxChanges === null ? [] : [ofLimit("max-changes", maxChanges, scope)]),
    ...REACH.flatMap(([rule, key, unit]) => {
      const value = reach[key];
      return value === null ? [] : [ofLimit(rule, { unit, value }, scope)];
    }),
    ...freeze
      .filter(({ to }) => to > now)
      .map(({ from, to }) => ofTime(Math.max(from, now), to, from <= now, scope)),
  ]);
}

const REACH: readonly (readonly [LimitDemand["rule"], keyof ReachLimits, Limit["unit"]])[] = [
  ["reach-min", "min", "number"],
  ["reach-max", "max", "number"],
  ["reach-increase", "maxIncrease", "percent"],
  ["reach-decrease", "maxDecrease", "percent"],
];

function ofAudience(rule: AudienceDemand["rule"], audience: NamedAudience, scope: RuleScope | null): Demand {
  return { what: "audience", rule, audience, scope };
}

function ofLimit(rule: LimitDemand["rule"], limit: Limit, scope: RuleScope | null): Demand {
  return { what: "limit", rule, limit, scope };
}

function ofTime(from: number, to: number, hasBegun: boolean, scope: RuleScope | null): Demand {
  return { what: "freeze", rule: "freeze", from, to, hasBegun, scope };
}
