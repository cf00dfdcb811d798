import type { Clock } from "../../../src/domain/ports.ts";

const START = Date.parse("2026-11-24T10:00:00.000Z");

type Sleeper = { readonly at: number; readonly owner: number; readonly wake: () => void };

/** A clock that moves only when the explorer moves it, and that knows which run sleeps until when. */
export type SteppedClock = {
  time(): number;
  advance(ms: number): void;
  /** The clock of one run. */
  of(owner: number): Clock;
  /** Who wakes next. */
  next(): Sleeper | null;
  /** Goes on to the moment at which the next sleeper wakes, and wakes it. */
  wakeNext(): void;
  /** Until when who sleeps, in a few letters. */
  key(): string;
};

/** Begins at 0. */
export function steppedClock(): SteppedClock {
  const sleepers: Sleeper[] = [];
  let time = 0;
  const add = (sleeper: Sleeper): void => {
    const later = sleepers.findIndex(({ at }) => at > sleeper.at);
    sleepers.splice(later === -1 ? sleepers.length : later, 0, sleeper);
  };
  const remove = (sleeper: Sleeper): void => {
    const index = sleepers.indexOf(sleeper);
    if (index !== -1) sleepers.splice(index, 1);
  };
  return {
    time: () => time,
    advance(ms) {
      time += ms;
    },
    of: (owner) => ({
      now: () => START + time,
      monotonic: () => time,
      sleep: (ms, signal) =>
        new Promise<void>((resolve, reject) => {
          signal?.throwIfAborted();
          const onAbort = (): void => {
            remove(sleeper);
            reject(signal?.reason);
          };
          const wake = (): void => {
            signal?.removeEventListener("abort", onAbort);
            resolve();
          };
          const sleeper = { at: time + Math.max(1, ms), owner, wake };
          signal?.addEventListener("abort", onAbort, { once: true });
          add(sleeper);
        }),
    }),
    next: () => sleepers[0] ?? null,
    wakeNext() {
      const sleeper = sleepers.shift();
      if (sleeper === undefined) return;
      time = Math.max(time, sleeper.at);
      sleeper.wake();
    },
    key: () => sleepers.map(({ at, owner }) => `${owner}z${at}`).join(),
  };
}
