import type { ApplyResult, Plan, RuleName, Update } from "../../../src/domain/model.ts";
import type { Rules } from "../../../src/guardrails/judge-plan.ts";
import { audienceNamed } from "./audiences.ts";
import { NOON, named, ruleScope, rules, waiver } from "./guardrails.ts";
import { audience, binding, sampleNoOp, samplePlan, sampleResult, sampleSkip, sampleUpdate } from "./plan.ts";

/** A plan, and rules that say something of it at noon. */
export type PlanCase = { readonly plan: Plan; readonly by: Rules };

/** The same with what became of its campaigns. */
export type ReportCase = PlanCase & { readonly results: readonly ApplyResult[] };

const AUDIENCES = {
  ...audienceNamed(1, "newsletter"),
  ...audienceNamed(2, "vip-customers"),
  ...audienceNamed(9, "unsubscribed", { type: "audience" }),
};

const planOf = (...changes: Plan["changes"]): Plan => samplePlan(changes, { audiences: AUDIENCES });

/** Spring includes vip-customers as well, and still excludes unsubscribed. */
const spring = (more: Parameters<typeof sampleUpdate>[1] = {}): Update =>
  sampleUpdate(1, { name: "Spring", owner: "crm", ...more });

const { campaignId } = spring();
const SPRING = planOf(spring());

const NO_REACH = { min: null, max: null, maxIncrease: null, maxDecrease: null };
const reach = (limits: Partial<typeof NO_REACH> | Readonly<Record<string, number>>) => ({
  reach: { ...NO_REACH, ...limits },
});

const FREEZE = {
  from: NOON - 1,
  to: NOON + 1,
  until: "2026-12-27T00:00:00Z",
  reason: "holidays",
};

/** Each rule by its own strength, and whether it surely is broken or only may be. */
const RULES: Readonly<Record<string, PlanCase>> = {
  "require-exclude": { plan: SPRING, by: rules([{ requireExclude: [named(8, "legal-hold")] }]) },
  "forbid-include": { plan: SPRING, by: rules([{ forbidInclude: [named(2)] }]) },
  "max-changes, a number": {
    plan: SPRING,
    by: rules([{ maxChanges: { unit: "number", value: 0 } }]),
  },
  "max-changes, a percentage": {
    plan: planOf(...Array.from({ length: 10 }, (_, n) => sampleUpdate(n + 1))),
    by: rules([{ maxChanges: { unit: "percent", value: 90 } }]),
  },
  freeze: { plan: SPRING, by: rules([{ freeze: [FREEZE] }]) },
  "reach-min, broken": {
    plan: planOf(spring({ after: binding([audience(1)], [audience(9, "audience"), audience(2)]) })),
    by: rules([reach({ min: 20_000 })]),
  },
  "reach-min, possible": {
    plan: planOf(spring({ reachedBefore: null })),
    by: rules([reach({ min: 20_000 })]),
  },
  "reach-max, broken": { plan: SPRING, by: rules([reach({ max: 18_000 })]) },
  "reach-max, possible": { plan: SPRING, by: rules([reach({ max: 20_000 })]) },
  "reach-increase, possible": { plan: SPRING, by: rules([reach({ maxIncrease: 50 })]) },
  "reach-decrease, possible": {
    plan: planOf(spring({ after: binding([audience(2)], [audience(9, "audience")]) })),
    by: rules([reach({ maxDecrease: 80 })]),
  },
  "reach-decrease, broken": {
    plan: samplePlan(
      [spring({ before: binding([audience(1), audience(2)]), after: binding([audience(2)]) })],
      {
        audiences: { ...AUDIENCES, ...audienceNamed(2, "vip-customers", { size: sized(120) }) },
      },
    ),
    by: rules([reach({ maxDecrease: 80 })]),
  },
  "loses-all-excludes, made soft": {
    plan: planOf(spring({ after: binding([audience(1)]) })),
    by: rules([], { strength: { "loses-all-excludes": "soft" } }),
  },
  "replaces-all-includes": {
    plan: planOf(spring({ after: binding([audience(2)], [audience(9, "audience")]) })),
    by: rules([]),
  },
};

function sized(count: number) {
  return { count, isExact: true, at: "2026-11-23T09:00:00.000Z" };
}

const MISSING = [{ requireExclude: [named(8, "legal-hold"), named(7, "no-consent")] }];
const ONE_MISSING = [{ requireExclude: [named(8, "legal-hold")] }];

const strengthCase = (
  rule: RuleName,
  strength: "hard" | "soft" | "warn",
  sets: Parameters<typeof rules>[0],
) => ({
  plan: SPRING,
  by: rules(sets, { strength: { [rule]: strength } }),
});

/** Each strength, and what is allowed. */
const STRENGTHS: Readonly<Record<string, PlanCase>> = {
  "a rule made soft": strengthCase("require-exclude", "soft", ONE_MISSING),
  "a rule made warn": strengthCase("require-exclude", "warn", ONE_MISSING),
  "a rule of the run made hard": strengthCase("freeze", "hard", [{ freeze: [FREEZE] }]),
  "allowed with a reason": {
    plan: SPRING,
    by: rules([{ freeze: [FREEZE] }], { allowed: new Map([["freeze", "agreed with Tom"]]) }),
  },
  "allowed without a reason": {
    plan: SPRING,
    by: rules([{ freeze: [FREEZE] }], { allowed: new Map([["freeze", null]]) }),
  },
  "a locked campaign is only told": {
    plan: planOf(sampleSkip(1, { name: "Spring" })),
    by: rules(ONE_MISSING),
  },
  "a required exclude that is empty is only told": {
    plan: samplePlan([spring()], {
      audiences: { ...AUDIENCES, ...audienceNamed(9, "unsubscribed", { type: "audience", size: sized(0) }) },
    }),
    by: rules([{ requireExclude: [named(9, "unsubscribed")] }]),
  },
  "reach of a campaign in sync is only told": {
    plan: planOf(sampleNoOp(1, { name: "Spring" })),
    by: rules([reach({ max: 18_000 })]),
  },
};

