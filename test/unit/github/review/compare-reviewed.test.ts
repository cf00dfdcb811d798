import { describe, expect, test } from "vitest";
import { compareReviewed, permittedBy } from "../../../../src/github/review/compare-reviewed.ts";
import { nameCampaigns } from "../../../../src/github/review/named-campaigns.ts";
import { changeDigest } from "../../../../src/github/review/reviewed.ts";
import type { Reviewed } from "../../../../src/github/run/model.ts";
import { reviewedOf } from "../../../support/samples/github.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const update = sampleUpdate(1);
const { campaignId, before, after } = update;
const plan = samplePlan([update, sampleNoOp(2), sampleSkip(3)]);
const liveMoved = { campaignId, before: binding([audience(7)]), after };
const fileMoved = { campaignId, before, after: binding([audience(7)]) };

const changes = (...list: readonly (typeof liveMoved)[]): Reviewed => ({ kind: "changes", changes: list });
const digests = (...list: readonly string[]): Reviewed => ({ kind: "digests", digests: list });

describe("compareReviewed", () => {
  test.each<[string, readonly Reviewed[]]>([
    ["the same before and after", [reviewedOf(plan)]],
    ["its digest among digests", [digests("a".repeat(16), changeDigest(update))]],
    ["the plan's digest", [{ kind: "digest", digest: plan.digest }]],
    [
      "the digest of those that it names, whatever else is planned",
      [
        {
          kind: "digest",
          digest: samplePlan([update]).digest,
          named: nameCampaigns([campaignId]),
        },
      ],
    ],
    ["an older plan, when the newer does not name the campaign", [changes(), reviewedOf(plan)]],
    ["an older plan, when newer digests do not tell", [digests("a".repeat(16)), reviewedOf(plan)]],
    [
      "an older plan, when a newer digest is of another plan",
      [{ kind: "digest", digest: `sha256:${"0".repeat(64)}` }, reviewedOf(plan)],
    ],
    ["a newer plan, whatever an older one says", [reviewedOf(plan), changes(liveMoved)]],
    ["newer digests, whatever an older plan says", [digests(changeDigest(update)), changes(fileMoved)]],
  ])("permits: %s", (_, reviewed) => {
    expect([...compareReviewed(plan, reviewed)]).toEqual([[campaignId, { kind: "reviewed" }]]);
  });

  test.each<[string, readonly Reviewed[], unknown]>([
    ["nothing was reviewed", [], null],
    ["live moved", [changes(liveMoved)], liveMoved],
    ["the file moved", [changes(fileMoved)], fileMoved],
    ["digests do not hold it", [digests(changeDigest(liveMoved))], null],
    ["another plan's digest", [{ kind: "digest", digest: `sha256:${"0".repeat(64)}` }], null],
  ])("refuses: %s", (_, reviewed, was) => {
    expect([...compareReviewed(plan, reviewed)]).toEqual([[campaignId, { kind: "differs", reviewed: was }]]);
  });

  test("refuses what a digest's own campaigns do not have", () => {
    const other = sampleUpdate(4);
    const now = samplePlan([update, other]);
    const named = nameCampaigns([campaignId]);
    const { digest } = samplePlan([update]);
    expect(compareReviewed(now, [{ kind: "digest", digest, named }]).get(other.campaignId)).toEqual({
      kind: "differs",
      reviewed: null,
    });
  });

  test("refuses what a newer plan shows otherwise, and says so", () => {
    expect([...compareReviewed(plan, [changes(liveMoved), reviewedOf(plan)])]).toEqual([
      [campaignId, { kind: "differs", reviewed: liveMoved, isOverruled: true }],
    ]);
  });
});

test.each<[string, Reviewed, readonly unknown[]]>([
  ["a plan that shows both", reviewedOf(samplePlan([update, sampleUpdate(4)])), [update, sampleUpdate(4)]],
  ["a plan that shows one of them", reviewedOf(plan), [update]],
  ["the digest of one", digests(changeDigest(update)), [update]],
  ["a plan that shows it otherwise", changes(liveMoved), []],
  ["a plan of nothing", changes(), []],
])("permits what it shows as it is: %s", (_, reviewed, permitted) => {
  const now = samplePlan([update, sampleUpdate(4), sampleNoOp(2)]);
  expect(permittedBy(reviewed, now).map(({ campaignId: id }) => id)).toEqual(
    permitted.map((each) => (each as typeof update).campaignId),
  );
});

test("an earlier plan that does not show it either overrules nothing", () => {
  expect([...compareReviewed(plan, [changes(liveMoved), changes(fileMoved)])]).toEqual([
    [campaignId, { kind: "differs", reviewed: liveMoved }],
  ]);
});
