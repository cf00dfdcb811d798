import { describe, expect, test } from "vitest";
import type { ApplyResult, Change } from "../../../../src/domain/model.ts";
import { leftOfReview } from "../../../../src/github/review/left-of-review.ts";
import { nameCampaigns } from "../../../../src/github/review/named-campaigns.ts";
import { changeDigest } from "../../../../src/github/review/reviewed.ts";
import type { Reviewed } from "../../../../src/github/run/model.ts";
import { reviewedOf } from "../../../support/samples/github.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleReport,
  sampleResult,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const [one, two] = [sampleUpdate(1), sampleUpdate(2)];
const plan = samplePlan([one, two]);
const moved = sampleUpdate(1, { after: binding([audience(7)]) });

const left = (
  reviewed: Reviewed,
  changes: readonly Change[],
  results: readonly ApplyResult[],
  { hasAllReviewed = true }: { hasAllReviewed?: boolean } = {},
) => {
  return leftOfReview(reviewed, { plan: samplePlan(changes), report: sampleReport(results), hasAllReviewed });
};

const stale = (n: number) => sampleResult(n, { outcome: "stale", reason: "not-reviewed", waited: false });
const failed = (n: number) => sampleResult(n, { outcome: "failed", reason: "no-answer" });
const skipped = (n: number) => sampleResult(n, { outcome: "skipped", reason: "not-draft" });
const superseded = (n: number) =>
  sampleResult(n, { outcome: "not-attempted", reason: "superseded", waited: false });
const branchMoved = (n: number) =>
  sampleResult(n, { outcome: "not-attempted", reason: "branch-moved", waited: false });
const otherwiseLocked = sampleSkip(1, { after: binding([audience(7)]) });
const { campaignId: idOne } = one;
const { campaignId: idTwo } = two;

describe("a plan known by its changes", () => {
  const reviewed = reviewedOf(plan);
  const openIds = (open: Reviewed) =>
    open.kind === "changes" ? open.changes.map(({ campaignId }) => campaignId) : open;

  test.each<[string, readonly ApplyResult[], string, readonly string[]]>([
    ["applied", [sampleResult(1), sampleResult(2)], "applied", []],
    ["unchanged", [sampleResult(1), sampleResult(2, { outcome: "unchanged" })], "applied", []],
    ["locked: it may become a draft again", [sampleResult(1), skipped(2)], "planned", [idTwo]],
    ["refused: live may become again as reviewed", [sampleResult(1), stale(2)], "refused", [idTwo]],
    ["failed", [sampleResult(1), failed(2)], "planned", [idTwo]],
    ["not attempted", [sampleResult(1), sampleResult(2, { outcome: "not-attempted" })], "planned", [idTwo]],
    ["one refused, one failed", [failed(1), stale(2)], "planned", [idOne, idTwo]],
    ["left to a newer run", [sampleResult(1), superseded(2)], "applied", []],
    ["put back by a rule", [sampleResult(1), sampleResult(2, { outcome: "restored" })], "applied", []],
    ["trouble with others", [sampleResult(1), sampleResult(2), failed(3), stale(4)], "applied", []],
  ])("%s", (_, results, state, open) => {
    const all = left(reviewed, [one, two], results);
    expect({ state: all.state, open: openIds(all.open) }).toEqual({ state, open });
  });

  test("what is no longer declared is superseded, when all was looked at", () => {
    expect(left(reviewed, [one], [sampleResult(1)])).toMatchObject({
      state: "applied",
      superseded: [idTwo],
      unseen: [],
    });
  });

  test("what was not looked at stays to be applied, and is named", () => {
    const part = left(reviewed, [one], [sampleResult(1)], { hasAllReviewed: false });
    expect(part).toMatchObject({ state: "planned", superseded: [], unseen: [idTwo] });
    expect(openIds(part.open)).toEqual([idTwo]);
  });

  test.each<[string, Change, ApplyResult]>([
    ["to be written", moved, stale(1)],
    ["as it is", sampleNoOp(1, { after: binding([audience(7)]) }), sampleResult(1, { outcome: "unchanged" })],
  ])("what is declared otherwise by now is superseded: %s", (_, change, result) => {
    const now = left(reviewed, [change, two], [result, sampleResult(2)]);
    expect(now).toMatchObject({ state: "applied", superseded: [idOne], open: { changes: [] } });
  });
});

