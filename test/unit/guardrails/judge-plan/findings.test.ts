import { describe, expect, test } from "vitest";
import { judgePlan } from "../../../../src/guardrails/judge-plan.ts";
import { findingsOf, NOON, named, ruleScope, rules, waiver } from "../../../support/samples/guardrails.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleReach,
  sampleResult,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const NONE = { min: null, max: null, maxIncrease: null, maxDecrease: null };
const UPDATE = sampleUpdate(1);
const { campaignId } = UPDATE;

test("what is told of the run comes first, then campaign by campaign, by rule and by audience", () => {
  const by = rules(
    [
      {
        ...{ requireExclude: [named(8), named(7)], forbidInclude: [named(1)] },
        ...{ maxChanges: { unit: "number", value: 0 }, reach: { ...NONE, max: 1 } },
        freeze: [{ from: NOON, to: NOON + 1, until: "2026-12-27T00:00:00Z", reason: null }],
      },
    ],
    { waivers: [waiver({ campaignId, expires: "2026-11-01" })] },
  );
  const told = findingsOf(by, samplePlan([sampleUpdate(2), UPDATE])).map(
    (each) =>
      `${each.campaignId?.slice(-1) ?? "-"} ${each.rule} ${each.audienceIds.map((id) => id.slice(-1))}`,
  );
  const ofEach = ["require-exclude 7", "require-exclude 8", "forbid-include 1", "reach-max "];
  expect(told).toEqual([
    ...["- max-changes ", "- freeze "],
    ...ofEach.map((words) => `1 ${words}`),
    "1 waiver-expired 7,8",
    ...ofEach.map((words) => `2 ${words}`),
  ]);
});

describe("rules that say the same of one campaign or run are one finding", () => {
  const limited = (...limits: readonly number[]) =>
    rules(limits.map((value) => ({ maxChanges: { unit: "number", value } })));

  test("with each sentence once", () => {
    const plan = samplePlan([UPDATE, sampleUpdate(2)]);
    expect(findingsOf(limited(0, 1, 0, 2), plan).map(({ message }) => message)).toEqual([
      "2 campaigns would change; at most 0 may. 2 campaigns would change; at most 1 may.",
    ]);
  });

  test("of which what is certain is told, and not what may be", () => {
    const by = rules([200_000, 100].map((max) => ({ reach: { ...NONE, max } })));
    const told = (plan: ReturnType<typeof samplePlan>) =>
      findingsOf(by, plan).map(({ rule, state, message }) => `${rule} ${state}: ${message}`);
    expect(told(samplePlan([UPDATE]))).toEqual([
      "reach-max broken: It would reach 18,432 people at least; at most 100 may be.",
    ]);
    expect(told(samplePlan([sampleUpdate(1, { reach: sampleReach({ evaluatedCount: null }) })]))).toEqual([
      "reach-max possible: Only the API's count will tell whether it reaches at most 200,000 people. Only the API's count will tell whether it reaches at most 100 people.",
    ]);
  });
});

describe("what is let pass", () => {
  const by = (
    strength: "hard" | "soft" | "warn",
    reason: string | null,
    waivers = [waiver({ campaignId })],
  ) =>
    rules([{ requireExclude: [named(8)] }], {
      ...{ strength: { "require-exclude": strength }, waivers },
      allowed: new Map([["require-exclude", reason]]),
    });
  const told = (...asked: Parameters<typeof by>) =>
    findingsOf(by(...asked), samplePlan([UPDATE])).map((finding) => [finding.state, finding.allowedReason]);

  test("by a waiver is not told as allowed", () => {
    expect(told("soft", "planned")).toEqual([["waived", null]]);
  });

  test("by whoever runs it is so only of a soft rule", () => {
    expect(told("soft", "planned", [])).toEqual([["allowed", "planned"]]);
    expect(told("soft", null, [])).toEqual([["allowed", null]]);
    expect(told("hard", "planned", [])).toEqual([["broken", null]]);
    expect(told("warn", "planned", [])).toEqual([["broken", null]]);
  });

  test("is not what may only be broken", () => {
    const possible = rules([{ reach: { ...NONE, max: 200_000 } }], {
      allowed: new Map([["reach-max", "yes"]]),
    });
    expect(findingsOf(possible, samplePlan([UPDATE]))).toMatchObject([
      { state: "possible", allowedReason: null, waiver: null },
    ]);
  });
});

test("what became of a campaign is judged by its own result", () => {
  const by = rules([{ reach: { ...NONE, max: 5000 } }]);
  const results = new Map([[campaignId, sampleResult(1)]]);
  const told = findingsOf(by, samplePlan([UPDATE, sampleUpdate(2)]), { results });
  expect(told.map((finding) => finding.campaignId)).toEqual([sampleUpdate(2).campaignId]);
});

describe("what says nothing", () => {
  test("is no waiver of a campaign that could not be read, or is not of this plan", () => {
    const waivers = [2, 3].map((n) => waiver({ campaignId: sampleUpdate(n).campaignId }));
    const plan = samplePlan([UPDATE, sampleUnreadable(2)]);
    expect(judgePlan(rules([], { waivers }), { plan, now: NOON }).unusedWaivers).toEqual([]);
  });

  test("are rules for some that are for none of all campaigns, each with its place", () => {
    const [sms, email, push] = ["sms", "email", "push"].map((channel) => ruleScope({ channel }));
    const sets = [{}, ...[sms, email, push].map((scope) => ({ scope: scope ?? null }))];
    const judged = (declared: number) => {
      const plan = samplePlan([UPDATE]);
      return judgePlan(rules(sets), { plan: { ...plan, scope: { ...plan.scope, declared } }, now: NOON })
        .idle;
    };
    expect(judged(1)).toEqual([sms, push]);
    expect(judged(0)).toEqual([sms, push]);
    expect(judged(2)).toEqual([]);
    const both = samplePlan([UPDATE, sampleUpdate(2, { channel: "sms" })]);
    expect(judgePlan(rules(sets), { plan: both, now: NOON }).idle).toEqual([push]);
    expect(judgePlan(rules([{}]), { plan: samplePlan([]), now: NOON }).idle).toEqual([]);
  });
});

describe("a locked campaign is told in words that say so", () => {
  const locked = "It is not draft, so this run cannot mend that, and it may be about to be sent.";
  const eight = audience(8).audienceId;
  const skip = sampleSkip(1, {
    before: binding([audience(8)]),
    after: binding([audience(1)], [audience(8)]),
  });
  const both = rules([{ requireExclude: [named(8)] }, { forbidInclude: [named(8)] }]);
  const told = (change: typeof skip | ReturnType<typeof sampleNoOp>) =>
    findingsOf(both, samplePlan([change])).map(({ message, strength, audienceIds }) => [
      ...[message, strength],
      ...audienceIds,
    ]);

  test("and by what it has", () => {
    expect(told(skip)).toEqual([
      [`It does not exclude ${eight}, which must be excluded. ${locked}`, "warn", eight],
      [`It includes ${eight}, which must not be included. ${locked}`, "warn", eight],
    ]);
  });

  test("and a draft without them", () => {
    const draft = sampleNoOp(1, { before: skip.before, after: skip.before });
    expect(told(draft)).toEqual([
      [`It does not exclude ${eight}, which must be excluded.`, "hard", eight],
      [`It includes ${eight}, which must not be included.`, "hard", eight],
    ]);
  });
});
