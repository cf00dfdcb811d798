import { makeDiagnostic } from "../../../src/domain/diagnostics.ts";
import type { Diagnostic, Finding, Plan, RuleChange, RuleChanges } from "../../../src/domain/model.ts";
import { NOTHING_ALLOWED } from "../../../src/guardrails/allowed.ts";
import {
  type Guardrails,
  NO_GUARDRAILS,
  type RuleScope,
  type RuleSet,
  STRENGTHS,
  type Waiver,
} from "../../../src/guardrails/guardrails.ts";
import { type Judged, judgePlan, type Rules } from "../../../src/guardrails/judge-plan.ts";
import { audience } from "./plan.ts";

/** Noon of the day on which sample plans are judged. */
export const NOON = Date.parse("2026-11-23T12:00:00Z");

/** A place in a project file. */
const placeOf = (code: "unused-waiver" | "rule-matches-nothing"): Diagnostic => {
  const range = { start: { line: 3, column: 1 }, end: { line: 3, column: 5 } };
  return makeDiagnostic(code, { detail: "", file: "campaignctl.yaml", range });
};

/** The n-th sample audience, as a rule names it. */
export const named = (n: number, name: string | null = null, group: string | null = null) => ({
  audienceId: audience(n).audienceId,
  name,
  group,
});

/** Rules for every campaign, none unless told otherwise. */
export const ruleSet = (overrides: Partial<RuleSet> = {}): RuleSet => ({
  scope: null,
  requireExclude: [],
  forbidInclude: [],
  maxChanges: null,
  freeze: [],
  ...overrides,
  reach: { min: null, max: null, maxIncrease: null, maxDecrease: null, ...overrides.reach },
});

/** Which campaigns rules are for. */
export const ruleScope = (scope: Partial<Omit<RuleScope, "place">>): RuleScope => ({
  channel: null,
  labels: {},
  place: placeOf("rule-matches-nothing"),
  ...scope,
});

/** The rules of a project; strengths are the usual ones unless told otherwise. */
export function rules(
  sets: readonly Partial<RuleSet>[],
  overrides: Partial<Omit<Guardrails, "sets" | "strength">> &
    Partial<Pick<Rules, "allowed">> & {
      readonly strength?: Partial<Guardrails["strength"]>;
    } = {},
): Rules {
  const { allowed = NOTHING_ALLOWED, strength, ...rest } = overrides;
  const all = { ...STRENGTHS, ...strength };
  return { guardrails: { ...NO_GUARDRAILS, ...rest, sets: sets.map(ruleSet), strength: all }, allowed };
}

/** A waiver that has not ended. */
export const waiver = (overrides: Partial<Waiver> & Pick<Waiver, "campaignId">): Waiver => ({
  rule: "require-exclude",
  audienceIds: null,
  owner: "legal",
  reason: "agreed",
  expires: "2026-12-31",
  place: placeOf("unused-waiver"),
  ...overrides,
});

/** What rules say of a plan at noon. */
export const findingsOf = (by: Rules, plan: Plan, judged: Partial<Judged> = {}) =>
  judgePlan(by, { plan, now: NOON, ...judged }).findings;

/** A change of the rules; it weakens them unless told otherwise. */
export const sampleRuleChange = (overrides: Partial<RuleChange> = {}): RuleChange => ({
  kind: "rule",
  effect: "weaker",
  rule: "max-changes",
  campaignId: null,
  audienceIds: [],
  message: "At most 50 campaigns may change in one run; it was 25.",
  ...overrides,
});

/** What files change of the rules since a commit. */
export const sampleRuleChanges = (
  changes: readonly RuleChange[],
  refusedBefore: readonly Finding[] = [],
): RuleChanges => ({
  since: "1f0c2b7f2c0d4c9fb9a1d2b0f5c7d1e3a4b5c6d7",
  unknown: null,
  changes,
  refusedBefore,
});

/** That a campaign does not exclude who must be excluded. */
export const sampleFinding = ({ campaignId, source }: Pick<Finding, "campaignId" | "source">): Finding => ({
  rule: "require-exclude",
  strength: "hard",
  campaignId,
  source,
  message: "It does not exclude somebody.",
  audienceIds: [],
  state: "broken",
  waiver: null,
  allowedReason: null,
});
