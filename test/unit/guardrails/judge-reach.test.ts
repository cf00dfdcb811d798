import { expect, test } from "vitest";
import type { ApplyResult, Change } from "../../../src/domain/model.ts";
import type { ReachLimits } from "../../../src/guardrails/guardrails.ts";
import { findingsOf, rules } from "../../support/samples/guardrails.ts";
import {
  sampleNoOp,
  samplePlan,
  sampleReachResult,
  sampleResult,
  sampleUpdate,
} from "../../support/samples/plan.ts";

const UPDATE = sampleUpdate(1);
const NONE = { min: null, max: null, maxIncrease: null, maxDecrease: null };
const EVERY = { min: 9000, max: 4000, maxIncrease: 10, maxDecrease: 10 };

/** What is told once it has become of a campaign what this result says. */
function told(result: Partial<ApplyResult>, reach: Partial<ReachLimits> = EVERY, change: Change = UPDATE) {
  const results = new Map([[change.campaignId, sampleResult(1, result)]]);
  return findingsOf(rules([{ reach: { ...NONE, ...reach } }]), samplePlan([change]), { results }).map(
    ({ rule, state, strength, message }) => `${rule} ${state} ${strength}: ${message}`,
  );
}

test("after a write the API's count is judged by each limit, with what was before", () => {
  expect(told({})).toEqual([
    "reach-min broken soft: It reaches 4,242 people; at least 9,000 must be.",
    "reach-max broken soft: It reaches 4,242 people; at most 4,000 may be.",
    "reach-decrease broken soft: It reaches 4,242 people, and 18,432 before: more than 10% fewer.",
  ]);
  const grown = sampleReachResult({ previousCount: 1000 });
  expect(told({ reach: grown }, { maxIncrease: 10 })).toEqual([
    "reach-increase broken soft: It reaches 4,242 people, and 1,000 before: more than 10% more.",
  ]);
});

test.each([
  [null, "The old audiences are back."],
  ["Somebody edited it.", "The old audiences could not be put back: Somebody edited it."],
])("what became of a campaign that broke a rule is told: %s", (notRestored, words) => {
  const breach = { count: 5000, notRestored };
  expect(told({ outcome: notRestored === null ? "restored" : "applied", breach }, { max: 4999 })).toEqual([
    `reach-max broken soft: It reaches 5,000 people; at most 4,999 may be. ${words}`,
  ]);
});

test("what is only possible says nothing of old audiences", () => {
  const reach = sampleReachResult({ confirmed: false });
  expect(told({ reach }, { max: 4999 })).toEqual([
    "reach-max possible soft: Only the API's count will tell whether it reaches at most 4,999 people.",
  ]);
});

test("a campaign that was in sync is only told of, and not how its reach changed", () => {
  expect(told({ outcome: "unchanged" }, EVERY, sampleNoOp(1))).toEqual([
    "reach-min broken warn: It reaches 4,242 people; at least 9,000 must be.",
    "reach-max broken warn: It reaches 4,242 people; at most 4,000 may be.",
  ]);
});

test("nothing is told of reach where no limit is set, or every limit holds", () => {
  expect(told({}, NONE)).toEqual([]);
  expect(told({}, { min: 4242, max: 4242, maxIncrease: 0, maxDecrease: 77 })).toEqual([]);
});
