import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../domain/ports.ts";

/** The real clock. A sleep keeps the process alive and ends early, with the signal's reason, on abort. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      // A moment that has gone by gives less than 0, which Node 24 warns of on stderr, amid the live lines.
      await delay(Math.max(0, ms), undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
