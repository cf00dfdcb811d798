import { describe, expect, it } from "vitest";
import type { SeedCampaign } from "../../../../../src/sandbox/world/model.ts";
import type { Switches } from "../../../../../src/sandbox/world/switches.ts";
import {
  CAMPAIGN,
  DELAY,
  LIVE,
  START,
  seedWith,
  start,
  UNKNOWN,
  WANTED,
} from "../../../../support/api/sandbox-under-test.ts";

const CONTROL = `/__sandbox/campaigns/${CAMPAIGN}`;
const PENDING: Omit<SeedCampaign, "campaignId"> = { reach: { status: "pending" } };
const at = (ms: number) => new Date(START + ms).toISOString();
const ok = (evaluatedCount: number, ms: number) => ({ status: "ok", evaluatedCount, evaluatedAt: at(ms) });

/** A sandbox whose evaluations finish, and a look at its reach at a moment after START. */
async function finishing(campaign: Omit<SeedCampaign, "campaignId">, switches: Partial<Switches> = {}) {
  const sandbox = await start(seedWith(campaign, { openEvaluation: "finishes", ...switches }));
  let passed = 0;
  const goTo = (ms: number) => {
    sandbox.pass(ms - passed);
    passed = ms;
  };
  const reachAt = (ms: number) => {
    goTo(ms);
    return sandbox.reach();
  };
  return { ...sandbox, goTo, reachAt };
}

describe("openEvaluation: dropped", () => {
  it("the evaluation of the old audiences ends with the write", async () => {
    const sandbox = await start(seedWith(PENDING));
    sandbox.pass(DELAY - 100);
    await sandbox.put();
    sandbox.pass(100);
    expect(await sandbox.reach()).toMatchObject({ status: "pending", evaluatedCount: null });
    sandbox.pass(DELAY - 100);
    expect(await sandbox.reach()).toMatchObject(ok(760, 2 * DELAY - 100));
  });
});

describe("openEvaluation: finishes", () => {
  it.each(["old-ok", "idle", "pending"] as const)(
    "the old count comes after the write, and the new evaluation after it, whatever reachAfterPut says (%s)",
    async (reachAfterPut) => {
      const sandbox = await finishing(PENDING, { reachAfterPut });
      sandbox.goTo(400);
      await sandbox.put();
      expect(await sandbox.reachAt(DELAY - 1)).toMatchObject({ status: "pending", evaluatedCount: null });
      expect(await sandbox.summary()).toMatchObject({ updatedAt: at(400) });
      expect(await sandbox.reachAt(DELAY)).toMatchObject(ok(460, DELAY));
      expect(await sandbox.reachAt(1.5 * DELAY - 1)).toMatchObject(ok(460, DELAY));
      expect(await sandbox.reachAt(1.5 * DELAY)).toMatchObject({ ...ok(460, DELAY), status: "pending" });
      expect(await sandbox.reachAt(2 * DELAY)).toMatchObject(ok(760, 2 * DELAY));
    },
  );

  it("isStale: accurate is true until the new audiences are evaluated", async () => {
    const sandbox = await finishing(PENDING, { isStale: "accurate" });
    await sandbox.put();
    expect(await sandbox.reachAt(DELAY)).toMatchObject({ status: "ok", isStale: true });
    expect(await sandbox.reachAt(2 * DELAY)).toMatchObject({ status: "ok", isStale: false });
  });

  it("an evaluation that a PUT began finishes too", async () => {
    const sandbox = await finishing({}, { reachAfterPut: "pending" });
    await sandbox.put();
    sandbox.goTo(400);
    await sandbox.put(LIVE);
    expect(await sandbox.reachAt(DELAY - 1)).toMatchObject({ status: "pending" });
    expect(await sandbox.reachAt(DELAY)).toMatchObject(ok(760, DELAY));
    expect(await sandbox.reachAt(2 * DELAY)).toMatchObject(ok(460, 2 * DELAY));
  });

  it("one that waits has not begun, and is replaced", async () => {
    const sandbox = await finishing(PENDING);
    await sandbox.put({ ...WANTED, exclude: [] });
    sandbox.goTo(400);
    await sandbox.put();
    expect(await sandbox.reachAt(DELAY)).toMatchObject(ok(460, DELAY));
    expect(await sandbox.reachAt(2 * DELAY)).toMatchObject(ok(760, 2 * DELAY));
  });

  it("each finishes in its turn when every write comes into the one before", async () => {
    const sandbox = await finishing(PENDING);
    for (const [turn, body] of [WANTED, LIVE, WANTED].entries()) {
      sandbox.goTo(turn * DELAY + 400);
      await sandbox.put(body);
    }
    expect(await sandbox.reachAt(3 * DELAY - 1)).toMatchObject({ ...ok(760, 2 * DELAY), status: "pending" });
    expect(await sandbox.reachAt(3 * DELAY)).toMatchObject(ok(460, 3 * DELAY));
    expect(await sandbox.reachAt(4 * DELAY)).toMatchObject(ok(760, 4 * DELAY));
  });

  it("without an open evaluation the new one begins at the write", async () => {
    const sandbox = await finishing(PENDING);
    sandbox.goTo(DELAY);
    await sandbox.put();
    expect(await sandbox.reachAt(2 * DELAY)).toMatchObject(ok(760, 2 * DELAY));
    sandbox.goTo(3 * DELAY);
    await sandbox.put(LIVE);
    expect(await sandbox.reachAt(4 * DELAY)).toMatchObject(ok(460, 4 * DELAY));
  });

  it("holds for a person's edit too", async () => {
    const sandbox = await finishing(PENDING);
    await sandbox.send("POST", CONTROL, { audience: WANTED });
    expect(await sandbox.reachAt(DELAY)).toMatchObject(ok(460, DELAY));
    expect(await sandbox.reachAt(2 * DELAY)).toMatchObject(ok(760, 2 * DELAY));
  });

  it("judges the old audiences by themselves, though the new ones do not exist", async () => {
    const sandbox = await finishing(PENDING, { unknownAudience: "reach-failed" });
    await sandbox.put({ include: [{ audienceId: UNKNOWN, type: "segment" }] });
    expect(await sandbox.reachAt(DELAY)).toMatchObject(ok(460, DELAY));
    expect(await sandbox.reachAt(2 * DELAY)).toMatchObject({ ...ok(460, DELAY), status: "failed" });
  });

  describe("with evaluation: lazy", () => {
    it("a read does not begin the new one before the old one ends", async () => {
      const sandbox = await finishing(PENDING, { evaluation: "lazy" });
      await sandbox.put();
      expect(await sandbox.reachAt(400)).toMatchObject({ status: "pending" });
      expect(await sandbox.reachAt(DELAY)).toMatchObject(ok(460, DELAY));
      expect(await sandbox.reachAt(2 * DELAY)).toMatchObject(ok(760, 2 * DELAY));
    });

    it("without a read the old count stays", async () => {
      const sandbox = await finishing(PENDING, { evaluation: "lazy" });
      await sandbox.put();
      expect(await sandbox.reachAt(5 * DELAY)).toMatchObject(ok(460, DELAY));
      expect(await sandbox.reachAt(6 * DELAY)).toMatchObject(ok(760, 6 * DELAY));
    });
  });
});
