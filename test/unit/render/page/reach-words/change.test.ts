import { describe, expect, test } from "vitest";
import type { Reach } from "../../../../../src/domain/model.ts";
import { expectedReachWords, leftReachWords } from "../../../../../src/render/page/reach-words.ts";
import { sampleReach, sampleUpdate } from "../../../../support/samples/plan.ts";

describe("what reach can become", () => {
  const words = (reach: Partial<Reach>, min: number | null, max: number | null, minCount = 0) =>
    expectedReachWords(
      sampleUpdate(1, { reach: sampleReach(reach) }),
      { min, max },
      { minCount, now: "2026-11-23T10:00:00.000Z" },
    );

  test.each([
    [{}, null, null, "18,432, counted 7 months ago"],
    [{}, 18_432, 50_638, "18,432 → at most 50,638, counted 7 months ago"],
    [{}, 300, 18_432, "18,432 → at least 300, counted 7 months ago"],
    [{}, 300, 50_638, "18,432 → between 300 and 50,638, counted 7 months ago"],
    [{ evaluatedAt: null }, null, null, "18,432, counted at an unknown time"],
    [{ evaluatedAt: "soon" }, null, null, "18,432, counted at an unknown time"],
    [{ status: "idle" }, null, null, "not evaluated yet"],
    [{ status: "idle" }, null, 500, "not evaluated yet → at most 500"],
    [{ isStale: true }, null, 500, "stale, no count (last evaluated 2026-04-25 10:20 UTC) → at most 500"],
  ])("%o, %s to %s", (reach, min, max, expected) => {
    expect(words(reach, min, max)).toBe(expected);
  });

  test("a few people are not counted for others", () => {
    expect(words({ evaluatedCount: 19 }, null, 40, 20)).toBe(
      "fewer than 20 → at most 40, counted 7 months ago",
    );
  });
});

describe("reach of a change", () => {
  const known = { minCount: 20, now: "2026-11-23T10:00:00.000Z" };
  const bounds = { min: null, max: 50_100 };

  test("a count that may be of before an edit says so, and nothing goes from it", () => {
    const sure = { reach: sampleReach(), reachedBefore: 18_432 };
    expect(expectedReachWords(sure, bounds, known)).toBe("18,432 → at most 50,100, counted 7 months ago");
    expect(leftReachWords(sure, 20)).toBe("18,432, evaluated 2026-04-25 10:20 UTC");
    const edited = { reach: sampleReach(), reachedBefore: null };
    expect(expectedReachWords(edited, bounds, known)).toBe(
      "18,432 (perhaps of earlier audiences) → at most 50,100, counted 7 months ago",
    );
    expect(leftReachWords(edited, 20)).toBe(
      "18,432, evaluated 2026-04-25 10:20 UTC, perhaps of earlier audiences",
    );
  });

  test("what shows no count says why, and no more", () => {
    const stale = { reach: sampleReach({ isStale: true }), reachedBefore: null };
    expect(expectedReachWords(stale, bounds, known)).toBe(
      "stale, no count (last evaluated 2026-04-25 10:20 UTC) → at most 50,100",
    );
    expect(leftReachWords(stale, 20)).toBe("stale, no count (last evaluated 2026-04-25 10:20 UTC)");
  });
});
