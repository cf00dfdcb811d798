import { describe, expect, it } from "vitest";
import {
  audience,
  BUYERS,
  CAMPAIGN,
  DELAY,
  LIVE,
  START,
  seedWith,
  segment,
  start,
  VIPS,
  WANTED,
} from "../../../../support/api/sandbox-under-test.ts";

describe("identicalPut", () => {
  const again = { include: [segment(VIPS.toUpperCase())], exclude: LIVE.exclude };

  it("resets: begins a new evaluation", async () => {
    const sandbox = await start(seedWith({}, { identicalPut: "resets", reachAfterPut: "pending" }));
    await sandbox.put(again);
    expect(await sandbox.reach()).toMatchObject({ status: "pending" });
  });

  it("no-op: leaves reach and updatedAt alone, but still stores what differs", async () => {
    const sandbox = await start(seedWith({}, { identicalPut: "no-op", reachAfterPut: "pending" }));
    expect((await sandbox.put(again)).status).toBe(200);
    expect(await sandbox.summary()).toMatchObject({
      updatedAt: "2026-04-25T10:30:00.000Z",
      audience: { reach: { status: "ok" } },
    });
    await sandbox.put(WANTED);
    expect(await sandbox.reach()).toMatchObject({ status: "pending" });
  });
});

describe("omittedExclude", () => {
  it.each([
    ["clears", []],
    ["keeps", LIVE.exclude],
  ] as const)("%s", async (word, exclude) => {
    const sandbox = await start(seedWith({}, { omittedExclude: word }));
    expect((await sandbox.put({ include: [audience(BUYERS)] })).status).toBe(200);
    expect((await sandbox.state()).audience).toEqual({ include: [audience(BUYERS)], exclude });
  });
});

describe("storeSomethingElse", () => {
  it.each([
    ["never", WANTED],
    ["keeps-old", LIVE],
    ["drops-exclude", { ...WANTED, exclude: [] }],
  ] as const)("%s", async (word, stored) => {
    const sandbox = await start(seedWith({ switches: { storeSomethingElse: word } }));
    expect((await sandbox.put()).status).toBe(200);
    expect((await sandbox.state()).audience).toEqual(stored);
  });
});

describe("updatedAtBumped", () => {
  it.each([
    [true, new Date(START).toISOString()],
    [false, "2026-04-25T10:30:00.000Z"],
  ] as const)("%s", async (bumped, updatedAt) => {
    const sandbox = await start(seedWith({}, { updatedAtBumped: bumped }));
    await sandbox.put();
    expect((await sandbox.summary()).updatedAt).toBe(updatedAt);
  });

  it("false: a change by a person still moves it, whether it comes before or after the PUT", async () => {
    const sandbox = await start(seedWith({ beforePut: "edit" }, { updatedAtBumped: false }));
    await sandbox.put();
    expect((await sandbox.summary()).updatedAt).toBe(new Date(START).toISOString());
    sandbox.pass(100);
    await sandbox.send("POST", `/__sandbox/campaigns/${CAMPAIGN}`, { audience: { exclude: [] } });
    sandbox.pass(100);
    await sandbox.put();
    expect((await sandbox.summary()).updatedAt).toBe(new Date(START + 100).toISOString());
  });

  it("false: the new audiences come with the old time, also late and after an old evaluation", async () => {
    const switches = { updatedAtBumped: false, readLagMs: 300, openEvaluation: "finishes" } as const;
    const sandbox = await start(seedWith({ reach: { status: "pending" } }, switches));
    const { body } = await sandbox.put();
    expect(body.data.updatedAt).toBe("2026-04-25T10:30:00.000Z");
    sandbox.pass(300);
    expect(await sandbox.summary()).toMatchObject({
      updatedAt: "2026-04-25T10:30:00.000Z",
      audience: { included: [{}, {}], reach: { status: "pending" } },
    });
    sandbox.pass(DELAY - 300);
    expect(await sandbox.reach()).toMatchObject({ status: "ok", evaluatedCount: 460 });
    sandbox.pass(DELAY);
    expect(await sandbox.summary()).toMatchObject({
      updatedAt: "2026-04-25T10:30:00.000Z",
      audience: { reach: { status: "ok", evaluatedCount: 760 } },
    });
  });
});

describe("beforePut", () => {
  it("lock: somebody schedules the campaign, and the PUT is refused", async () => {
    const sandbox = await start(seedWith({ beforePut: "lock" }));
    expect((await sandbox.summary()).authoringStatus).toBe("draft");
    const { status, body } = await sandbox.put();
    expect([status, body.error.code]).toEqual([409, "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_DRAFT"]);
    expect(await sandbox.state()).toMatchObject({
      authoringStatus: "scheduled",
      audience: LIVE,
      history: [],
    });
  });

  it("edit: somebody takes the excludes away once, and the PUT replaces that edit", async () => {
    const sandbox = await start(seedWith({ beforePut: "edit" }));
    expect((await sandbox.put()).status).toBe(200);
    await sandbox.put(LIVE);
    expect((await sandbox.state()).history).toMatchObject([
      { by: "person", audience: { include: LIVE.include, exclude: [] } },
      { by: "put", audience: WANTED },
      { by: "put", audience: LIVE },
    ]);
  });
});
