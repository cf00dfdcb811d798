import { setMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { createEvaluationTimes, growingPause } from "../../../src/apply/evaluation-times.ts";
import { fakeClock } from "../../support/api/fake-api.ts";

const NEVER = new AbortController().signal;
const LONG = 600_000;

function begin() {
  const clock = fakeClock();
  return { clock, times: createEvaluationTimes(clock) };
}

describe("evaluation times", () => {
  it("looks at the first three often while nothing is known", async () => {
    const { clock, times } = begin();
    const watch = times.watch(0);
    const looks: number[] = [];
    for (let look = 1; look <= 3; look += 1) {
      await watch.sleepBefore(look, LONG, NEVER);
      looks.push(Math.round(clock.monotonic()));
    }
    expect(looks).toEqual([150, 375, 713]);
  });

  it("looks often at three campaigns, and not at a fourth", async () => {
    const { clock, times } = begin();
    const watches = [1, 2, 3, 4].map(() => times.watch(0));
    const at = watches.map((watch) => watch.sleepBefore(1, LONG, NEVER).then(() => clock.monotonic()));
    expect(await Promise.all(at)).toEqual([150, 150, 150, 1_500]);
  });

  it("lets those three keep their rhythm when one of them finds out", async () => {
    const { clock, times } = begin();
    const looked = times
      .watch(0)
      .sleepBefore(1, LONG, NEVER)
      .then(() => clock.monotonic());
    await clock.sleep(50);
    times.learn(500);
    expect(await looked).toBe(150);
  });

  it.each([
    [[5_000, 1_000, 4_000, 2_000, 3_000], 3_000],
    [[9_000, 400, 1_000], 1_000],
    [[1_000, 9_000, 400], 1_000],
    [[2_000], 2_000],
  ])("takes the median of %j for usual, in whatever order they came", async (seen, usual) => {
    const { clock, times } = begin();
    for (const ms of seen) times.learn(ms);
    await times.watch(0).sleepBefore(1, LONG, NEVER);
    expect(clock.monotonic()).toBe(usual * 1.02 + 5);
  });

  it("lets the others wait for what those find out, and then look when the usual time is over", async () => {
    const { clock, times } = begin();
    for (let scout = 0; scout < 3; scout += 1) times.watch(0);
    const early = times.watch(0);
    const late = times.watch(400);
    const looks: number[] = [];
    const waits = [early, late].map((watch) =>
      watch.sleepBefore(1, LONG, NEVER).then(() => looks.push(clock.monotonic())),
    );
    await clock.sleep(700);
    times.learn(500);
    await Promise.all(waits);
    expect(looks).toEqual([700, 400 + 500 * 1.02 + 5]);
  });

  it("does not let news hurry a look that comes after one that was too early", async () => {
    const { clock, times } = begin();
    for (let scout = 0; scout < 3; scout += 1) times.watch(0);
    const watch = times.watch(0);
    times.learn(1_000);
    await watch.sleepBefore(1, LONG, NEVER);
    const second = watch.sleepBefore(2, LONG, NEVER).then(() => clock.monotonic());
    await clock.sleep(50);
    times.learn(1_000);
    expect(await second).toBe(1_025 + 375);
  });

  it("ends with the signal's reason also where news came in the same moment", async () => {
    const { times } = begin();
    const stop = new AbortController();
    for (let scout = 0; scout < 3; scout += 1) times.watch(0);
    const other = times.watch(0).sleepBefore(1, LONG, stop.signal);
    stop.abort(new Error("stopped"));
    times.learn(500);
    await expect(other).rejects.toThrow("stopped");
  });

  it("does not wait for ever for the first ones", async () => {
    const { clock, times } = begin();
    for (let scout = 0; scout < 3; scout += 1) times.watch(0);
    await times.watch(0).sleepBefore(1, LONG, NEVER);
    expect(clock.monotonic()).toBe(1_500);
  });

  it("starts at the median of what was seen, and goes on in growing pauses after a look that was too early", async () => {
    const { clock, times } = begin();
    for (const ms of [9_000, 1_000, 400]) times.learn(ms);
    const watch = times.watch(0);
    await watch.sleepBefore(1, LONG, NEVER);
    expect(clock.monotonic()).toBe(1_025);
    await watch.sleepBefore(2, LONG, NEVER);
    expect(clock.monotonic()).toBe(1_025 + 375);
  });

  it("never sleeps longer than it may", async () => {
    const { clock, times } = begin();
    times.learn(5_000);
    await times.watch(0).sleepBefore(1, 40, NEVER);
    expect(clock.monotonic()).toBe(40);
  });

  it("ends with the signal's reason, known or not", async () => {
    const { times } = begin();
    const stop = new AbortController();
    const scout = times.watch(0).sleepBefore(1, LONG, stop.signal);
    for (let more = 0; more < 2; more += 1) times.watch(0);
    const other = times.watch(0).sleepBefore(1, LONG, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(scout).rejects.toThrow("stopped");
    await expect(other).rejects.toThrow("stopped");
  });

  it("lets many campaigns wait without a warning of too many listeners", async () => {
    const { times } = begin();
    const { signal } = new AbortController();
    setMaxListeners(0, signal);
    const warnings: string[] = [];
    const onWarning = ({ message }: Error) => warnings.push(message);
    process.on("warning", onWarning);
    const waits = Array.from({ length: 50 }, () => times.watch(0).sleepBefore(1, LONG, signal));
    times.learn(500);
    await Promise.all(waits);
    // A warning is told in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });

  it("pauses never over ten seconds", () => {
    expect([1, 2, 3, 40].map((look) => growingPause(look))).toEqual([150, 225, 337.5, 10_000]);
  });
});
