import { describe, expect, test } from "vitest";
import { countOfThese, usableCount } from "../../../src/domain/reach-rules.ts";

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
