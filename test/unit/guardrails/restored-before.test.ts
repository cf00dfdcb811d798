import { expect, test } from "vitest";
import type { ApplyResult } from "../../../src/domain/model.ts";
import { RESTORED_BEFORE, restoredBefore } from "../../../src/guardrails/restored-before.ts";
import { audience, binding, sampleReport, sampleResult, sampleUpdate } from "../../support/samples/plan.ts";

const UPDATE = sampleUpdate(1);
const { before, after } = UPDATE;

const told = (result: Partial<ApplyResult>, update = UPDATE) =>
  restoredBefore(sampleReport([sampleResult(1, { before, after, ...result })]), [update]);

test("what an apply put back is not written again, nor what was left alone for that", () => {
  expect(told({ outcome: "restored", reason: null })).toEqual([UPDATE.campaignId]);
  expect(told({ outcome: "not-attempted", reason: RESTORED_BEFORE })).toEqual([UPDATE.campaignId]);
});

test.each<[string, Partial<ApplyResult>]>([
  ["that stands as written", { outcome: "applied", reason: null }],
  ["that a rule refused beforehand", { outcome: "not-attempted", reason: "guardrail" }],
  ["that is locked now", { outcome: "skipped", reason: RESTORED_BEFORE }],
  ["of which nobody knows what it found", { outcome: "restored", reason: null, before: null }],
])("what an apply did %s may be written", (_, result) => {
  expect(told(result)).toEqual([]);
});

test("other audiences, before or after, are another change", () => {
  const other = binding([audience(7)]);
  expect(told({ outcome: "restored", reason: null }, sampleUpdate(1, { after: other }))).toEqual([]);
  expect(told({ outcome: "restored", reason: null }, sampleUpdate(1, { before: other }))).toEqual([]);
  expect(told({ outcome: "restored", reason: null }, sampleUpdate(2))).toEqual([]);
});
