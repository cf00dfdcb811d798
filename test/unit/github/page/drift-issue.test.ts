import { describe, expect, test } from "vitest";
import {
  campaignOfDriftIssue,
  driftMarker,
  renderDriftIssue,
  renderUnreadableIssue,
} from "../../../../src/github/page/drift-issue.ts";
import { targetOf } from "../../../../src/github/run/target.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import { COMMIT, fileUrl, target } from "../../../support/samples/github.ts";
import {
  audience,
  binding,
  sampleReach,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

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

describe("the issue of a campaign that cannot be read", () => {
  const error = {
    code: "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND",
    status: 404,
    message: "No campaign @jane.",
    correlationId: "c-1",
  };
  const unreadable = sampleUnreadable(1, { name: "Spring | @jane", reason: "not-found", error });

  test("says so, why, and how to mend it", () => {
    const { title, body } = renderUnreadableIssue(unreadable, target, fileUrl);
    expect(title).toBe("Cannot be read: Spring | @jane");
    expect(body).toBe(`\
<!-- campaignctl:drift ${target.key} ${campaignId} -->

This campaign could not be read in 3 nights: nobody knows whether it has drifted.

Campaign \`${campaignId}\` in [\`campaigns/c1.yaml:2\`](https://github.example/acme/campaigns/blob/${COMMIT}/campaigns/c1.yaml#L2). Workflow Campaigns.

- reason: the API knows no such campaign (not-found)
- answer: HTTP 404, JOURNEY&#95;API.PUBLIC.CAMPAIGNS.NOT&#95;FOUND
- to mend: Check the campaignId, the API URL, and that the credentials belong to the workspace of this campaign.

As soon as it can be read again, this issue says how it differs from its file, or is closed by itself.`);
  });

  test("does not change with what moves by itself, and is found as that of a drifted one", () => {
    const text = renderUnreadableIssue(unreadable, target, fileUrl);
    const later = { ...unreadable, error: { ...error, message: "Gone.", correlationId: "c-2" } };
    expect(renderUnreadableIssue(later, target, fileUrl)).toEqual(text);
    expect(campaignOfDriftIssue(text, target)).toBe(campaignId);
  });
});
