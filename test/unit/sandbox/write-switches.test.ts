import { describe, expect, it } from "vitest";
import {
  audience,
  BUYERS,
  LIVE,
  START,
  seedWith,
  segment,
  start,
  VIPS,
  WANTED,
} from "./sandbox-under-test.ts";

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