const waived = (...waivers: readonly Partial<Parameters<typeof waiver>[0]>[]): PlanCase => ({
  plan: SPRING,
  by: rules(MISSING, { waivers: waivers.map((each) => waiver({ campaignId, ...each })) }),
});

const LEGAL_HOLD = [named(8).audienceId];

/** Each state of a waiver. */
const WAIVERS: Readonly<Record<string, PlanCase>> = {
  "a waiver that is used, for every audience": waived({}),
  "a waiver that is used, for one audience of two": waived({ audienceIds: LEGAL_HOLD }),
  "a waiver that is over": waived({ audienceIds: LEGAL_HOLD, expires: "2026-11-22" }),
  "a waiver on its last day": waived({ expires: "2026-11-23" }),
  "a waiver with nothing to let pass": waived({ audienceIds: [named(6).audienceId] }),
  "a waiver of what is only possible": {
    plan: SPRING,
    by: rules([reach({ max: 20_000 })], { waivers: [waiver({ campaignId, rule: "reach-max" })] }),
  },
};

const scoped = (
  scope: Parameters<typeof ruleScope>[0],
  more: Parameters<typeof sampleUpdate>[1],
): PlanCase => ({
  plan: planOf(spring(more)),
  by: rules([{ ...ONE_MISSING[0], scope: ruleScope(scope) }]),
});

/** Each scope of a rule. */
const SCOPES: Readonly<Record<string, PlanCase>> = {
  "a channel that is the live one": scoped({ channel: "sms" }, { channel: "sms" }),
  "a channel that is another one, which is no declared campaign's": scoped(
    { channel: "sms" },
    { channel: "email" },
  ),
  "a channel that is not known": scoped({ channel: "sms" }, { channel: null }),
  "a label that is the same": scoped({ labels: { region: "eu" } }, { labels: { region: "eu" } }),
  "a label that is another": scoped({ labels: { region: "eu" } }, { labels: { region: "us" } }),
  "a label that is missing": scoped({ labels: { region: "eu" } }, { labels: {} }),
  "a limit of the run for some campaigns": {
    plan: planOf(spring({ channel: "sms" })),
    by: rules([{ scope: ruleScope({ channel: "sms" }), maxChanges: { unit: "number", value: 0 } }]),
  },
  "the same audience asked for in general and for a channel": {
    plan: planOf(spring({ channel: "sms" })),
    by: rules([...ONE_MISSING, { ...ONE_MISSING[0], scope: ruleScope({ channel: "sms" }) }]),
  },
};

const sentAt = (sendAt: string) => ({ schedule: { sendAt, mode: "at", timezone: "America/New_York" } });

/** What is told of sends. */
const SENDS: Readonly<Record<string, PlanCase>> = {
  "a change that is sent soon": { plan: planOf(spring(sentAt("2026-11-23T16:00:00Z"))), by: rules([]) },
  "two drafts that are sent within a day": {
    plan: planOf(
      spring(sentAt("2026-12-01T09:00:00-05:00")),
      sampleNoOp(2, { name: "Newsletter", ...sentAt("2026-12-02T08:00:00Z") }),
    ),
    by: rules([]),
  },
};

/** All that rules, and the times of sends, may say of a plan, by what it is. */
export const PLAN_CASES = { ...RULES, ...STRENGTHS, ...WAIVERS, ...SCOPES, ...SENDS };

const breached = (notRestored: string | null, more: Partial<ApplyResult>): readonly ApplyResult[] => [
  sampleResult(1, { name: "Spring", breach: { count: 4242, notRestored }, ...more }),
];

/** What rules may say once the API has counted. */
export const REPORT_CASES: Readonly<Record<string, ReportCase>> = {
  "reach broke a rule after the write": {
    plan: SPRING,
    by: rules([reach({ max: 4000 })]),
    results: [sampleResult(1, { name: "Spring" })],
  },
  "the old audiences are back": {
    plan: SPRING,
    by: rules([reach({ max: 4000 })], { onBreach: "restore" }),
    results: breached(null, { outcome: "restored" }),
  },
  "the old audiences could not be put back": {
    plan: SPRING,
    by: rules([reach({ max: 4000 })], { onBreach: "restore" }),
    results: breached("somebody changed it meanwhile.", {}),
  },
  "reach is not known after the write": {
    plan: SPRING,
    by: rules([reach({ max: 4000 })]),
    results: [sampleResult(1, { name: "Spring", reach: null, waited: false })],
  },
  "a rule refused the run": {
    plan: SPRING,
    by: rules(MISSING, { waivers: [waiver({ campaignId, audienceIds: LEGAL_HOLD })] }),
    results: [
      sampleResult(1, {
        ...{ name: "Spring", outcome: "not-attempted", reason: "guardrail", reach: null, waited: false },
      }),
    ],
  },
};
