import { describe, expect, test } from "vitest";
import type { Reach, ReachResult, ReadRecord } from "../../../../src/domain/model.ts";
import {
  reachResultWords,
  reachWords,
  unconfirmedWords,
  type WaitFacts,
} from "../../../../src/render/page/reach-words.ts";
import { sampleReach, sampleReachResult } from "../../../support/samples/plan.ts";

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
  const facts = (change: Partial<WaitFacts> = {}): WaitFacts => ({
    waited: true,
    unconfirmedReason: null,
    writes: [],
    guard: null,
    readBack: null,
    updatedAt: null,
    ...change,
  });
  const waited = facts();

  test("confirmed, with the difference", () => {
    expect(reachResultWords(sampleReachResult(), waited)).toBe("18,432 → 4,242 (-14,190, -77.0%)");
  });

  test("a count from before that may be of earlier audiences says so, and is not compared", () => {
    const unsure = { reachedBefore: null };
    expect(reachResultWords(sampleReachResult(unsure), waited)).toBe(
      "18,432 (perhaps of earlier audiences) → 4,242",
    );
    const open = sampleReachResult({ ...unsure, confirmed: false, status: "pending" });
    expect(reachResultWords(open, facts({ unconfirmedReason: "timeout" }))).toContain(
      "; 18,432 (perhaps of earlier audiences) before)",
    );
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
    ["timeout", "the evaluation was still open at the last look"],
    ["live-differs", "the live audiences are not those of the file, see campaignctl plan"],
    ["interrupted", "the run was interrupted"],
    ["unreadable", "the campaign could not be read any more"],
    ["stopped", "the run stopped because the API refused the credentials"],
  ] as const)("not confirmed: %s", (unconfirmedReason, expected) => {
    const reach = sampleReachResult({ confirmed: false, status: "pending" });
    expect(reachResultWords(reach, facts({ unconfirmedReason }))).toBe(
      `NOT CONFIRMED: ${expected} (last seen: evaluation pending; 18,432 before)`,
    );
  });

  test("not confirmed, without a count from before", () => {
    const reach = sampleReachResult({ confirmed: false, status: "idle", previousCount: null });
    expect(reachResultWords(reach, facts({ unconfirmedReason: "timeout" }))).toBe(
      "NOT CONFIRMED: no evaluation had begun at the last look (last seen: not evaluated yet)",
    );
  });

  test("not confirmed, and stale to the end: that it did not end is not said", () => {
    const reach = sampleReachResult({ confirmed: false, isStale: true, previousCount: null });
    expect(reachResultWords(reach, facts({ unconfirmedReason: "timeout" }))).toBe(
      "NOT CONFIRMED: the evaluation was stale at the last look (last seen: stale, no count (last evaluated 2026-04-25 10:20 UTC))",
    );
  });

  test("nothing known", () => {
    expect(reachResultWords(null, waited)).toBe("NOT CONFIRMED: no reason given (last seen: not known)");
    expect(reachResultWords(null, facts({ unconfirmedReason: "not-proven" }))).toBe(
      "NOT CONFIRMED: the evaluation is not proven to be of these audiences (last seen: not known)",
    );
  });

  test("not waited for", () => {
    const reach = sampleReachResult({ confirmed: false, status: "idle" });
    expect(reachResultWords(reach, facts({ waited: false }))).toBe(
      "not evaluated yet; not waited for; 18,432 before",
    );
  });

  describe("not proven, with both times and whose clock each is", () => {
    const write = {
      at: "2026-04-25T10:30:00.000Z",
      clock: "server",
      status: 200,
      correlationId: null,
      kind: "apply",
    } as const;
    const read = (updatedAt: string | null, reach: Partial<Reach> = {}): ReadRecord => ({
      at: null,
      updatedAt,
      reach: sampleReach(reach),
    });
    const words = (change: Partial<WaitFacts>, reach: Partial<ReachResult> = {}) =>
      reachResultWords(
        sampleReachResult({ confirmed: false, previousCount: null, ...reach }),
        facts({ unconfirmedReason: "not-proven", ...change }),
      ).replace(/^NOT CONFIRMED: (.*) \(last seen: .*$/, "$1");
    const evaluated = "evaluated 2026-04-25T10:20:00.000Z by the API's evaluatedAt";
    const verdict = "not proven to be of these audiences";

    test.each<[string, Partial<WaitFacts>, string]>([
      ["written", { writes: [write] }, "written 2026-04-25T10:30:00.000Z by the API's Date header"],
      [
        "written, its answer lost",
        { writes: [{ ...write, clock: "local" }] },
        "written 2026-04-25T10:30:00.000Z by this machine's clock",
      ],
      [
        "written twice",
        { writes: [{ ...write, at: "2026-04-25T10:29:00.000Z" }, write] },
        "written 2026-04-25T10:30:00.000Z by the API's Date header",
      ],
      [
        "written, and updatedAt tells of it",
        { writes: [write], guard: read("2026-04-01T00:00:00Z"), readBack: read("2026-04-25T10:30:00.250Z") },
        "written 2026-04-25T10:30:00.000Z by the API's Date header, 2026-04-25T10:30:00.250Z by the API's updatedAt",
      ],
      [
        "written, and updatedAt tells nothing of it",
        { writes: [write], guard: read("2026-04-01T00:00:00Z"), readBack: read("2026-04-01T00:00:00Z") },
        "written 2026-04-25T10:30:00.000Z by the API's Date header",
      ],
      [
        "not written by this run",
        { updatedAt: "2026-04-25T10:30:00.000Z" },
        "last changed 2026-04-25T10:30:00.000Z by the API's updatedAt",
      ],
      ["without a time", {}, "last changed at a time that the API does not tell"],
    ])("%s", (_, change, expected) => {
      expect(words(change)).toBe(`${expected}; ${evaluated}: ${verdict}`);
    });

    test("evaluated at a time that is not told", () => {
      expect(words({ writes: [write] }, { evaluatedAt: null })).toBe(
        `written 2026-04-25T10:30:00.000Z by the API's Date header; evaluated at a time that the API does not tell: ${verdict}`,
      );
    });

    test("where an older evaluation may have been under way, that is said: the times alone would look like proof", () => {
      const guard = read(null, { status: "pending" });
      expect(words({ writes: [write], guard })).toContain(
        `${evaluated}; an older evaluation may have been under way at the write: ${verdict}`,
      );
    });

    test("a failure", () => {
      expect(words({ writes: [write] }, { status: "failed" })).toContain(
        `: the evaluation that failed is ${verdict}`,
      );
    });
  });
});

test("in few words, a failure that is not proven to be of these audiences is called one", () => {
  expect(unconfirmedWords("not-proven", "ok")).toBe("the evaluation is not proven to be of these audiences");
  expect(unconfirmedWords("not-proven", "failed")).toBe(
    "the evaluation that failed is not proven to be of these audiences",
  );
});

test("a few people are not counted for others, whatever became of them", () => {
  const facts = {
    waited: true,
    unconfirmedReason: null,
    writes: [],
    guard: null,
    readBack: null,
    updatedAt: null,
  };
  const reach = (change: Partial<ReachResult>) => reachResultWords(sampleReachResult(change), facts, 20);
  expect(reach({ evaluatedCount: 19, previousCount: null })).toBe("fewer than 20 (count before not known)");
  expect(reach({ evaluatedCount: 20, previousCount: 20 })).toBe("20 → 20 (no difference)");
  expect(reach({ confirmed: false, evaluatedCount: 3, previousCount: 4 })).toContain(
    "last seen: fewer than 20, evaluated 2026-04-25 10:20 UTC; fewer than 20 before",
  );
});