describe("a plan known by digests", () => {
  const [digestOne, digestTwo] = [one, two].map(changeDigest);
  const reviewed: Reviewed = { kind: "digests", digests: [digestOne ?? "", digestTwo ?? ""].sort() };
  const digests = (...of: readonly (string | undefined)[]) => ({ kind: "digests", digests: of });
  const locked = sampleSkip(2, { before: two.before, after: two.after });

  test.each<[string, readonly Change[], readonly ApplyResult[], string, unknown]>([
    ["applied", [one, two], [sampleResult(1), sampleResult(2)], "applied", digests()],
    ["failed", [one, two], [sampleResult(1), failed(2)], "planned", digests(digestTwo)],
    ["refused", [one, two], [sampleResult(1), stale(2)], "refused", digests(digestTwo)],
    ["locked", [one, locked], [sampleResult(1), skipped(2)], "planned", digests(digestTwo)],
    ["left to a newer run", [one, two], [superseded(1), sampleResult(2)], "applied", digests()],
    [
      "done earlier",
      [sampleNoOp(1), sampleNoOp(2)],
      [sampleResult(1, { outcome: "unchanged" }), sampleResult(2, { outcome: "unchanged" })],
      "applied",
      digests(),
    ],
    [
      "one that nobody reviewed as it is now",
      [moved, two],
      [stale(1), sampleResult(2)],
      "refused",
      digests(digestOne),
    ],
    [
      "one that cannot be read",
      [sampleUnreadable(1), two],
      [failed(1), sampleResult(2)],
      "planned",
      digests(digestOne),
    ],
  ])("%s", (_, changes, results, state, open) => {
    expect(left(reviewed, changes, results)).toEqual({ state, open, unseen: [], superseded: [] });
  });

  test("does not stay open for one that is locked as reviewed: that has a digest of its own", () => {
    const results = [sampleResult(1, { outcome: "unchanged" }), skipped(2)];
    expect(left(reviewed, [sampleNoOp(1), locked], results).open).toEqual(digests(digestTwo));
  });

  test("stays open with what a part of the campaigns did not have", () => {
    expect(left(reviewed, [one], [sampleResult(1)], { hasAllReviewed: false })).toMatchObject({
      state: "planned",
      open: digests(digestTwo),
    });
  });

  test.each<[string, readonly Change[], readonly ApplyResult[], string]>([
    ["refused", [moved, two], [stale(1), sampleResult(2)], "refused"],
    ["left to a newer run", [moved, two], [branchMoved(1), sampleResult(2)], "planned"],
    ["superseded with another change", [moved, two], [superseded(1), sampleResult(2)], "planned"],
    ["locked with another change", [otherwiseLocked, two], [skipped(1), sampleResult(2)], "planned"],
    ["failed without a review", [moved, two], [failed(1), sampleResult(2)], "planned"],
  ])("keeps a digest that may be of a campaign that is not as declared: %s", (_, changes, results, state) => {
    expect(left(reviewed, changes, results)).toMatchObject({
      state,
      open: digests(digestOne),
    });
  });
});

test("digests that are left name no campaign that is done, here or by a newer run", () => {
  const digests = [one, two].map(changeDigest).sort();
  const named = nameCampaigns([idOne, two.campaignId]);
  for (const over of [sampleResult(1), superseded(1)]) {
    expect(left({ kind: "digests", digests, named }, [one, two], [over, failed(2)]).open).toEqual({
      kind: "digests",
      digests: [changeDigest(two)],
      named: nameCampaigns([two.campaignId]),
    });
  }
});

test("only the campaigns that digests name decide what is left of them", () => {
  const digests = [one, two].map(changeDigest).sort();
  const named = nameCampaigns([idOne, two.campaignId]);
  const other = sampleUpdate(3);
  const results = [sampleResult(1, { outcome: "unchanged" }), sampleResult(2), stale(3)];
  const now = [sampleNoOp(1), two, other];
  expect(left({ kind: "digests", digests }, now, results).state).toBe("refused");
  expect(left({ kind: "digests", digests, named }, now, results).state).toBe("applied");
  const { digest } = samplePlan([one, two]);
  expect(
    left({ kind: "digest", digest, named }, [one, two, other], [sampleResult(1), sampleResult(2), stale(3)])
      .state,
  ).toBe("applied");
});

describe("a plan known by one digest", () => {
  const reviewed: Reviewed = { kind: "digest", digest: plan.digest };

  test("is applied when it is that plan", () => {
    expect(left(reviewed, [one, two], [sampleResult(1), sampleResult(2)]).state).toBe("applied");
  });

  test("becomes the changes that are left of it", () => {
    expect(left(reviewed, [one, two], [sampleResult(1), failed(2)])).toMatchObject({
      state: "planned",
      open: reviewedOf(samplePlan([two])),
    });
  });

  test("stays as it is when it is another", () => {
    const other: Reviewed = { kind: "digest", digest: `sha256:${"0".repeat(64)}` };
    expect(left(other, [one], [stale(1)])).toMatchObject({ state: "refused", open: other });
    expect(left(other, [one], [branchMoved(1)])).toMatchObject({ state: "planned", open: other });
    expect(left(other, [sampleSkip(1)], [skipped(1)])).toMatchObject({ state: "planned", open: other });
    expect(left(other, [one, two], [stale(1), failed(2)])).toMatchObject({ state: "planned", open: other });
    expect(left(other, [sampleNoOp(1)], [sampleResult(1, { outcome: "unchanged" })])).toEqual({
      state: "applied",
      open: { kind: "changes", changes: [] },
      unseen: [],
      superseded: [],
    });
    expect(left(other, [one], [sampleResult(1)], { hasAllReviewed: false })).toMatchObject({
      state: "planned",
      open: other,
    });
  });
});
