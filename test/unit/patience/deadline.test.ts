import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { InterruptedError, TimeoutError } from "../../../src/domain/errors.ts";
import { withDeadline, withGrace } from "../../../src/patience/deadline.ts";
import { type FakeClock, fakeClock } from "../../support/api/fake-api.ts";

const NEVER = new AbortController().signal;
const interrupted = new InterruptedError("SIGINT");

/** Work that ends when it is told to, with the reason and the moment. */
function untilAborted(clock: FakeClock) {
  return (signal: AbortSignal) =>
    new Promise<{ readonly reason: unknown; readonly at: number }>((resolve) => {
      const end = () => resolve({ reason: signal.reason, at: clock.monotonic() });
      if (signal.aborted) end();
      else signal.addEventListener("abort", end);
    });
}

describe("a deadline", () => {
  test("ends work that takes too long, as a time-out", async () => {
    const clock = fakeClock();
    const { reason, at } = await withDeadline(5_000, clock, NEVER, untilAborted(clock));
    expect(at).toBe(5_000);
    expect(reason).toEqual(new TimeoutError("No answer came within the time to wait."));
  });

  test("ends work at once when the run is interrupted, and says so", async () => {
    const clock = fakeClock();
    const stop = new AbortController();
    const work = withDeadline(5_000, clock, stop.signal, untilAborted(clock));
    stop.abort(interrupted);
    expect(await work).toEqual({ reason: interrupted, at: 0 });
  });

  test.each(["done", "failed"])("is forgotten once the work is %s", async (end) => {
    const clock = fakeClock();
    let late: AbortSignal = NEVER;
    const work = withDeadline(5_000, clock, NEVER, async (signal) => {
      late = signal;
      if (end === "failed") throw interrupted;
      return end;
    });
    await (end === "failed" ? expect(work).rejects.toBe(interrupted) : expect(work).resolves.toBe(end));
    await clock.sleep(9_000);
    expect(late.aborted).toBe(false);
  });
});

describe("a grace", () => {
  test.each(["before", "during"])("leaves work that is interrupted %s it so much time", async (moment) => {
    const clock = fakeClock();
    const stop = new AbortController();
    if (moment === "before") stop.abort(interrupted);
    const work = withGrace(10_000, clock, stop.signal, untilAborted(clock));
    await clock.sleep(3_000);
    const from = moment === "before" ? 0 : 3_000;
    stop.abort(interrupted);
    expect(await work).toEqual({ reason: interrupted, at: from + 10_000 });
  });

  test("does not begin before the run is interrupted", async () => {
    const clock = fakeClock();
    let late: AbortSignal = NEVER;
    await withGrace(10_000, clock, NEVER, async (signal) => {
      late = signal;
      await clock.sleep(60_000);
    });
    expect(late.aborted).toBe(false);
  });

  test("ends with the work: an interruption after it starts no timer", async () => {
    const clock = fakeClock();
    const stop = new AbortController();
    await withGrace(10_000, clock, stop.signal, async () => "done");
    stop.abort(interrupted);
    expect(clock.slept).toEqual([]);
  });

  test("leaves nothing behind at the run's signal, which outlives thousands of campaigns", async () => {
    const { signal } = new AbortController();
    await withGrace(10_000, fakeClock(), signal, async () => "done");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("is forgotten once the work of an interrupted run is done", async () => {
    const clock = fakeClock();
    let late: AbortSignal = NEVER;
    await withGrace(10_000, clock, AbortSignal.abort(interrupted), async (signal) => {
      late = signal;
    });
    await clock.sleep(20_000);
    expect(late.aborted).toBe(false);
  });
});
