import type { Diagnostic, RuleName, Strength, WaiverFacts } from "../domain/model.ts";

/** An audience that a rule names. */
export type NamedAudience = {
  readonly audienceId: string;
  /** Null where the rule gives its id. */
  readonly name: string | null;
  /** The group that the rule names and that brings it in; null where there is none. */
  readonly group: string | null;
};

/** A whole number, or a whole percentage. */
export type Limit = { readonly unit: "number" | "percent"; readonly value: number };

/** What reach may be: people, and percent of what it was before. Null where nothing is asked for. */
export type ReachLimits = Readonly<Record<"min" | "max" | "maxIncrease" | "maxDecrease", number | null>>;

/** A span of time in which nothing is written: `from` counts, `to` does not. Milliseconds since the epoch. */
export type Freeze = {
  readonly from: number;
  readonly to: number;
  /** The end as the project file writes it. */
  readonly until: string;
  readonly reason: string | null;
};

/** Which campaigns rules are for. */
export type RuleScope = {
  readonly channel: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Where it stands in the project file; its detail is empty. Null where not every campaign file was read. */
  readonly place: Diagnostic | null;
};

/** Rules that stand together: for every campaign, where `scope` is null. */
export type RuleSet = {
  readonly scope: RuleScope | null;
  readonly requireExclude: readonly NamedAudience[];
  readonly forbidInclude: readonly NamedAudience[];
  readonly maxChanges: Limit | null;
  readonly reach: ReachLimits;
  readonly freeze: readonly Freeze[];
};

/** Lets one rule pass for one campaign. */
export type Waiver = WaiverFacts & {
  readonly rule: RuleName;
  readonly campaignId: string;
  /** The audiences that it is for; null for every one. */
  readonly audienceIds: readonly string[] | null;
  /** Where it stands in the project file; its detail is empty. */
  readonly place: Diagnostic;
};

/** All rules of a project, with names resolved to the audiences that they stand for. */
export type Guardrails = {
  readonly sets: readonly RuleSet[];
  readonly strength: Readonly<Record<RuleName, Strength>>;
  readonly onBreach: "report" | "restore";
  readonly waivers: readonly Waiver[];
};

/** The same rules for a part of the campaign files: that some of them are for nobody there is no news. */
export function forSomeFiles({ sets, ...rest }: Guardrails): Guardrails {
  const unplaced = ({ scope, ...set }: RuleSet): RuleSet => ({
    ...set,
    scope: scope === null ? null : { ...scope, place: null },
  });
  return { ...rest, sets: sets.map(unplaced) };
}

/** Every rule with the strength that it has where the project file does not say. */
export const STRENGTHS: Readonly<Record<RuleName, Strength>> = {
  "require-exclude": "hard",
  "forbid-include": "hard",
  "max-changes": "soft",
  freeze: "soft",
  "reach-min": "soft",
  "reach-max": "soft",
  "reach-increase": "soft",
  "reach-decrease": "soft",
  "loses-all-excludes": "warn",
  "replaces-all-includes": "warn",
};

/** Every rule, in the order in which findings are told. */
export const RULE_NAMES = Object.keys(STRENGTHS) as readonly RuleName[];

/** A project without rules of its own: only those that are always there. */
export const NO_GUARDRAILS: Guardrails = {
  sets: [],
  strength: STRENGTHS,
  onBreach: "report",
  waivers: [],
};
