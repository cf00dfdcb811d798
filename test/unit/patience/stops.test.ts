import { expect, test } from "vitest";
import { AccessError, ApiError } from "../../../src/domain/errors.ts";
import { createStops } from "../../../src/patience/stops.ts";
import { createInstantClock } from "../../support/clocks/instant-clock.ts";

const FACTS = { status: 401, code: "A.B", method: "GET", path: "/campaigns", correlationId: null };
const access = new AccessError("No such client.", FACTS);
const limited = new ApiError("Slow down.", { ...FACTS, status: 429 });

function setUp() {
  const clock = createInstantClock();
  return { clock, stops: createStops(clock) };
}

/** A sleep that takes its time: it ends only when it is woken. */
const endless = { now: () => 0, monotonic: () => 0, sleep: sleepUntilAborted };

function sleepUntilAborted(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

test("nothing is stopped at first", () => {
  const { stops } = setUp();
  for (const lane of ["read", "write", "size", "clone"] as const) {
    expect(() => stops.throwIfStopped(lane)).not.toThrow();
  }
});

test("refused credentials stop every lane for good, and the first refusal is the one that is told", () => {
  const { clock, stops } = setUp();
  expect(stops.stopAll(access)).toBe(access);
  expect(stops.stopAll(new AccessError("Again.", FACTS))).toBe(access);
  clock.advance(3_600_000);
  expect(() => stops.throwIfStopped("read")).toThrow(access);
  expect(() => stops.throwIfStopped("write")).toThrow(access);
});

test("a refusal for rate stops its lane alone, until its time is over", () => {
  const { clock, stops } = setUp();
  stops.stopLane("write", 1_000, limited);
  expect(() => stops.throwIfStopped("write")).toThrow(limited);
  expect(() => stops.throwIfStopped("read")).not.toThrow();
  clock.advance(999);
  expect(() => stops.throwIfStopped("write")).toThrow(limited);
  clock.advance(1);
  expect(() => stops.throwIfStopped("write")).not.toThrow();
});

test("a repeat sleeps for its time, and not at all for none", async () => {
  const { clock, stops } = setUp();
  await stops.sleep(0, undefined);
  await stops.sleep(250, undefined);
  await stops.sleep(50, new AbortController().signal);
  expect(clock.slept).toEqual([250, 50]);
});

test.each([
  ["alone", undefined],
  ["beside a caller's own signal", new AbortController().signal],
])("a sleeper is woken when the run is stopped: %s", async (_, signal) => {
  const stops = createStops(endless);
  const sleeping = stops.sleep(60_000, signal);
  stops.stopAll(access);
  await expect(sleeping).rejects.toBe(access);
});

test("a sleeper is woken by its caller, with the caller's reason", async () => {
  const caller = new AbortController();
  const sleeping = createStops(endless).sleep(60_000, caller.signal);
  caller.abort(new Error("enough"));
  await expect(sleeping).rejects.toThrow("enough");
});
