import { expect, test } from "vitest";
import { alsoNamed } from "../../../../src/github/review/also-named.ts";
import { nameCampaigns } from "../../../../src/github/review/named-campaigns.ts";
import { changeDigest } from "../../../../src/github/review/reviewed.ts";
import type { Reviewed } from "../../../../src/github/run/model.ts";
import { updatesOf } from "../../../../src/plan/updates.ts";
import { audience, binding, samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const updates = updatesOf(samplePlan([sampleUpdate(1), sampleUpdate(2)]).changes);
const other = updatesOf(samplePlan([sampleUpdate(2, { after: binding([audience(7)]) })]).changes);
const named = nameCampaigns(other.map(({ campaignId }) => campaignId));
const digests = other.map(changeDigest);

const FORMS: readonly (readonly [string, Reviewed, number])[] = [
  ["changes", { kind: "changes", changes: other }, 1],
  ["digests with names", { kind: "digests", digests, named }, 1],
  ["one digest with names", { kind: "digest", digest: "sha256:0", named }, 1],
  ["digests of other changes, without names", { kind: "digests", digests }, 0],
  [
    "digests of the same change, without names",
    { kind: "digests", digests: updates.map(changeDigest).slice(1) },
    1,
  ],
  ["one digest without names", { kind: "digest", digest: "sha256:0" }, 0],
];

test.each(FORMS)("%s", (_, reviewed, count) => {
  expect(alsoNamed(updates, reviewed)).toEqual(updates.slice(1, 1 + count));
});
