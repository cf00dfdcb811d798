import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { encodeHeader } from "../../../../src/github/review/comment-header.ts";
import { nameCampaigns } from "../../../../src/github/review/named-campaigns.ts";
import { changeDigest, fitReviewed } from "../../../../src/github/review/reviewed.ts";
import type { Reviewed } from "../../../../src/github/run/model.ts";
import { reviewableUpdates } from "../../../../src/plan/updates.ts";
import { COMMIT, target, unlikeUpdates } from "../../../support/samples/github.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const lengthOf = (reviewed: Reviewed) =>
  encodeHeader({ target: target.key, commit: COMMIT, state: "refused", reviewed }).length;

test("a digest is the first 96 bits of SHA-256 over the RFC 8785 form", () => {
  const change = sampleUpdate(1, { before: binding([audience(1)]), after: binding([audience(2)]) });
  const ref = (n: number) => `{"audienceId":"a1b2c3d4-0000-4000-8000-00000000000${n}","type":"segment"}`;
  const form = `{"after":{"exclude":[],"include":[${ref(2)}]},"before":{"exclude":[],"include":[${ref(1)}]},"campaignId":"4130bada-0000-4000-8000-000000000001"}`;
  expect(changeDigest(change)).toBe(createHash("sha256").update(form).digest("base64url").slice(0, 16));
});

test("only updates are reviewed", () => {
  const plan = samplePlan([sampleNoOp(1), sampleUpdate(2), sampleSkip(3)]);
  expect(reviewableUpdates(plan.changes).map(({ campaignId }) => campaignId)).toEqual([
    plan.changes[1]?.campaignId,
  ]);
});

describe("fitReviewed", () => {
  const plan = samplePlan(unlikeUpdates(100));

  test("keeps every change where there is room", () => {
    expect(fitReviewed(plan, 20_000)).toEqual({ kind: "changes", changes: reviewableUpdates(plan.changes) });
  });

  const named = nameCampaigns(plan.changes.map(({ campaignId }) => campaignId));

  test("else a sorted digest a change, and which campaigns these are", () => {
    const reviewed = fitReviewed(plan, 4_000);
    const digests = reviewableUpdates(plan.changes).map(changeDigest).sort();
    expect(reviewed).toEqual({ kind: "digests", digests, named });
    expect(fitReviewed(plan, lengthOf(reviewed) + 120)).toEqual({ kind: "digests", digests });
    expect(lengthOf(reviewed)).toBeLessThanOrEqual(4_000);
  });

  test("else the plan's digest", () => {
    expect(fitReviewed(plan, 1_000)).toEqual({ kind: "digest", digest: plan.digest, named });
    expect(fitReviewed(plan, 500)).toEqual({ kind: "digest", digest: plan.digest });
  });

  test("changes may have a smaller limit of their own", () => {
    expect(fitReviewed(plan, 20_000, 5_000).kind).toBe("digests");
  });

  test("no change needs no digest, however small the room", () => {
    expect(fitReviewed(samplePlan([]), 10)).toEqual({ kind: "changes", changes: [] });
  });

  test("15,000 changes still say of which campaigns they are", () => {
    const reviewed = fitReviewed(samplePlan(unlikeUpdates(15_000)), 51_000, 30_000);
    expect(reviewed).toMatchObject({ kind: "digest", named: expect.any(Array) });
  });

  test("3,000 changes still have a digest each in what a comment can give", () => {
    const reviewed = fitReviewed(samplePlan(unlikeUpdates(3_000)), 51_000, 30_000);
    expect(reviewed.kind).toBe("digests");
    expect(lengthOf(reviewed)).toBeLessThanOrEqual(51_000);
  });
});
