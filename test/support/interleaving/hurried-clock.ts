import type { Clock } from "../../../src/domain/ports.ts";

/** Longer than any pause that a run makes for others to go first, and shorter than any deadline. */
const PAUSE_MS = 10_000;
const HURRY = 100;

/** The machine's clock, but that pauses are over sooner, as if their whole time had passed. Deadlines stay as long as they are. */
export function createHurriedClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    monotonic: () => performance.now() + ahead,
    sleep(ms, signal) {
      const isPause = ms < PAUSE_MS;
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const over = () => {
          signal?.removeEventListener("abort", cut);
          if (isPause) ahead += Math.max(0, ms - ms / HURRY);
          resolve();
        };
        const timer = setTimeout(over, Math.max(0, isPause ? ms / HURRY : ms));
        const cut = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", cut, { once: true });
      });
    },
  };
}
