import { describe, expect, test } from "vitest";
import { reachResultWords, reachWords } from "../../../src/render/reach.ts";
import { sampleReach, sampleReachResult } from "../../support/sample-plan.ts";

describe("reachWords", () => {
  test.each([
    ["usable", {}, "18,432, evaluated 2026-04-25 10:20 UTC"],
    ["no staleness told", { isStale: null }, "18,432, evaluated 2026-04-25 10:20 UTC"],
    ["no time", { evaluatedAt: null }, "18,432, evaluated at an unknown time"],
    ["no count", { evaluatedCount: null }, "evaluated 2026-04-25 10:20 UTC, without a count"],
    ["stale", { isStale: true }, "stale, no count (last evaluated 2026-04-25 10:20 UTC)"],
    [
      "stale, no time",
      { isStale: true, evaluatedAt: null },
      "stale, no count (last evaluated at an unknown time)",
    ],
    ["idle", { status: "idle" }, "not evaluated yet"],
    ["pending with an old count", { status: "pending" }, "evaluation pending"],
    ["failed with an old count", { status: "failed" }, "evaluation failed, no count"],
    ["not told", { status: "unknown" }, "not known"],
    ["a newer word", { status: "queued" }, 'status "queued", no count'],
  ])("%s", (_, overrides, expected) => {
    expect(reachWords(sampleReach(overrides))).toBe(expected);
  });
});

describe("reachResultWords", () => {
  const waited = { waited: true, unconfirmedReason: null };

  test("confirmed, with the difference", () => {
    expect(reachResultWords(sampleReachResult(), waited)).toBe("18,432 -> 4,242 (-14,190, -77.0%)");
  });

  test("confirmed, without a count from before", () => {
    expect(reachResultWords(sampleReachResult({ previousCount: null }), waited)).toBe(
      "4,242 (count before not known)",
    );
  });

  test("confirmed, without a count", () => {
    expect(reachResultWords(sampleReachResult({ evaluatedCount: null }), waited)).toBe(
      "evaluated, without a count",
    );
  });

  test.each([
    ["evaluation-failed", "the evaluation failed"],
    ["timeout", "the evaluation did not end in time"],
    ["live-differs", "the live audiences are not those of the file, see campaignctl plan"],
    ["interrupted", "the run was interrupted"],
    ["unreadable", "the campaign could not be read any more"],
    ["stopped", "the run stopped because the API refused the credentials"],
  ] as const)("not confirmed: %s", (unconfirmedReason, expected) => {
    const reach = sampleReachResult({ confirmed: false, status: "pending" });
    expect(reachResultWords(reach, { waited: true, unconfirmedReason })).toBe(
      `NOT CONFIRMED: ${expected} (last seen: evaluation pending; 18,432 before)`,
    );
  });

  test("not confirmed, without a count from before", () => {
    const reach = sampleReachResult({ confirmed: false, status: "idle", previousCount: null });
    expect(reachResultWords(reach, { waited: true, unconfirmedReason: "timeout" })).toBe(
      "NOT CONFIRMED: the evaluation did not end in time (last seen: not evaluated yet)",
    );
  });

  test("nothing known", () => {
    expect(reachResultWords(null, { waited: true, unconfirmedReason: null })).toBe(
      "NOT CONFIRMED: no reason given (last seen: not known)",
    );
  });

  test("not waited for", () => {
    const reach = sampleReachResult({ confirmed: false, status: "idle" });
    expect(reachResultWords(reach, { waited: false, unconfirmedReason: null })).toBe(
      "not evaluated yet; not waited for; 18,432 before",
    );
  });
});
