import { describe, expect, test } from "vitest";
import { judgePlan } from "../../../../src/guardrails/judge-plan.ts";
import { stops } from "../../../../src/guardrails/stops.ts";
import { findingsOf, NOON, named, ruleScope, rules, waiver } from "../../../support/samples/guardrails.ts";
import { audience, binding, samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const UPDATE = sampleUpdate(1);
const { campaignId } = UPDATE;

/** What is told, each as `rule state strength`. */
const told = (findings: ReturnType<typeof findingsOf>) =>
  findings.map(({ rule, state, strength }) => `${rule} ${state} ${strength}`);

describe("rules for some campaigns", () => {
  const on = (scope: Parameters<typeof ruleScope>[0]) =>
    rules([{ scope: ruleScope(scope), requireExclude: [named(8)] }]);
  const plan = (channel: string | null, labels: Record<string, string> = {}) =>
    samplePlan([sampleUpdate(1, { channel, labels })]);

  test.each([
    [{ channel: "sms" }, plan("sms"), 1],
    [{ channel: "sms" }, plan("email"), 0],
    [{ channel: "sms" }, plan(null), 1],
    [{ channel: "sms" }, plan("SMS"), 1],
    [{ channel: "sms" }, plan("whatsapp"), 1],
    [{ labels: { region: "eu" } }, plan("sms", { region: "eu" }), 1],
    [{ labels: { region: "eu" } }, plan("sms", { region: "us" }), 0],
    [{ labels: { region: "eu" } }, plan("sms", { season: "spring" }), 1],
    [{ channel: "sms", labels: { region: "eu" } }, plan("email", { region: "eu" }), 0],
  ])("%j", (scope, made, count) => {
    expect(findingsOf(on(scope), made)).toHaveLength(count);
  });

  test("what matches adds up, and an audience that several ask for counts once", () => {
    const by = rules([
      { requireExclude: [named(8)] },
      { scope: ruleScope({ channel: "sms" }), requireExclude: [named(8), named(7)] },
    ]);
    expect(findingsOf(by, plan("sms")).map(({ audienceIds }) => audienceIds)).toEqual([
      [audience(7).audienceId],
      [audience(8).audienceId],
    ]);
  });

  test("a limit counts the campaigns that it is for", () => {
    const by = rules([{ scope: ruleScope({ channel: "sms" }), maxChanges: { unit: "number", value: 0 } }]);
    expect(findingsOf(by, plan("email"))).toEqual([]);
    expect(findingsOf(by, plan("sms"))[0]?.message).toBe(
      "1 campaign of channel sms would change; at most 0 may.",
    );
  });

  test("rules that no declared campaign is among are told, but not where some were not looked at", () => {
    const made = plan("email");
    expect(judgePlan(on({ channel: "sms" }), { plan: made, now: NOON }).idle).toHaveLength(1);
    const scope = { ...made.scope, declared: 2 };
    expect(judgePlan(on({ channel: "sms" }), { plan: { ...made, scope }, now: NOON }).idle).toEqual([]);
  });
});

describe("waivers", () => {
  const by = (...waivers: readonly ReturnType<typeof waiver>[]) =>
    rules([{ requireExclude: [named(7), named(8)] }], { waivers });

  test("one lets exactly its rule, campaign and audience pass, and is told", () => {
    const findings = findingsOf(
      by(waiver({ campaignId, audienceIds: [audience(7).audienceId] })),
      samplePlan([UPDATE]),
    );
    expect(told(findings)).toEqual(["require-exclude waived hard", "require-exclude broken hard"]);
    expect(findings[0]?.waiver).toEqual({ owner: "legal", reason: "agreed", expires: "2026-12-31" });
  });

  test("without an audience it is for every one", () => {
    const findings = findingsOf(by(waiver({ campaignId })), samplePlan([UPDATE]));
    expect(findings.some(stops)).toBe(false);
  });

  test("it counts until the end of its last day, UTC; then it is an error that names it", () => {
    const today = waiver({ campaignId, expires: "2026-11-23" });
    const judged = (now: number) => told(findingsOf(by(today), samplePlan([UPDATE]), { now }));
    const midnight = Date.parse("2026-11-24T00:00:00Z");
    expect(judged(midnight - 1)).toEqual(["require-exclude waived hard", "require-exclude waived hard"]);
    expect(judged(midnight)).toEqual([
      "require-exclude broken hard",
      "require-exclude broken hard",
      "waiver-expired broken hard",
    ]);
  });

  test("one that has nothing to let pass is told, of campaigns that were looked at", () => {
    const waivers = [
      waiver({ campaignId, rule: "forbid-include" }),
      waiver({ campaignId: sampleUpdate(2).campaignId }),
      waiver({ campaignId, rule: "reach-max", expires: "2020-01-01" }),
    ];
    const { unusedWaivers, findings } = judgePlan(by(...waivers), { plan: samplePlan([UPDATE]), now: NOON });
    expect(unusedWaivers).toEqual([waivers[0], waivers[2]]);
    expect(told(findings)).not.toContain("waiver-expired broken hard");
  });

  test("one of a rule that may be broken is of use", () => {
    const limits = { min: null, max: 20_000, maxIncrease: null, maxDecrease: null };
    const asked = rules([{ reach: limits }], { waivers: [waiver({ campaignId, rule: "reach-max" })] });
    const { findings, unusedWaivers } = judgePlan(asked, { plan: samplePlan([UPDATE]), now: NOON });
    expect(unusedWaivers).toEqual([]);
    expect(findings[0]).toMatchObject({ state: "possible", waiver: { owner: "legal" } });
  });
});

test("a soft rule that is allowed passes with the reason; a warning stays one", () => {
  const allowed = new Map([
    ["max-changes", "planned sale"] as const,
    ["replaces-all-includes", null] as const,
  ]);
  const by = rules([{ maxChanges: { unit: "number", value: 0 } }], { allowed });
  const plan = samplePlan([sampleUpdate(1, { after: binding([audience(2)], [audience(9)]) })]);
  const findings = findingsOf(by, plan);
  expect(told(findings)).toEqual(["max-changes allowed soft", "replaces-all-includes broken warn"]);
  expect(findings[0]?.allowedReason).toBe("planned sale");
  expect(findings.some(stops)).toBe(false);
});
