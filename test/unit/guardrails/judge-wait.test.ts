import { expect, test } from "vitest";
import type { ApplyResult, Change } from "../../../src/domain/model.ts";
import type { Rules } from "../../../src/guardrails/judge-plan.ts";
import { judgeWait } from "../../../src/guardrails/judge-wait.ts";
import { stops } from "../../../src/guardrails/stops.ts";
import { NOON, named, rules, waiver } from "../../support/samples/guardrails.ts";
import {
  binding,
  sampleNoOp,
  samplePlan,
  sampleReachResult,
  sampleResult,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../support/samples/plan.ts";

const LIMITS = { min: null, max: 4000, maxIncrease: 1, maxDecrease: 1 };
const { campaignId } = sampleNoOp(1);

/** A campaign that was waited for, and for which the API has counted 4,242 people. */
const counted = sampleResult(1, { outcome: "unchanged" });

const uncounted = { reach: sampleReachResult({ status: "pending", evaluatedCount: null, confirmed: false }) };

function told(by: Rules, changes: readonly Change[], results: readonly ApplyResult[]): readonly string[] {
  const findings = judgeWait(by, { plan: samplePlan(changes), results, now: NOON });
  expect(findings.filter(stops)).toEqual([]);
  return findings.map(({ rule, state, strength, message }) => `${rule} ${state} ${strength}: ${message}`);
}

test("reach that the API has counted by now is judged by the limits of people, and only told", () => {
  expect(told(rules([{ reach: LIMITS }]), [sampleNoOp(1)], [counted])).toEqual([
    "reach-max broken warn: It reaches 4,242 people; at most 4,000 may be.",
  ]);
});

test("a count that did not come leaves a rule possible, never held", () => {
  const change = sampleNoOp(1, { reachedBefore: null });
  const result = sampleResult(1, { outcome: "unchanged", ...uncounted });
  expect(told(rules([{ reach: LIMITS }]), [change], [result])).toEqual([
    "reach-max possible warn: Only the API's count will tell whether it reaches at most 4,000 people.",
  ]);
});

test("a draft that is not as its file says has no count of what it declares", () => {
  const result = sampleResult(1, { outcome: "unchanged", waited: false, ...uncounted });
  expect(told(rules([{ reach: LIMITS }]), [sampleUpdate(1)], [result])).toEqual([
    expect.stringContaining("reach-max possible warn"),
  ]);
});

test("other rules speak of what a write would do, so a wait says nothing of them", () => {
  const loses = sampleUpdate(1, { after: binding([]) });
  const always = { from: 0, to: NOON + 1, until: "2026-11-24T00:00:00Z", reason: null };
  const strict = rules(
    [{ requireExclude: [named(8)], maxChanges: { unit: "number", value: 0 }, freeze: [always] }],
    { waivers: [waiver({ campaignId, rule: "loses-all-excludes", expires: "2026-11-01" })] },
  );
  expect(told(strict, [loses], [sampleResult(1, { outcome: "unchanged" })])).toEqual([]);
});

test("what is locked, or could not be read, is not judged", () => {
  const changes = [sampleSkip(1), sampleUnreadable(2)];
  const results = [sampleResult(1, { outcome: "skipped" }), sampleResult(2, { outcome: "failed" })];
  expect(told(rules([{ reach: LIMITS }]), changes, results)).toEqual([]);
});

test("a draft that ended otherwise, or was not waited for, is not judged", () => {
  const failed = sampleResult(1, { outcome: "failed" });
  expect(told(rules([{ reach: LIMITS }]), [sampleNoOp(1)], [failed])).toEqual([]);
  const low = { ...LIMITS, max: 1 };
  expect(told(rules([{ reach: low }]), [sampleNoOp(1), sampleNoOp(2)], [counted])).toEqual([
    "reach-max broken warn: It reaches 4,242 people; at most 1 may be.",
  ]);
});

test("a waiver lets it pass, and one that is over is told beside it", () => {
  const by = (expires: string) =>
    rules([{ reach: LIMITS }], { waivers: [waiver({ campaignId, rule: "reach-max", expires })] });
  const words = (expires: string) =>
    told(by(expires), [sampleNoOp(1)], [counted]).map((word) => word.split(":")[0]);
  expect(words("2026-12-31")).toEqual(["reach-max waived warn"]);
  expect(words("2026-11-01")).toEqual(["reach-max broken warn", "waiver-expired broken warn"]);
});
