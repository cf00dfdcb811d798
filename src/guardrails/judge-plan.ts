import { compare } from "../domain/compare.ts";
import { groupBy } from "../domain/group-by.ts";
import type { ApplyResult, Finding, Plan } from "../domain/model.ts";
import { type Allowed, NOTHING_ALLOWED } from "./allowed.ts";
import {
  type Guardrails,
  NO_GUARDRAILS,
  RULE_NAMES,
  type RuleScope,
  type RuleSet,
  type Waiver,
} from "./guardrails.ts";
import { judgeReach } from "./judge-reach.ts";
import { judgeRun } from "./judge-run.ts";
import { isFor } from "./rule-scope.ts";
import type { Broken, PlanFacts, ReadChange } from "./rules/broken.ts";
import { forbidInclude } from "./rules/forbid-include.ts";
import { losesAllExcludes } from "./rules/loses-all-excludes.ts";
import { replacesAllIncludes } from "./rules/replaces-all-includes.ts";
import { requireExclude } from "./rules/require-exclude.ts";
import { expiredFindings, factsOfWaiver, openWaivers } from "./waivers.ts";

/** The rules that count, and what is allowed for this run. */
export type Rules = { readonly guardrails: Guardrails; readonly allowed: Allowed };

/** Those that are always there, and nothing allowed. */
export const NO_RULES: Rules = { guardrails: NO_GUARDRAILS, allowed: NOTHING_ALLOWED };

/** What is judged. */
export type Judged = {
  readonly plan: Pick<Plan, "changes" | "audiences" | "privacy" | "scope">;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What became of campaigns by now; none before anything was written. */
  readonly results?: ReadonlyMap<string, ApplyResult>;
};

/** A plan with other changes, as rules see it. To spread the plan would make its fingerprint, which they do not ask for. */
export function withChanges(
  { audiences, privacy, scope }: Judged["plan"],
  changes: Judged["plan"]["changes"],
): Judged["plan"] {
  return { changes, audiences, privacy, scope };
}

/** What rules say, and what of them says nothing. */
export type Ruling = {
  /** Of the run first, then by campaign, rule and audience. */
  readonly findings: readonly Finding[];
  /** Waivers of campaigns that were looked at, with nothing to let pass. */
  readonly unusedWaivers: readonly Waiver[];
  /** Rules for some campaigns only, that no campaign is among. */
  readonly idle: readonly RuleScope[];
};

/** Judges a plan, or what became of it, by the rules of the project. One finding for each rule, campaign and audience. */
export function judgePlan({ guardrails, allowed }: Rules, { plan, now, results }: Judged): Ruling {
  const read = plan.changes.flatMap((change) => (change.action === "error" ? [] : [change]));
  const broken = [
    ...guardrails.sets.flatMap((set) => judgeRun(set, plan, now)),
    ...read.flatMap((change) =>
      judgeCampaign(change, guardrails.sets, results?.get(change.campaignId), plan),
    ),
  ];
  const book = openWaivers(guardrails.waivers, now);
  const expired = new Map<Waiver, Finding[]>();
  const findings = onceEach(broken).map((each) => {
    const covering = book.covering(each);
    const finding = findingOf(each, covering.waiver, guardrails, allowed);
    for (const waiver of covering.expired) expired.set(waiver, [...(expired.get(waiver) ?? []), finding]);
    return finding;
  });
  const looked = new Set(read.map(({ campaignId }) => campaignId));
  return {
    findings: sorted([...findings, ...expiredFindings(expired)]),
    unusedWaivers: book.unused().filter(({ campaignId }) => looked.has(campaignId)),
    idle: guardrails.sets.flatMap(({ scope }) => (scope !== null && isIdle(scope, plan) ? [scope] : [])),
  };
}

function judgeCampaign(
  change: ReadChange,
  sets: readonly RuleSet[],
  result: ApplyResult | undefined,
  facts: PlanFacts,
): readonly Broken[] {
  return [
    ...sets
      .filter(({ scope }) => isFor(scope, change))
      .flatMap((set) => [
        ...requireExclude(change, set.requireExclude, facts),
        ...forbidInclude(change, set.forbidInclude, facts),
        ...judgeReach(change, set.reach, result, facts),
      ]),
    ...losesAllExcludes(change, facts),
    ...replacesAllIncludes(change, facts),
  ];
}

/** Several rules may say the same of one campaign and audience: what is known for certain goes before what may be. */
function onceEach(broken: readonly Broken[]): readonly Broken[] {
  const keyOf = (each: Broken): string => [each.rule, each.campaignId, ...each.audienceIds].join(" ");
  const groups = groupBy(broken, keyOf);
  return [...groups.values()].map((group) => {
    const certain = group.filter(({ state }) => state === "broken");
    const told = certain.length > 0 ? certain : group;
    const [first] = told as [Broken];
    return {
      ...first,
      message: [...new Set(told.map(({ message }) => message))].join(" "),
      isOnlyTold: told.every(({ isOnlyTold }) => isOnlyTold),
    };
  });
}

function findingOf(
  { isOnlyTold, ...broken }: Broken,
  waiver: Waiver | null,
  { strength: strengths }: Guardrails,
  allowed: Allowed,
): Finding {
  const strength = isOnlyTold ? "warn" : strengths[broken.rule];
  const finding: Finding = {
    ...broken,
    strength,
    waiver: waiver === null ? null : factsOfWaiver(waiver),
    allowedReason: null,
  };
  if (broken.state !== "broken") return finding;
  if (waiver !== null) return { ...finding, state: "waived" };
  const isAllowed = strength === "soft" && allowed.has(broken.rule);
  return isAllowed
    ? { ...finding, state: "allowed", allowedReason: allowed.get(broken.rule) ?? null }
    : finding;
}

function isIdle(scope: RuleScope, { changes, scope: { declared } }: Judged["plan"]): boolean {
  return declared <= changes.length && !changes.some((change) => isFor(scope, change));
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.campaignId ?? "", b.campaignId ?? "") ||
      rankOf(a) - rankOf(b) ||
      compare(a.audienceIds.join(), b.audienceIds.join()) ||
      compare(a.message, b.message),
  );
}

function rankOf({ rule }: Finding): number {
  return rule === "waiver-expired" ? RULE_NAMES.length : RULE_NAMES.indexOf(rule);
}
