import { describe, expect, it } from "vitest";
import { CAMPAIGN, seedWith, start, UNSUBSCRIBED, VIPS } from "../../../support/api/sandbox-under-test.ts";

describe("GET /campaigns/:id/summary", () => {
  it("has exactly the fields of the documented sample", async () => {
    const sandbox = await start(seedWith({}, { extraFields: false, correlationId: "header" }));
    const { status, body } = await sandbox.send("GET", `/campaigns/${CAMPAIGN}/summary`);
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      data: {
        campaignId: CAMPAIGN,
        name: "Spring",
        campaignType: "broadcast",
        channel: "email",
        authoringStatus: "draft",
        createdAt: "2026-04-25T10:00:00.000Z",
        updatedAt: "2026-04-25T10:30:00.000Z",
        schedule: null,
        audience: {
          included: [{ id: VIPS, name: null, type: "segment", memberCount: null }],
          excluded: [{ id: UNSUBSCRIBED, name: null, type: "audience", memberCount: null }],
          reach: {
            status: "ok",
            evaluatedCount: 460,
            evaluatedAt: "2026-04-25T10:30:00.000Z",
            isStale: false,
          },
        },
        content: null,
        preflight: { status: "not_evaluated", checks: [] },
        latestExecution: { status: "not_scheduled", lastExecutionAt: null, counts: null },
        links: { self: `/public/v1/campaigns/${CAMPAIGN}/summary` },
      },
    });
  });

  it("shows what the seed says of a campaign, and finds it whatever the case of the id", async () => {
    const seed = seedWith({
      name: null,
      channel: "sms",
      authoringStatus: "sent",
      updatedAt: "2026-11-01T08:00:00.500Z",
      reach: { status: "failed", evaluatedCount: 7, evaluatedAt: null, isStale: true },
    });
    const sandbox = await start(seed);
    const { body } = await sandbox.send("GET", `/campaigns/${CAMPAIGN.toUpperCase()}/summary`);
    expect(body.data).toMatchObject({
      name: null,
      channel: "sms",
      authoringStatus: "sent",
      updatedAt: "2026-11-01T08:00:00.500Z",
      audience: { reach: { status: "failed", evaluatedCount: 7, evaluatedAt: null, isStale: true } },
    });
  });

  it("shows an idle reach for a campaign without audiences", async () => {
    const sandbox = await start({ campaigns: [{ campaignId: CAMPAIGN }] });
    expect((await sandbox.summary()).audience).toMatchObject({
      included: [],
      excluded: [],
      reach: { status: "idle", evaluatedCount: null, evaluatedAt: null },
    });
  });
});
