import { describe, expect, it } from "vitest";
import {
  BUYERS,
  CAMPAIGN,
  LIVE,
  OTHER,
  seedWith,
  start,
  UNSUBSCRIBED,
  VIPS,
  WANTED,
} from "./sandbox-under-test.ts";

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

describe("PUT /campaigns/:id/audience", () => {
  it("replaces both lists and answers with the full object", async () => {
    const sandbox = await start();
    const { status, body } = await sandbox.put();
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ id: CAMPAIGN, authoringStatus: "draft" });
    expect(body.data).toEqual((await sandbox.send("GET", `/campaigns/${CAMPAIGN}`)).body.data);
    expect((await sandbox.state()).audience).toEqual(WANTED);
  });

  it("counts 1,000 people for every audience when the seed lists none", async () => {
    const sandbox = await start({ campaigns: [{ campaignId: CAMPAIGN, audience: LIVE }] });
    await sandbox.put();
    sandbox.pass(1000);
    expect(await sandbox.reach()).toMatchObject({ status: "ok", evaluatedCount: 1000 });
  });

  it("never counts fewer than nobody", async () => {
    const sandbox = await start();
    await sandbox.put({ include: WANTED.exclude, exclude: [{ audienceId: VIPS, type: "segment" }] });
    sandbox.pass(1000);
    expect(await sandbox.reach()).toMatchObject({ status: "ok", evaluatedCount: 0 });
  });
});

describe("GET /campaigns", () => {
  const seed = {
    campaigns: [
      { campaignId: CAMPAIGN, channel: "email", createdAt: "2026-01-01T00:00:00Z" },
      { campaignId: OTHER, channel: "sms", createdAt: "2026-02-01T00:00:00Z", authoringStatus: "published" },
    ],
  };
  const list = async (query: string) => {
    const { body } = await (await start(seed)).send("GET", `/campaigns${query}`);
    return body.data.items.map(({ id }: { id: string }) => id);
  };

  it("lists the newest first", async () => expect(await list("")).toEqual([OTHER, CAMPAIGN]));
  it("filters by status", async () => expect(await list("?status=published")).toEqual([OTHER]));
  it("filters by channel", async () => expect(await list("?channel=email")).toEqual([CAMPAIGN]));
  it("ends at the limit", async () => expect(await list("?limit=1")).toEqual([OTHER]));
  it.each(["limit=0", "limit=201", "limit=x", "page=2"])("refuses ?%s", async (query) => {
    const sandbox = await start(seed);
    const { status, body } = await sandbox.send("GET", `/campaigns?${query}`);
    expect([status, body.error.code]).toEqual([400, "CDP_ETL.VALIDATION.REQUEST_INVALID"]);
  });
});

describe("POST /campaigns/:id/preflight", () => {
  const path = `/campaigns/${CAMPAIGN}/preflight`;

  it("lets a campaign pass whose reach is ok", async () => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", path, {});
    expect(status).toBe(200);
    expect(body.data).toEqual({
      journeyId: CAMPAIGN,
      versionId: "11111111-1111-1111-1111-111111111111",
      canPublish: true,
      evaluatedAt: "2026-11-24T10:00:00.250Z",
      summary: { blockers: 0, warnings: 0, info: 0 },
      issues: [],
      bindingsPreview: [],
    });
  });

  it("blocks a campaign without audiences, with 200", async () => {
    const sandbox = await start(seedWith({ audience: {} }));
    const { status, body } = await sandbox.send("POST", path);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ canPublish: false, summary: { blockers: 1 } });
    expect(body.data.issues).toEqual([
      {
        severity: "blocker",
        code: "AUDIENCE_NOT_ASSIGNED",
        message: "Campaign must include at least one audience before it can be sent.",
        remediation: [
          {
            type: "link",
            label: "Configure Audience",
            href: `/campaigns/broadcast/${CAMPAIGN}/edit?step=audience`,
          },
        ],
      },
    ]);
  });

  it("blocks a campaign whose reach is not ok", async () => {
    const sandbox = await start(seedWith({ reach: { status: "failed" } }));
    const { body } = await sandbox.send("POST", path, {});
    expect(body.data.issues[0]).toMatchObject({ severity: "blocker", code: "REACH_NOT_READY" });
  });

  it.each([[[]], [{ dryRun: true }], ["{"]])("refuses the body %j", async (sent) => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", path, sent);
    expect([status, body.error.code]).toEqual([400, "CDP_ETL.VALIDATION.REQUEST_INVALID"]);
  });
});

describe("POST /audiences/:id/preview", () => {
  it.each([BUYERS, BUYERS.toUpperCase()])("counts the audience %s", async (id) => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", `/audiences/${id}/preview`, { limit: 2 });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ audienceId: id, matchCount: 300, isExact: true });
    expect(body.data.sampleRecords).toHaveLength(2);
  });

  it("takes the preview id too, and shows 100 rows unless told otherwise", async () => {
    const sandbox = await start();
    const { body } = await sandbox.send("POST", "/audiences/aud_01HXYZ/preview");
    expect(body.data).toMatchObject({ audienceId: "aud_01HXYZ", matchCount: 500 });
    expect(body.data.sampleRecords).toHaveLength(100);
  });

  it("knows every audience when the seed lists none", async () => {
    const sandbox = await start({ campaigns: [] });
    expect((await sandbox.send("POST", "/audiences/aud_x/preview", {})).body.data.matchCount).toBe(1000);
  });

  it("answers 404 for an audience that does not exist", async () => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", "/audiences/aud_none/preview", {});
    expect([status, body.error.code]).toEqual([404, "CDP_ETL.NOT_FOUND"]);
  });

  it.each([
    [{ limit: 0 }],
    [{ limit: 1001 }],
    [{ limit: 1.5 }],
    [{ limit: "5" }],
    [{ offset: 1 }],
    [[]],
    ["{"],
  ])("refuses the body %j", async (sent) => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", `/audiences/${VIPS}/preview`, sent);
    expect([status, body.error.code]).toEqual([400, "CDP_ETL.VALIDATION.REQUEST_INVALID"]);
  });
});
