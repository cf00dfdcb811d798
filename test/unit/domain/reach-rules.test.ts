import { describe, expect, test } from "vitest";
import type { ApplyResult, Report } from "../../../src/domain/model.ts";
import {
  countOfThese,
  countsAsUnconfirmed,
  isEditedJustNow,
  isLongAgo,
  isReachOpen,
  mayBeUnderWay,
  timeOf,
  usableCount,
} from "../../../src/domain/reach-rules.ts";
import { sampleReach, sampleReachResult, sampleResult } from "../../support/samples/plan.ts";

test("a count is usable only when evaluated and not stale", () => {
  const reach = { status: "ok", evaluatedCount: 7, evaluatedAt: null, isStale: false };
  expect(usableCount(reach)).toBe(7);
  expect(usableCount({ ...reach, isStale: null })).toBe(7);
  expect(usableCount({ ...reach, isStale: true })).toBeNull();
  expect(usableCount({ ...reach, status: "failed" })).toBeNull();
});

describe("a count of the audiences beside it", () => {
  const shown = (evaluatedAt: string | null, updatedAt: string | null, isStale: boolean | null = false) => ({
    reach: { status: "ok", evaluatedCount: 7, evaluatedAt, isStale },
    updatedAt,
    serverTime: Date.parse("2026-11-23T10:00:00.000Z"),
  });

  test.each([
    ["evaluated long after the last change", shown("2026-04-25T10:30:00.000Z", "2026-04-25T10:20:00.000Z")],
    ["evaluated at the very change", shown("2026-04-25T10:30:00.000Z", "2026-04-25T10:30:00.000Z", null)],
    ["of which a time is missing, and not stale", shown(null, "2026-04-25T10:30:00.000Z")],
  ])("%s", (_, campaign) => {
    expect(countOfThese(campaign)).toBe(7);
  });

  test.each([
    [
      "was edited since, whatever isStale says",
      shown("2026-04-25T10:20:00.000Z", "2026-04-25T10:30:00.000Z"),
    ],
    [
      "ended so soon after an edit that it may have begun before",
      shown("2026-11-23T09:59:55.000Z", "2026-11-23T09:59:54.000Z"),
    ],
    ["may be of before an edit of just now", shown(null, "2026-11-23T09:59:55.000Z")],
    ["has no time, and nobody says that it is not stale", shown(null, null, null)],
    ["is stale", shown("2026-04-25T10:30:00.000Z", "2026-04-25T10:20:00.000Z", true)],
  ])("is none where it %s", (_, campaign) => {
    expect(countOfThese(campaign)).toBeNull();
  });
});

const NOW = Date.parse("2026-11-23T10:00:00.000Z");
const ago = (ms: number): string => new Date(NOW - ms).toISOString();

test.each([
  [NOW, 10_000, true],
  [NOW, 9_999, false],
  [NOW, -10_000, false],
  [null, 10_000, false],
])("at %s a moment %i ms before is long ago: %s", (serverTime, ms, is) => {
  expect(isLongAgo({ serverTime }, NOW - ms)).toBe(is);
});

describe("an edit is of just now", () => {
  const edited = (
    updatedAt: string | null,
    evaluatedAt: string | null = null,
    serverTime: number | null = NOW,
  ) => isEditedJustNow({ reach: sampleReach({ evaluatedAt }), updatedAt, serverTime });

  test.each([
    [9_999, true],
    [10_000, false],
    [0, true],
    [-999, true],
    [-1_000, false],
  ])("%i ms ago: %s", (ms, is) => {
    expect(edited(ago(ms))).toBe(is);
  });

  test("unless it was evaluated since, or nobody knows the time", () => {
    expect(edited(ago(5_000), ago(5_000))).toBe(false);
    expect(edited(ago(5_000), ago(5_001))).toBe(true);
    expect(edited(null)).toBe(false);
    expect(edited(ago(5_000), null, null)).toBe(false);
  });
});

test("a time that is missing is none", () => {
  expect(timeOf("2026-11-23T10:00:00.000Z")).toBe(NOW);
  expect(timeOf(null)).toBeNaN();
});

test.each<[string, boolean | null, boolean]>([
  ["ok", false, false],
  ["ok", null, false],
  ["ok", true, true],
  ["failed", false, false],
  ["failed", true, true],
  ["pending", false, true],
  ["idle", null, true],
])("an evaluation that is %s, stale %s, may be under way: %s", (status, isStale, may) => {
  expect(mayBeUnderWay(sampleReach({ status, isStale }))).toBe(may);
});

const OPEN = sampleReachResult({ confirmed: false });

test("a wait was in vain where reach is not confirmed, and only where this run waited", () => {
  expect(isReachOpen({ waited: true, reach: OPEN })).toBe(true);
  expect(isReachOpen({ waited: true, reach: null })).toBe(true);
  expect(isReachOpen({ waited: true, reach: sampleReachResult() })).toBe(false);
  expect(isReachOpen({ waited: false, reach: OPEN })).toBe(false);
});

test.each<[Report["kind"], Partial<ApplyResult>, boolean]>([
  ["apply-report", { outcome: "applied" }, true],
  ["apply-report", { outcome: "restored" }, true],
  ["apply-report", { outcome: "applied", reach: sampleReachResult() }, false],
  ["apply-report", { outcome: "applied", waited: false }, false],
  ["apply-report", { outcome: "unchanged" }, false],
  ["apply-report", { outcome: "unchanged", reach: null }, false],
  [
    "apply-report",
    { outcome: "unchanged", reach: sampleReachResult({ status: "pending", confirmed: false }) },
    true,
  ],
  ["wait-report", { outcome: "unchanged" }, true],
  ["wait-report", { outcome: "unchanged", reach: sampleReachResult() }, false],
])("in an %s, %j decides the exit code: %s", (kind, result, counts) => {
  expect(countsAsUnconfirmed(sampleResult(1, { reach: OPEN, ...result }), kind)).toBe(counts);
});
