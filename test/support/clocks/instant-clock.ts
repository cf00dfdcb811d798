import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../../src/domain/ports.ts";

/** A clock whose sleeps take no time but move it on, and are written down. */
export type InstantClock = Clock & {
  readonly slept: readonly number[];
  /** Moves both clocks on. */
  advance(ms: number): void;
  /** Moves only the wall clock, as a person or NTP would. */
  setWall(ms: number): void;
};

export function createInstantClock(start = Date.UTC(2026, 10, 23, 10)): InstantClock {
  let passed = 0;
  let wall = start;
  const slept: number[] = [];
  const advance = (ms: number): void => {
    passed += ms;
    wall += ms;
  };
  return {
    slept,
    advance,
    setWall: (ms) => {
      wall = ms;
    },
    now: () => wall,
    monotonic: () => passed,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      const until = passed + ms;
      await turn();
      signal?.throwIfAborted();
      if (passed < until) advance(until - passed);
    },
  };
}
