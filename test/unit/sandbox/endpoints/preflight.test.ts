import { describe, expect, it } from "vitest";
import { CAMPAIGN, seedWith, start } from "../../../support/api/sandbox-under-test.ts";

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
