import { describe, expect, it } from "vitest";
import { CAMPAIGN, LIVE, start, VIPS, WANTED } from "../../../support/api/sandbox-under-test.ts";

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
