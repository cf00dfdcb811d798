import { describe, expect, test } from "vitest";
import {
  campaignOfDriftIssue,
  driftMarker,
  renderDriftIssue,
} from "../../../../src/github/page/drift-issue.ts";
import { targetOf } from "../../../../src/github/run/target.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import { COMMIT, fileUrl, target } from "../../../support/samples/github.ts";
import { audience, binding, sampleReach, sampleUpdate } from "../../../support/samples/plan.ts";

const drifted = sampleUpdate(1, { name: "Spring | @jane" });

const { campaignId } = drifted;

const text = renderDriftIssue(drifted, target, { fileUrl, audiences: {} });

describe("the issue of a drifted campaign", () => {
  test("says what differs and how to mend it", () => {
    expect(text.title).toBe("Drift: Spring | @jane");
    expect(text.body).toBe(`\
<!-- campaignctl:drift ${target.key} ${campaignId} -->

The live audiences of this draft are not those of its file: somebody changed them elsewhere, or an apply is still to come.

Campaign \`${campaignId}\` in [\`campaigns/c1.yaml:2\`](https://github.example/acme/campaigns/blob/${COMMIT}/campaigns/c1.yaml#L2). Workflow Campaigns.

Applying the file would make these changes:

- ▲ more people: now includes \`a1b2c3d4-0000-4000-8000-000000000002\` (segment)

Afterwards: 2 included, 1 excluded.

To keep what is live, change the file. To have the file's audiences back, apply it. This issue is closed by itself when both are the same.`);
  });

  test("does not change with reach, which moves by itself", () => {
    const later = { ...drifted, reach: sampleReach({ evaluatedCount: 1 }) };
    expect(renderDriftIssue(later, target, { fileUrl, audiences: {} })).toEqual(text);
  });

  test("has names, and no sizes, which move by themselves", () => {
    const size = { count: 500, isExact: true, at: null };
    const { body } = renderDriftIssue(drifted, target, {
      fileUrl,
      audiences: audienceNamed(2, "VIP customers", { size }),
    });
    expect(body).toContain("- ▲ more people: now includes **VIP customers** (segment) `a1b2");
  });

  test("keeps the limit for live lists of any length", () => {
    const before = binding(Array.from({ length: 2_000 }, (_, n) => audience(n)));
    const { body } = renderDriftIssue(sampleUpdate(1, { before }), target, { fileUrl, audiences: {} });
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
    expect(body).toContain("_The list is too long to be shown here: run `campaignctl plan`._");
  });

  test("is found by the first characters of its body only, and by its target", () => {
    expect(campaignOfDriftIssue(text, target)).toBe(campaignId);
    expect(campaignOfDriftIssue({ body: ` ${text.body}` }, target)).toBeNull();
    expect(campaignOfDriftIssue({ body: `${driftMarker(target)}x -->` }, target)).toBeNull();
    expect(campaignOfDriftIssue({ body: `${driftMarker(target)}x${campaignId} -->` }, target)).toBeNull();
    const other = targetOf({ workflow: "Other", environment: null, config: null });
    expect(campaignOfDriftIssue(text, other)).toBeNull();
  });
});
