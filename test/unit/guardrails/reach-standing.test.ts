import { describe, expect, test } from "vitest";
import type { ApplyResult } from "../../../src/domain/model.ts";
import { reachStanding } from "../../../src/guardrails/reach-standing.ts";
import type { ReadChange } from "../../../src/guardrails/rules/broken.ts";
import {
  sampleError,
  sampleNoOp,
  sampleReach,
  sampleReachResult,
  sampleResult,
  sampleSkip,
  sampleUpdate,
} from "../../support/samples/plan.ts";

const FACTS = { audiences: {}, privacy: { minCount: 20 } };

const standing = (change: ReadChange, result?: Partial<ApplyResult>) =>
  reachStanding(change, result && sampleResult(1, result), FACTS);

/** So many people, or null where nobody knows, as the API counted them. */
const counted = (count: number | null, before: number | null, isChanged: boolean) => ({
  expected: { min: count, max: count, before },
  shown: { min: count, max: count },
  isCounted: true,
  isChanged,
});

const UPDATE = sampleUpdate(1, { reach: sampleReach({ evaluatedCount: 900 }) });
const breach = { count: 5000, notRestored: null };
const error = (mayHaveLanded: boolean) => ({ ...sampleError, mayHaveLanded });
const uncertain = sampleReachResult({ confirmed: false });
const stale = sampleReachResult({ isStale: true });

describe("a change is judged", () => {
  test.each<[string, Partial<ApplyResult> | undefined]>([
    ["before anything is written", undefined],
    ["where it was not written after all", { outcome: "not-attempted" }],
  ])("%s by what its reach can be", (_, result) => {
    const bounds = { min: 15, max: null };
    const wider = sampleUpdate(1, { reach: sampleReach({ evaluatedCount: 15 }), bounds });
    expect(standing(wider, result)).toEqual({
      expected: { ...bounds, before: 15 },
      // So few could point at a person.
      shown: { min: null, max: null },
      isCounted: false,
      isChanged: true,
    });
  });

  test.each<[string, Partial<ApplyResult>, number | null, number | null]>([
    ["by the count that this run has proof of", { outcome: "applied" }, 4242, 18_432],
    ["by no count without a proof", { outcome: "applied", reach: uncertain }, null, 18_432],
    ["by no count that is stale", { outcome: "applied", reach: stale }, null, 18_432],
    ["by the count of the plan where none was read", { outcome: "applied", reach: null }, null, 900],
    ["by the count that broke a rule", { outcome: "applied", breach }, 5000, 18_432],
    ["by that, too, where the old audiences are back", { outcome: "restored", breach }, 5000, 18_432],
    ["by none where a write may have landed", { outcome: "failed", error: error(true) }, null, 900],
  ])("after the write %s", (_, result, count, before) => {
    expect(standing(UPDATE, result)).toEqual(counted(count, before, true));
  });

  test("as no change of this run where it was already as declared", () => {
    expect(standing(UPDATE, { outcome: "unchanged" })).toEqual(counted(4242, null, false));
  });
});

describe("a campaign in sync is judged", () => {
  test.each<[string, Partial<ApplyResult> | undefined, number | null]>([
    ["by the count of the plan", undefined, 900],
    ["by the count that this run has proof of", { outcome: "unchanged" }, 4242],
    ["by the count of the plan where there is no proof", { outcome: "unchanged", reach: uncertain }, 900],
    ["by the count of the plan where none was read", { outcome: "unchanged", reach: null }, 900],
  ])("%s", (_, result, count) => {
    const change = sampleNoOp(1, { reach: sampleReach({ evaluatedCount: 900 }) });
    expect(standing(change, result)).toEqual(counted(count, null, false));
  });
});

test.each<[string, ReadChange, Partial<ApplyResult> | undefined]>([
  ["is locked and in sync", sampleNoOp(1, { authoringStatus: "sent" }), undefined],
  ["is locked and differs", sampleSkip(1), undefined],
  ["could not be written", UPDATE, { outcome: "failed", error: error(false) }],
  ["failed before a write", UPDATE, { outcome: "failed", error: null }],
  ["was locked meanwhile", UPDATE, { outcome: "skipped" }],
  ["was edited meanwhile", UPDATE, { outcome: "stale" }],
])("the reach of a campaign that %s is not judged", (_, change, result) => {
  expect(standing(change, result)).toBeNull();
});
