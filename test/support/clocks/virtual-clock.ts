import type { Clock } from "../../../src/domain/ports.ts";

const START = Date.parse("2026-11-24T10:00:00.000Z");

/** More sleeps than that in one run and somebody is running in circles. */
const MOST_SLEEPS = 100_000;

type Sleeper = { readonly at: number; readonly wake: () => void };

/**
 * A clock that moves only when everybody sleeps, to the next moment at which somebody wants to be woken.
 *
 * @param shortestMs no sleep is shorter, as no timer of a real system is finer than a millisecond.
 * @param whenIdle calls when time may move on: after everything that is ready has run, so that all who are about to sleep
 * do.
 * @param mostSleeps for a run that is long for a reason.
 */
export function virtualClock(
  shortestMs = 1,
  whenIdle: (go: () => void) => void = (go) => void setImmediate(go),
  mostSleeps = MOST_SLEEPS,
): Clock {
  const sleepers = new Set<Sleeper>();
  let time = 0;
  let sleeps = 0;
  let scheduled = false;

  const wakeNext = (): void => {
    scheduled = false;
    let next: Sleeper | null = null;
    for (const sleeper of sleepers) if (next === null || sleeper.at < next.at) next = sleeper;
    if (next === null) return;
    sleepers.delete(next);
    time = next.at;
    next.wake();
    schedule();
  };
  const schedule = (): void => {
    if (scheduled || sleepers.size === 0) return;
    scheduled = true;
    whenIdle(wakeNext);
  };
  return {
    now: () => START + time,
    monotonic: () => time,
    sleep(ms, signal) {
      sleeps += 1;
      if (sleeps > mostSleeps) return Promise.reject(new Error("The run sleeps without end."));
      return new Promise<void>((resolve, reject) => {
        signal?.throwIfAborted();
        const onAbort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const wake = (): void => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        };
        const sleeper = { at: time + Math.max(shortestMs, ms), wake };
        signal?.addEventListener("abort", onAbort, { once: true });
        sleepers.add(sleeper);
        schedule();
      });
    },
  };
}
