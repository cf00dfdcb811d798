import { describe, expect, it } from "vitest";
import {
  CAMPAIGN,
  DELAY,
  LIVE,
  OTHER,
  START,
  seedWith,
  start,
  WANTED,
} from "../../../support/api/sandbox-under-test.ts";

const LAG = 300;
const CONTROL = `/__sandbox/campaigns/${CAMPAIGN}`;
const OLD_TIME = "2026-04-25T10:30:00.000Z";
const at = (ms: number) => new Date(START + ms).toISOString();

const lagging = (campaign = {}, switches = {}) =>
  start(seedWith(campaign, { readLagMs: LAG, reachAfterPut: "pending", ...switches }));
type Lagging = Awaited<ReturnType<typeof lagging>>;

const full = async (sandbox: Lagging) => (await sandbox.send("GET", `/campaigns/${CAMPAIGN}`)).body.data;
const item = async (sandbox: Lagging) => (await sandbox.send("GET", "/campaigns")).body.data.items[0];
const preflight = (sandbox: Lagging) => sandbox.send("POST", `/campaigns/${CAMPAIGN}/preflight`, {});

describe("readLagMs", () => {
  it("reads show the campaign from before a PUT, to the last field, until the lag is over", async () => {
    const sandbox = await lagging();
    const reads = async () => [await sandbox.summary(), await full(sandbox), await item(sandbox)];
    const before = await reads();
    await sandbox.put();
    expect(await reads()).toEqual(before);
    sandbox.pass(LAG - 1);
    expect(await reads()).toEqual(before);
    sandbox.pass(1);
    expect(await sandbox.summary()).toMatchObject({
      updatedAt: at(0),
      revision: 1,
      audience: { included: [{}, {}], reach: { status: "pending" } },
    });
    expect((await full(sandbox)).audience.include).toHaveLength(2);
    expect(await item(sandbox)).toMatchObject({ updatedAt: at(0) });
  });

  it("the answer to the PUT, the preflight and what is behind the API do not lag", async () => {
    const sandbox = await lagging();
    const { body } = await sandbox.put();
    expect(body.data).toMatchObject({ updatedAt: at(0), audience: { reach: { status: "pending" } } });
    expect(body.data.audience.include).toHaveLength(2);
    expect((await preflight(sandbox)).body.data.issues).toMatchObject([{ code: "REACH_NOT_READY" }]);
    expect(await sandbox.state()).toMatchObject({ audience: WANTED, reach: { status: "pending" } });
  });

  it("each of several writes is shown after a lag of its own", async () => {
    const sandbox = await lagging();
    const excluded = async () => (await sandbox.summary()).audience.excluded.length;
    await sandbox.put({ include: WANTED.include });
    sandbox.pass(100);
    await sandbox.put(WANTED);
    sandbox.pass(100);
    await sandbox.put({ include: LIVE.include });
    const seen = [[await excluded(), (await sandbox.summary()).updatedAt]];
    for (let turn = 0; turn < 3; turn += 1) {
      sandbox.pass(100);
      seen.push([await excluded(), (await sandbox.summary()).updatedAt]);
    }
    expect(seen).toEqual([
      [1, OLD_TIME],
      [0, at(0)],
      [1, at(100)],
      [0, at(200)],
    ]);
  });

  it("the evaluation begins at the write, not at its first showing", async () => {
    const sandbox = await lagging({}, { readLagMs: DELAY });
    await sandbox.put();
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({
      status: "ok",
      evaluatedCount: 760,
      evaluatedAt: at(DELAY),
    });
  });

  it("meanwhile an old evaluation goes on as if nobody had written", async () => {
    const sandbox = await lagging({ reach: { status: "pending" } }, { readLagMs: 2 * DELAY });
    await sandbox.put();
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({
      status: "ok",
      evaluatedCount: 460,
      evaluatedAt: at(DELAY),
    });
  });

  it("a lock by a person is shown late, but holds at once", async () => {
    const sandbox = await lagging();
    await sandbox.send("POST", CONTROL, { authoringStatus: "scheduled" });
    expect((await sandbox.summary()).authoringStatus).toBe("draft");
    expect((await sandbox.put()).status).toBe(409);
    expect((await preflight(sandbox)).status).toBe(409);
    sandbox.pass(LAG);
    expect((await sandbox.summary()).authoringStatus).toBe("scheduled");
  });

  it("what somebody did just before a PUT is not seen before that PUT is", async () => {
    const sandbox = await lagging({ beforePut: "edit" });
    await sandbox.put();
    expect((await sandbox.summary()).audience.excluded).toHaveLength(1);
    sandbox.pass(LAG);
    expect((await sandbox.summary()).audience).toMatchObject({ included: [{}, {}], excluded: [{}] });
  });

  it("type and missing state lag like the rest", async () => {
    const sandbox = await lagging();
    await sandbox.send("POST", CONTROL, { missingState: true, campaignType: "journey" });
    expect((await sandbox.send("GET", `/campaigns/${CAMPAIGN}/summary`)).status).toBe(200);
    sandbox.pass(LAG);
    expect((await sandbox.send("GET", `/campaigns/${CAMPAIGN}/summary`)).status).toBe(409);
  });

  it("ends at once when a person switches it off, and a new switch is seen at once", async () => {
    const sandbox = await lagging();
    await sandbox.put();
    await sandbox.send("POST", CONTROL, { switches: { idCase: "upper" } });
    expect(await sandbox.summary()).toMatchObject({
      campaignId: CAMPAIGN.toUpperCase(),
      updatedAt: OLD_TIME,
    });
    await sandbox.send("POST", CONTROL, { switches: { readLagMs: 0 } });
    expect((await sandbox.summary()).audience.included).toHaveLength(2);
  });

  it("with evaluation: lazy a read that still shows the old audiences begins nothing", async () => {
    const sandbox = await lagging({}, { evaluation: "lazy" });
    await sandbox.put();
    await sandbox.summary();
    sandbox.pass(DELAY);
    await sandbox.summary();
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: "ok", evaluatedAt: at(2 * DELAY) });
  });

  it("is a matter of one campaign, if its own switches say so", async () => {
    const sandbox = await start({
      campaigns: [
        { campaignId: CAMPAIGN, audience: LIVE, switches: { readLagMs: LAG } },
        { campaignId: OTHER, audience: LIVE },
      ],
    });
    const included = async (id: string) => {
      await sandbox.send("PUT", `/campaigns/${id}/audience`, WANTED);
      return (await sandbox.send("GET", `/campaigns/${id}/summary`)).body.data.audience.included.length;
    };
    expect([await included(CAMPAIGN), await included(OTHER)]).toEqual([1, 2]);
  });
});
