import { expect, test } from "vitest";
import { createLedger } from "../../../src/apply/ledger.ts";
import { makeResult } from "../../../src/apply/result.ts";
import type { WriteRecord } from "../../../src/domain/model.ts";
import { sampleNoOp, samplePlan, sampleSkip, sampleUpdate } from "../../support/samples/plan.ts";

const UPDATE = sampleUpdate(1);

function open() {
  return createLedger(samplePlan([UPDATE, sampleNoOp(2), sampleSkip(3)]));
}

test("before anything has begun, changes are not attempted, and the rest is as planned", () => {
  expect(open().results()).toMatchObject([
    { campaignId: UPDATE.campaignId, outcome: "not-attempted", reason: "interrupted", error: null },
    { outcome: "unchanged" },
    { outcome: "skipped", reason: "not-draft" },
  ]);
});

test.each([
  ["sending", "was known whether the API carried out the write"],
  ["not-accepted", "was known whether the API carried out the write"],
  ["accepted", "The API accepted the write; the run ended before it was read back"],
] as const)("a write that is %s may have landed", (step, words) => {
  const ledger = open();
  ledger.note(UPDATE, step, []);
  const [result] = ledger.results();
  expect(result).toMatchObject({ outcome: "failed", reason: "interrupted", error: { mayHaveLanded: true } });
  expect(result?.error?.message).toContain(words);
});

test("what was sent of a write that is open is in its result", () => {
  const ledger = open();
  const write = {
    at: "2026-11-24T10:00:00.000Z",
    clock: "server",
    status: 200,
    correlationId: null,
    kind: "apply",
  };
  ledger.note(UPDATE, "accepted", [write as WriteRecord]);
  expect(ledger.results()[0]).toMatchObject({ writes: [write] });
});

test("a write that was refused leaves nothing open", () => {
  const ledger = open();
  ledger.note(UPDATE, "sending", []);
  ledger.note(UPDATE, "settled", []);
  expect(ledger.results()[0]).toMatchObject({ outcome: "not-attempted", error: null });
});

test("the last word stands, in the plan's order", () => {
  const ledger = open();
  ledger.note(UPDATE, "accepted", []);
  ledger.settle(makeResult(UPDATE, { outcome: "applied" }));
  expect(ledger.results().map(({ outcome }) => outcome)).toEqual(["applied", "unchanged", "skipped"]);
});
