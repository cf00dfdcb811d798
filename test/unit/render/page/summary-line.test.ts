import { expect, test } from "vitest";
import { applyLine, planLine, waitLine } from "../../../../src/render/page/summary-line.ts";

test("the last line of a plan", () => {
  expect(planLine({ update: 3, noOp: 12, skip: 2, error: 0, widens: 1 })).toBe(
    "Plan: 3 to change (1 widens), 12 in sync, 2 skipped (not draft), 0 errors.",
  );
});

test("the last line of a plan in which nothing widens", () => {
  expect(planLine({ update: 1200, noOp: 0, skip: 0, error: 1, widens: 0 })).toBe(
    "Plan: 1200 to change, 0 in sync, 0 skipped (not draft), 1 errors.",
  );
});

const summary = {
  applied: 3,
  unchanged: 12,
  skipped: 2,
  restored: 0,
  stale: 4,
  failed: 5,
  notAttempted: 6,
  reachConfirmed: 7,
  reachUnconfirmed: 8,
};

test("the last line of an apply report", () => {
  expect(applyLine(summary)).toBe(
    "Apply: 3 applied, 12 unchanged, 2 skipped (not draft), 4 stale, 5 failed, 6 not attempted. Reach: 7 confirmed, 8 not confirmed.",
  );
});

test("the last line of an apply report that put campaigns back", () => {
  expect(applyLine({ ...summary, restored: 1 })).toMatch(/^Apply: 3 applied, 1 restored, 12 unchanged, /);
});

test("the last line of a wait report", () => {
  expect(waitLine(summary)).toBe("Wait: 7 confirmed, 8 not confirmed, 2 skipped (not draft), 5 failed.");
});
