import { describe, expect, it } from "vitest";
import {
  CAMPAIGN,
  DELAY,
  LIVE,
  START,
  seedWith,
  segment,
  start,
  UNKNOWN,
  WANTED,
} from "../../../support/api/sandbox-under-test.ts";

const OLD = { evaluatedCount: 460, evaluatedAt: "2026-04-25T10:30:00.000Z" };
const NONE = { evaluatedCount: null, evaluatedAt: null };
const at = (ms: number) => new Date(START + ms).toISOString();

describe("reachAfterPut", () => {
  it.each([
    ["old-ok", { status: "ok", ...OLD }],
    ["idle", { status: "idle", ...OLD }],
    ["pending", { status: "pending", ...OLD }],
  ] as const)("%s: shows that for half of the delay, then pending, then the new ok", async (word, first) => {
    const sandbox = await start(seedWith({}, { reachAfterPut: word }));
    await sandbox.put();
    expect(await sandbox.reach()).toMatchObject(first);
    sandbox.pass(DELAY / 2 - 1);
    expect(await sandbox.reach()).toMatchObject(first);
    sandbox.pass(1);
    expect(await sandbox.reach()).toMatchObject({ status: "pending", ...OLD });
    sandbox.pass(DELAY / 2);
    expect(await sandbox.reach()).toMatchObject({
      status: "ok",
      evaluatedCount: 760,
      evaluatedAt: at(DELAY),
    });
  });

  it("keeps what the evaluation found, however late it is read", async () => {
    const sandbox = await start();
    await sandbox.put();
    sandbox.pass(90 * DELAY);
    expect(await sandbox.reach()).toMatchObject({ evaluatedCount: 760, evaluatedAt: at(DELAY) });
  });

  it("makes no difference without a delay: the evaluation is as new as the write", async () => {
    const sandbox = await start(seedWith(), { reachDelayMs: 0 });
    await sandbox.put();
    expect(await sandbox.reach()).toMatchObject({ status: "ok", evaluatedCount: 760, evaluatedAt: at(0) });
  });

  it("begins anew with every PUT", async () => {
    const sandbox = await start(seedWith({}, { reachAfterPut: "pending" }));
    await sandbox.put();
    sandbox.pass(DELAY - 1);
    await sandbox.put(LIVE);
    sandbox.pass(1);
    expect(await sandbox.reach()).toMatchObject({ status: "pending" });
    sandbox.pass(DELAY - 1);
    expect(await sandbox.reach()).toMatchObject({
      status: "ok",
      evaluatedCount: 460,
      evaluatedAt: at(2 * DELAY - 1),
    });
  });
});

describe("evaluation", () => {
  it.each([
    ["idle", "idle"],
    ["pending", "pending"],
    ["old-ok", "pending"],
  ] as const)("never, after %s: stays %s", async (first, last) => {
    const sandbox = await start(seedWith({}, { evaluation: "never", reachAfterPut: first }));
    await sandbox.put();
    sandbox.pass(1000 * DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: last });
  });

  it("failed: keeps the earlier count", async () => {
    const sandbox = await start(seedWith({}, { evaluation: "failed" }));
    await sandbox.put();
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: "failed", ...OLD });
  });

  it("lazy: begins when somebody reads the summary", async () => {
    const sandbox = await start(seedWith({}, { evaluation: "lazy", reachAfterPut: "idle" }));
    await sandbox.put();
    await sandbox.send("GET", `/campaigns/${CAMPAIGN}`);
    sandbox.pass(10 * DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: "idle" });
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: "ok", evaluatedAt: at(11 * DELAY) });
  });
});

describe("isStale", () => {
  const staleness = async (word: "accurate" | "always-false" | "always-true" | "missing") => {
    const sandbox = await start(seedWith({}, { isStale: word }));
    const seen = [(await sandbox.reach()).isStale];
    await sandbox.put();
    for (const wait of [0, DELAY / 2, DELAY / 2]) {
      sandbox.pass(wait);
      seen.push((await sandbox.reach()).isStale);
    }
    return seen;
  };

  it("accurate: true from the write until its evaluation", async () =>
    expect(await staleness("accurate")).toEqual([false, true, true, false]));
  it("always-false", async () =>
    expect(await staleness("always-false")).toEqual([false, false, false, false]));
  it("always-true", async () => expect(await staleness("always-true")).toEqual([true, true, true, true]));
  it("missing", async () =>
    expect(await staleness("missing")).toEqual([undefined, undefined, undefined, undefined]));

  it("accurate: a failed evaluation leaves reach stale", async () => {
    const sandbox = await start(seedWith({}, { isStale: "accurate", evaluation: "failed" }));
    await sandbox.put();
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: "failed", isStale: true });
  });
});

describe("countWhilePending", () => {
  it.each([
    ["none", NONE],
    ["old", OLD],
  ] as const)("%s", async (word, count) => {
    for (const first of ["idle", "pending"] as const) {
      const sandbox = await start(seedWith({}, { countWhilePending: word, reachAfterPut: first }));
      await sandbox.put();
      expect(await sandbox.reach()).toMatchObject({ status: first, ...count });
      sandbox.pass(DELAY / 2);
      expect(await sandbox.reach()).toMatchObject({ status: "pending", ...count });
    }
  });
});

