import { describe, expect, test } from "vitest";
import type { Expectation } from "../../../src/apply/evaluation.ts";
import type { EvaluationTimes } from "../../../src/apply/evaluation-times.ts";
import { waitForReach } from "../../../src/apply/wait-for-reach.ts";
import type { Campaign } from "../../../src/domain.ts";
import { NetworkError } from "../../../src/errors.ts";
import { binding, campaignId } from "../../support/bindings.ts";
import { type FakeClock, fakeClock } from "../../support/fake-api.ts";

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
    repeatedAudienceIds: [],
    reach: { status, evaluatedCount: 7, evaluatedAt: "2026-11-24T09:00:00Z", isStale: false },
    updatedAt: null,
    serverTime: null,
    ...change,
  };
}

/** Settled, but somebody edited it a second ago by the server's clock, which stands still. */
const edited = (status: string) => campaign(status, { updatedAt: "2026-11-24T09:59:59Z", serverTime: START });

const WRITTEN: Expectation = {
  kind: "written",
  after: AFTER,
  previous: campaign("ok", { audience: binding([1]) }),
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
    () => timeoutMs,
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
    expect(purposes).toEqual(["poll"]);
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
    ["ok", { confirmed: true, reason: null }],
    ["failed", { confirmed: false, reason: "evaluation-failed" }],
  ])("and was edited a moment ago has settled for %s when the time is over", async (status, expected) => {
    const { end, at } = await wait({
      expectation: IN_SYNC,
      first: edited(status),
      look: shows(edited(status)),
      timeoutMs: 2_000,
    });
    expect(end).toMatchObject(expected);
    expect(at).toBe(2_000);
  });

  test("and was edited a moment ago has settled after ten seconds, counted from the first look", async () => {
    const { end, at } = await wait({
      expectation: IN_SYNC,
      first: edited("ok"),
      look: shows(edited("ok")),
      timeoutMs: 600_000,
    });
    expect(end.confirmed).toBe(true);
    expect(at).toBeGreaterThanOrEqual(10_000);
    expect(at).toBeLessThan(20_000);
  });
});

describe("a look that gets no answer", () => {
  test.each([
    ["ends with the time there is", 60_000, 60_000],
    ["has five seconds when it is the last one", 1_000, 6_000],
  ])("%s", async (_, timeoutMs, until) => {
    const { end, at } = await wait({
      expectation: WRITTEN,
      first: campaign("pending"),
      look: hangs,
      timeoutMs,
    });
    expect(end).toMatchObject({ confirmed: false, reason: "unreadable" });
    expect(at).toBe(until);
  });
});
