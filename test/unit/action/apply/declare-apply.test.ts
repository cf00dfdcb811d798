import { expect, test } from "vitest";
import { reviewedIn } from "../../../../src/action/apply/declare-apply.ts";
import type { ReviewedPlans } from "../../../../src/action/apply/reviewed.ts";
import { nameCampaigns } from "../../../../src/github/review/named-campaigns.ts";
import type { Reviewed } from "../../../../src/github/run/model.ts";
import { binding, campaignId } from "../../../support/samples/bindings.ts";

const [ONE, TWO, THREE] = [1, 2, 3].map(campaignId) as [string, string, string];
const ids = [ONE, TWO, THREE];

const changes = (...of: readonly string[]): Reviewed => ({
  kind: "changes",
  changes: of.map((id) => ({ campaignId: id, before: binding([1]), after: binding([2]) })),
});
const digest = { kind: "digest", digest: `sha256:${"0".repeat(64)}` } as const;

const looked = (...reviewed: readonly Reviewed[]) => {
  const pulls = reviewed.map((each) => ({ comment: { header: { reviewed: each } } }));
  const isReviewed = reviewedIn({ pulls } as unknown as ReviewedPlans);
  return isReviewed === null ? null : ids.filter(isReviewed);
};

test.each<[string, readonly Reviewed[], readonly string[] | null]>([
  ["no plan waits", [], []],
  ["each plan names its changes", [changes(ONE), changes(THREE)], [ONE, THREE]],
  [
    "plans of digests name their campaigns beside",
    [
      { kind: "digests", digests: [], named: nameCampaigns([TWO]) },
      { ...digest, named: nameCampaigns([THREE]) },
    ],
    [TWO, THREE],
  ],
  ["one does not say: then all are looked at", [changes(ONE), digest], null],
  ["digests of an older version do not say", [{ kind: "digests", digests: [] }], null],
])("%s", (_, reviewed, expected) => {
  expect(looked(...reviewed)).toEqual(expected);
});

test("without plans to ask for there are none", () => {
  expect(reviewedIn(null)?.(ONE)).toBe(false);
});
