import { expect, test } from "vitest";
import { headStartFor } from "../../../../src/github/run/head-start.ts";
import type { RunContext, Trigger } from "../../../../src/github/run/model.ts";

const PUSH: Trigger = { kind: "push", before: null, after: "a".repeat(40), isForced: false, branch: "main" };
const BY_HAND: Trigger = { kind: "other", event: "workflow_dispatch", sha: "a".repeat(40), branch: "main" };

const headStart = (trigger: Trigger, attempt: number, runNumber: number): number =>
  headStartFor({ trigger, attempt, runNumber } as RunContext);

test("the first run of a push lets nobody go first", () => {
  expect(headStart(PUSH, 1, 12)).toBe(0);
});

test("what may run beside it waits at least 2 s, and at most 6", () => {
  const waits = [1, 2, 3, 4].map((number) => headStart(BY_HAND, 1, number));
  expect(waits).toEqual([4_000, 6_000, 2_000, 4_000]);
  expect(headStart(PUSH, 2, 12)).toBe(2_000);
});
