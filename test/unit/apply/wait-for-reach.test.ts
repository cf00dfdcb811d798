import { describe, expect, test } from "vitest";
import type { Expectation, Written } from "../../../src/apply/evaluation.ts";
import type { EvaluationTimes } from "../../../src/apply/evaluation-times.ts";
import { waitForReach } from "../../../src/apply/wait-for-reach.ts";
import { NetworkError, TimeoutError } from "../../../src/domain/errors.ts";
import type { Campaign } from "../../../src/domain/model.ts";
import { type FakeClock, fakeClock } from "../../support/api/fake-api.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const AFTER = binding([1, 2]);
const NEVER = new AbortController().signal;
const IN_SYNC: Expectation = { kind: "in-sync", after: AFTER };
const START = Date.parse("2026-11-24T10:00:00Z");

function campaign(status: string, change: Partial<Campaign> = {}): Campaign {
  return {
    campaignId: campaignId(1),
    name: null,
    authoringStatus: "draft",
    audience: AFTER,
    channel: "email",
    schedule: null,
    repeatedAudienceIds: [],
    liveAudiences: [],
    reach: { status, evaluatedCount: 7, evaluatedAt: "2026-11-24T09:00:00Z", isStale: false },
    updatedAt: null,
    serverTime: null,
    ...change,
  };
}

/** Settled, but somebody edited it a second ago by the server's clock, which stands still. */
const edited = (status: string) => campaign(status, { updatedAt: "2026-11-24T09:59:59Z", serverTime: START });

const WRITTEN: Written = {
  kind: "written",
  after: AFTER,
  previous: campaign("ok", { audience: binding([1]) }),
  readBack: campaign("pending"),
  latest: START,
  answeredAt: 40,
};

type Look = (signal: AbortSignal | undefined) => Promise<Campaign>;
type Setup = {
  readonly expectation: Expectation;
  readonly first: Campaign;
  readonly look: Look;
  readonly timeoutMs: number;
};

const shows =
  (live: Campaign): Look =>
  () =>
    Promise.resolve(live);

/** Never answers; ends when it is told to. */
const hangs: Look = (signal) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

async function wait({ expectation, first, look, timeoutMs }: Setup) {
  const clock = fakeClock();
  const told: string[] = [];
  const purposes: unknown[] = [];
  const end = await waitForReach(
    expectation,
    first,
    { timeoutMs, idleMs: timeoutMs },
    {
      reader: {
        readCampaign: (_, signal, purpose) => {
          purposes.push(purpose);
          return look(signal);
        },
      },
      clock,
      times: timesThatTell(clock, told),
      onStatus: (status) => told.push(status),
    },
    NEVER,
  );
  return { end, at: clock.monotonic(), told, purposes };
}

function timesThatTell(clock: FakeClock, told: string[]): EvaluationTimes {
  return {
    watch(writtenAt) {
      told.push(`watched from ${writtenAt}`);
      return { sleepBefore: (_, atMost, signal) => clock.sleep(Math.min(atMost, 1_000), signal) };
    },
    learn: (ms) => told.push(`learnt ${ms}`),
  };
}

describe("a written campaign", () => {
  test("is looked at when its evaluation is due, and how long that took is learnt", async () => {
    const done = campaign("ok", {
      updatedAt: "2026-11-24T10:00:00.100Z",
      reach: { ...campaign("ok").reach, evaluatedAt: "2026-11-24T10:00:00.700Z" },
    });
    const { end, told, purposes } = await wait({
      expectation: {
        ...WRITTEN,
        previous: { ...WRITTEN.previous, updatedAt: "2026-11-24T09:00:00Z" },
      },
      first: campaign("pending"),
      look: shows(done),
      timeoutMs: 60_000,
    });
    expect(end.confirmed).toBe(true);
    expect(told).toEqual(["watched from 40", "pending", "learnt 600"]);
    expect(purposes).toEqual([{ kind: "poll", by: 60_000 }]);
  });

  test("without any time to wait is a time-out, not an unreadable campaign", async () => {
    const first = campaign("pending");
    const { end, at } = await wait({ expectation: WRITTEN, first, look: shows(first), timeoutMs: 0 });
    expect(end).toMatchObject({ confirmed: false, reason: "timeout" });
    expect(at).toBe(0);
  });

  test("that shows other audiences, and then cannot be read to the end, is unreadable", async () => {
    const first = campaign("ok", { audience: binding([5]) });
    const look: Look = () => Promise.reject(new NetworkError("No answer."));
    const { end } = await wait({ expectation: WRITTEN, first, look, timeoutMs: 5_000 });
    expect(end).toMatchObject({ confirmed: false, reason: "unreadable" });
  });
});

