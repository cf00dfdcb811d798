import { describe, expect, test } from "vitest";
import type { ApplyResult, Change } from "../../../src/domain.ts";
import { compareReviewed } from "../../../src/github/compare-reviewed.ts";
import type { Reviewed } from "../../../src/github/model.ts";
import { changeDigest } from "../../../src/github/reviewed.ts";
import { stateAfterApply } from "../../../src/github/state-after-apply.ts";
import { reviewedOf } from "../../support/sample-github.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleReport,
  sampleResult,
  sampleUnreadable,
  sampleUpdate,
} from "../../support/sample-plan.ts";

const [one, two] = [sampleUpdate(1), sampleUpdate(2)];
const plan = samplePlan([one, two]);
const moved = sampleUpdate(1, { after: binding([audience(7)]) });

const state = (
  reviewed: Reviewed,
  changes: readonly Change[],
  results: readonly ApplyResult[],
  more: readonly Reviewed[] = [],
) => {
  const now = samplePlan(changes);
  return stateAfterApply(reviewed, now, sampleReport(results), compareReviewed(now, [reviewed, ...more]));
};

const stale = (n: number) => sampleResult(n, { outcome: "stale", reason: "not-reviewed", waited: false });
const failed = (n: number) => sampleResult(n, { outcome: "failed", reason: "no-answer" });

describe("a plan known by its changes", () => {
  const reviewed = reviewedOf(plan);

  test.each<[string, readonly ApplyResult[], string]>([
    ["applied", [sampleResult(1), sampleResult(2)], "applied"],
    [
      "unchanged or skipped",
      [sampleResult(1, { outcome: "unchanged" }), sampleResult(2, { outcome: "skipped" })],
      "applied",
    ],
    ["one stale", [sampleResult(1), stale(2)], "refused"],
    ["one failed", [sampleResult(1), failed(2)], "planned"],
    ["one not attempted", [sampleResult(1), sampleResult(2, { outcome: "not-attempted" })], "planned"],
    ["one stale, one failed", [failed(1), stale(2)], "planned"],
    ["no longer declared", [], "applied"],
    ["trouble with other campaigns", [sampleResult(1), sampleResult(2), failed(3), stale(4)], "applied"],
  ])("%s", (_, results, expected) => {
    expect(state(reviewed, [one, two], results)).toBe(expected);
  });
});

describe("a plan known by digests", () => {
  const reviewed: Reviewed = { kind: "digests", digests: [one, two].map(changeDigest).sort() };

  test.each<[string, readonly Change[], readonly ApplyResult[], string]>([
    ["applied", [one, two], [sampleResult(1), sampleResult(2)], "applied"],
    ["failed", [one, two], [sampleResult(1), failed(2)], "planned"],
    ["done earlier", [sampleNoOp(1), sampleNoOp(2)], [sampleResult(1, { outcome: "unchanged" })], "applied"],
    ["one that nobody reviewed as it is now", [moved, two], [stale(1), sampleResult(2)], "refused"],
    ["one that cannot be read", [sampleUnreadable(1), two], [failed(1), sampleResult(2)], "planned"],
  ])("%s", (_, changes, results, expected) => {
    expect(state(reviewed, changes, results)).toBe(expected);
  });

  test("is not refused for a campaign that another plan reviewed otherwise", () => {
    const other = reviewedOf(samplePlan([sampleUpdate(1, { after: binding([audience(8)]) })]));
    expect(state(reviewed, [moved, two], [stale(1), sampleResult(2)], [other])).toBe("applied");
  });
});

describe("a plan known by one digest", () => {
  test("is applied when it is that plan", () => {
    expect(
      state({ kind: "digest", digest: plan.digest }, [one, two], [sampleResult(1), sampleResult(2)]),
    ).toBe("applied");
  });

  test("stays planned when it is, and something failed", () => {
    expect(state({ kind: "digest", digest: plan.digest }, [one, two], [sampleResult(1), failed(2)])).toBe(
      "planned",
    );
  });

  test("is refused when it is another", () => {
    expect(state({ kind: "digest", digest: `sha256:${"0".repeat(64)}` }, [one], [stale(1)])).toBe("refused");
  });
});