describe("evaluatedAtMissing", () => {
  it("leaves the field out before and after an evaluation", async () => {
    const sandbox = await start(seedWith({}, { evaluatedAtMissing: true }));
    expect(await sandbox.reach()).not.toHaveProperty("evaluatedAt");
    await sandbox.put();
    sandbox.pass(DELAY);
    const reach = await sandbox.reach();
    expect(reach).toMatchObject({ status: "ok", evaluatedCount: 760 });
    expect(reach).not.toHaveProperty("evaluatedAt");
  });
});

describe("evaluatorClockMs", () => {
  it.each([5000, -5000])(
    "%i: moves every evaluatedAt that is worked out, and nothing else",
    async (clock) => {
      const sandbox = await start(seedWith({}, { evaluatorClockMs: clock, countWhilePending: "old" }));
      const first = Date.parse(OLD.evaluatedAt) + clock;
      expect(await sandbox.reach()).toMatchObject({ evaluatedAt: new Date(first).toISOString() });
      await sandbox.put();
      sandbox.pass(DELAY - 1);
      expect(await sandbox.reach()).toMatchObject({
        status: "pending",
        evaluatedAt: new Date(first).toISOString(),
      });
      sandbox.pass(1);
      expect(await sandbox.summary()).toMatchObject({
        updatedAt: at(0),
        audience: { reach: { status: "ok", evaluatedAt: at(DELAY + clock) } },
      });
      const { body } = await sandbox.send("POST", `/campaigns/${CAMPAIGN}/preflight`, {});
      expect(body.data.evaluatedAt).toBe(at(DELAY));
    },
  );

  it("leaves alone what the seed or a person says", async () => {
    const reach = { status: "ok", evaluatedCount: 5, evaluatedAt: "2026-05-01T00:00:00.000Z" };
    const sandbox = await start(seedWith({ reach }, { evaluatorClockMs: 5000 }));
    expect(await sandbox.reach()).toMatchObject(reach);
    const later = { ...reach, evaluatedAt: "2026-06-01T00:00:00.000Z" };
    await sandbox.send("POST", `/__sandbox/campaigns/${CAMPAIGN}`, { reach: later });
    expect(await sandbox.reach()).toMatchObject(later);
  });

  it("moves the end of an old evaluation too", async () => {
    const switches = { evaluatorClockMs: -5000, openEvaluation: "finishes" } as const;
    const sandbox = await start(seedWith({ reach: { status: "pending" } }, switches));
    await sandbox.put();
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({ evaluatedCount: 460, evaluatedAt: at(DELAY - 5000) });
  });
});

describe("timestamps", () => {
  it("in seconds drop the milliseconds, so that an evaluation can look older than its write", async () => {
    const sandbox = await start(seedWith({}, { timestamps: "seconds" }), { reachDelayMs: 0 });
    await sandbox.put();
    expect(await sandbox.summary()).toMatchObject({
      createdAt: "2026-04-25T10:00:00Z",
      updatedAt: "2026-11-24T10:00:00Z",
      audience: { reach: { evaluatedAt: "2026-11-24T10:00:00Z" } },
    });
  });
});

describe("unknownAudience", () => {
  const strange = { include: [...LIVE.include, segment(UNKNOWN)], exclude: LIVE.exclude };
  const wrongType = { include: [{ audienceId: LIVE.include[0]?.audienceId, type: "audience" }] };

  it.each([strange, wrongType])("refused: the PUT changes nothing (%#)", async (body) => {
    const sandbox = await start(seedWith({}, { unknownAudience: "refused" }));
    const { status, body: answer } = await sandbox.put(body);
    expect([status, answer.error.code]).toEqual([400, "CDP_ETL.VALIDATION.REQUEST_INVALID"]);
    expect((await sandbox.state()).audience).toEqual(LIVE);
  });

  it("accepted: counts nobody", async () => {
    const sandbox = await start(seedWith({}, { unknownAudience: "accepted" }));
    expect((await sandbox.put(strange)).status).toBe(200);
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: "ok", evaluatedCount: 460 });
  });

  it("reach-failed: is stored, but not evaluated", async () => {
    const sandbox = await start(seedWith({}, { unknownAudience: "reach-failed" }));
    expect((await sandbox.put(strange)).status).toBe(200);
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: "failed", ...OLD });
    await sandbox.put(WANTED);
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({ status: "ok", evaluatedCount: 760 });
  });
});

describe("a seeded reach", () => {
  it("that is pending goes on by itself", async () => {
    const sandbox = await start(seedWith({ reach: { status: "pending" } }, { reachAfterPut: "idle" }));
    expect(await sandbox.reach()).toMatchObject({ status: "pending", ...NONE });
    sandbox.pass(DELAY);
    expect(await sandbox.reach()).toMatchObject({
      status: "ok",
      evaluatedCount: 460,
      evaluatedAt: at(DELAY),
    });
  });

  it.each(["idle", "failed", "ok", "queued"])("that is %s stays so", async (status) => {
    const sandbox = await start(seedWith({ reach: { status, evaluatedCount: 5 } }));
    sandbox.pass(1000 * DELAY);
    expect(await sandbox.reach()).toMatchObject({ status, evaluatedCount: 5 });
  });
});