describe("a campaign that was not written", () => {
  test("is looked at in growing pauses, and teaches nothing", async () => {
    const looks: Campaign[] = [campaign("pending"), campaign("idle"), campaign("ok")];
    const { end, told, at } = await wait({
      expectation: IN_SYNC,
      first: campaign("pending"),
      look: () => Promise.resolve(looks.shift() ?? campaign("ok")),
      timeoutMs: 60_000,
    });
    expect(end.confirmed).toBe(true);
    expect(told).toEqual(["pending", "idle"]);
    expect(at).toBe(150 + 225 + 337.5);
  });

  test.each([
    ["ok", "not-proven", 2_000],
    ["ok", "not-proven", 600_000],
    ["failed", "evaluation-failed", 2_000],
  ])(
    "and was changed after its evaluation is never confirmed: %s is %s",
    async (status, reason, timeoutMs) => {
      const { end, at } = await wait({
        expectation: IN_SYNC,
        first: edited(status),
        look: shows(edited(status)),
        timeoutMs,
      });
      expect(end).toMatchObject({ confirmed: false, reason });
      expect(at).toBe(timeoutMs);
    },
  );

  test("and failed a moment after an edit has failed after ten seconds, counted from the first look", async () => {
    const { end, at } = await wait({
      expectation: IN_SYNC,
      first: edited("failed"),
      look: shows(edited("failed")),
      timeoutMs: 600_000,
    });
    expect(end).toMatchObject({ confirmed: false, reason: "evaluation-failed" });
    expect(at).toBeGreaterThanOrEqual(10_000);
    expect(at).toBeLessThan(20_000);
  });

  test("is confirmed by an evaluation that is seen to end after its change", async () => {
    const evaluated = { ...campaign("ok").reach, evaluatedAt: "2026-11-24T10:00:01Z" };
    const { end } = await wait({
      expectation: IN_SYNC,
      first: edited("ok"),
      look: shows({ ...edited("ok"), reach: evaluated }),
      timeoutMs: 600_000,
    });
    expect(end.confirmed).toBe(true);
  });
});

describe("what was seen last decides what is said at the end", () => {
  test.each<[string, Partial<Campaign["reach"]>, Expectation, string]>([
    ["an ok that nothing proves, after a write", {}, WRITTEN, "not-proven"],
    ["an ok that nothing proves, without one", { evaluatedAt: null, isStale: null }, IN_SYNC, "not-proven"],
    ["a stale ok", { isStale: true }, WRITTEN, "timeout"],
    ["idle", { status: "idle" }, WRITTEN, "timeout"],
    ["pending", { status: "pending" }, IN_SYNC, "timeout"],
    ["a word of a newer API", { status: "queued" }, IN_SYNC, "timeout"],
  ])("%s", async (_, reach, expectation, reason) => {
    const shown = campaign("ok", { reach: { ...campaign("ok").reach, ...reach } });
    const { end } = await wait({ expectation, first: shown, look: shows(shown), timeoutMs: 2_000 });
    expect(end).toMatchObject({ confirmed: false, reason });
  });

  test("a failure that may be of before the write is not called the evaluation's", async () => {
    const failed = campaign("failed");
    const expectation = { ...WRITTEN, previous: { ...failed, audience: binding([1]) } };
    const { end } = await wait({ expectation, first: failed, look: shows(failed), timeoutMs: 2_000 });
    expect(end).toMatchObject({ confirmed: false, reason: "not-proven" });
  });
});

test("an older evaluation that ends after the write is waited out, and the next one is confirmed", async () => {
  const ended = (evaluatedAt: string, evaluatedCount: number) =>
    campaign("ok", {
      updatedAt: "2026-11-24T10:00:00.100Z",
      reach: { status: "ok", evaluatedCount, evaluatedAt, isStale: false },
    });
  const old = ended("2026-11-24T10:00:01.000Z", 18_432);
  const pending = { ...campaign("pending"), updatedAt: old.updatedAt };
  const looks = [old, old, pending, ended("2026-11-24T10:00:04.000Z", 4_242)];
  const { end } = await wait({
    expectation: { ...WRITTEN, previous: campaign("pending", { audience: binding([1]) }), readBack: pending },
    first: pending,
    look: () => Promise.resolve(looks.shift() ?? old),
    timeoutMs: 60_000,
  });
  expect(end).toMatchObject({ confirmed: true, live: { reach: { evaluatedCount: 4_242 } } });
});

test("a write of an earlier run is looked at as one that was not written, and teaches nothing", async () => {
  const done = campaign("ok", { reach: { ...campaign("ok").reach, evaluatedAt: "2026-11-24T10:00:09Z" } });
  const expectation = { ...WRITTEN, answeredAt: null };
  const { end, told } = await wait({
    ...{ expectation, first: campaign("pending"), look: shows(done), timeoutMs: 60_000 },
  });
  expect(end.confirmed).toBe(true);
  expect(told).toEqual(["pending"]);
});

describe("a look that gets no answer", () => {
  test.each([
    ["ends with the time there is", 60_000, 60_000],
    ["has five seconds when it is the last one", 1_000, 6_000],
  ])("%s, and says what was seen, since it may just have stood in line", async (_, timeoutMs, until) => {
    const { end, at } = await wait({
      expectation: WRITTEN,
      first: campaign("pending"),
      look: hangs,
      timeoutMs,
    });
    expect(end).toMatchObject({
      confirmed: false,
      reason: "timeout",
      live: { reach: { status: "pending" } },
    });
    expect(at).toBe(until);
  });

  test("that was read last before others failed is unreadable, also when the very last one is too late", async () => {
    let looks = 0;
    const look: Look = (signal) => {
      looks += 1;
      return looks < 3 ? Promise.reject(new NetworkError("No answer.")) : hangs(signal);
    };
    const { end } = await wait({ expectation: WRITTEN, first: campaign("pending"), look, timeoutMs: 4_000 });
    expect(end).toMatchObject({ confirmed: false, reason: "unreadable" });
  });

  test("but a time-out of the API itself, with time left, is a read that failed", async () => {
    const look: Look = () => Promise.reject(new TimeoutError("No answer within 10 s."));
    const { end } = await wait({ expectation: WRITTEN, first: campaign("pending"), look, timeoutMs: 4_000 });
    expect(end).toMatchObject({ confirmed: false, reason: "unreadable" });
  });
});
