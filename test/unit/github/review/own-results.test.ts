import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/model.ts";
import { nameCampaigns } from "../../../../src/github/review/named-campaigns.ts";
import { reportOn } from "../../../../src/github/review/own-results.ts";
import { changeDigest } from "../../../../src/github/review/reviewed.ts";
import type { Reviewed } from "../../../../src/github/run/model.ts";
import {
  binding,
  sampleNoOp,
  samplePlan,
  sampleReport,
  sampleResult,
  sampleSkip,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const [one, two, three] = [sampleUpdate(1), sampleSkip(2), sampleUpdate(3)];
const plan = samplePlan([one, two, three]);
const results = [
  sampleResult(1),
  sampleResult(2, { outcome: "skipped", reason: "not-draft", waited: false }),
  sampleResult(3, { outcome: "failed", reason: "no-answer", waited: false }),
];
const report = sampleReport(results);

const digestsOf = (
  ...changes: readonly { campaignId: string; before: unknown; after: unknown }[]
): Reviewed => ({
  kind: "digests",
  digests: changes.map((change) => changeDigest(change as Parameters<typeof changeDigest>[0])),
});

const shown = (reviewed: Reviewed, now: Plan = plan) =>
  reportOn(reviewed, report, now).results.map(({ campaignId }) => campaignId);

describe("what of a report is about a reviewed plan", () => {
  test("the campaigns that it names, counted anew", () => {
    const { campaignId, before, after } = one;
    const part = reportOn({ kind: "changes", changes: [{ campaignId, before, after }] }, report, plan);
    expect(part.results).toEqual([results[0]]);
    expect(part.summary).toMatchObject({ applied: 1, skipped: 0, failed: 0, reachConfirmed: 1 });
  });

  test("those whose digests it has, also one that is locked", () => {
    expect(shown(digestsOf(one, two))).toEqual([one.campaignId, two.campaignId]);
  });

  test("all of it where a digest is of nothing that there is", () => {
    const moved = { ...one, before: binding([]) };
    expect(shown(digestsOf(moved, two))).toHaveLength(3);
  });

  test("those that it names beside its digests, whatever became of them", () => {
    const named = nameCampaigns([one, three].map(({ campaignId }) => campaignId));
    const digest = `sha256:${"0".repeat(64)}`;
    for (const reviewed of [
      { ...digestsOf(two), named },
      { kind: "digest", digest, named },
    ] as Reviewed[]) {
      expect(shown(reviewed)).toEqual([one.campaignId, three.campaignId]);
    }
  });

  test("of the same plan the updates, of another one all", () => {
    const same = samplePlan([one, sampleNoOp(2), three]);
    expect(shown({ kind: "digest", digest: same.digest }, same)).toEqual([one.campaignId, three.campaignId]);
    expect(shown({ kind: "digest", digest: `sha256:${"0".repeat(64)}` })).toHaveLength(3);
  });
});
