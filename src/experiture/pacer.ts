import type { Clock } from "../domain/ports.ts";
import { createPace } from "../patience/pace.ts";
import { createLine, type Turn } from "./line.ts";

/** When a request may go. All requests of a run share one. */
export type Pacer = {
  /**
   * Runs the task when its turn has come: the first in line, with a slot free and at the learned pace. The signal ends
   * the wait for the turn, not the task.
   *
   * @param task is given what to call when it really sends. A turn that sends nothing holds up nobody.
   */
  run<T>(task: (sends: () => SentAt) => Promise<T>, turn: Turn): Promise<T>;
  /** The request was answered and not refused for rate. */
  accepted(sentAt: SentAt): void;
  /** The request was refused for rate. Only this one waits; the pace of all changes. */
  refused(sentAt: SentAt): void;
};

/** When a request went out, in monotonic milliseconds. */
export type SentAt = number;

/** A timer comes late. The next turn may come as much earlier, but where the interval is long only by a part of it. */
const CATCH_UP = { part: 0.1, ms: 4 } as const;

/** With so little left in line a refusal would keep the whole run waiting: the last go ever slower, up to this part. */
const LAST = { ms: 900, slower: 0.6 } as const;

/** @param parallelism most requests in flight, at least 1. */
export function createPacer(parallelism: number, clock: Clock): Pacer {
  const pace = createPace(parallelism);
  const line = createLine();
  let inFlight = 0;
  let earliest = 0;
  const alarm = createAlarm(clock, () => pump());
  const pump = (): void => {
    while (inFlight < pace.inFlight()) {
      const now = clock.monotonic();
      const next = line.next(now);
      if (next === undefined) return;
      // A write goes ahead of a slow pace rather than on an old read. The pace is kept by those who come after it.
      const dueAt = next.rank === "write" ? Math.min(earliest, next.by ?? earliest) : earliest;
      if (now < dueAt) {
        alarm.setFor(dueAt);
        return;
      }
      const interval = intervalFor(line.size(), pace.intervalMs(now));
      const slack = interval < CATCH_UP.ms ? CATCH_UP.ms : interval * CATCH_UP.part;
      earliest = interval === 0 ? now : Math.max(earliest + interval, now + interval - slack);
      inFlight += 1;
      next.go(interval);
    }
  };
  return {
    async run(task, turn) {
      turn.signal?.throwIfAborted();
      const interval = await new Promise<number>((resolve, reject) => {
        line.join(turn, resolve, reject);
        pump();
      });
      let isSent = false;
      try {
        return await task(() => {
          isSent = true;
          return clock.monotonic();
        });
      } finally {
        inFlight -= 1;
        if (isSent) {
          // Not at once: who was answered may ask for the next turn of its campaign, before all who wait.
          setImmediate(pump);
        } else {
          earliest = Math.max(clock.monotonic(), earliest - interval);
          pump();
        }
      }
    },
    accepted: pace.accepted,
    refused: (sentAt) => pace.refused(sentAt, clock.monotonic()),
  };
}

/** Rings at the earliest moment that it was set for. */
function createAlarm(clock: Clock, ring: () => void): { setFor(time: number): void } {
  let next = Number.POSITIVE_INFINITY;
  return {
    setFor(time) {
      if (next <= time) return;
      next = time;
      void clock.sleep(time - clock.monotonic()).then(() => {
        if (next === time) next = Number.POSITIVE_INFINITY;
        ring();
      });
    },
  };
}

/** With few in line it grows; see {@link LAST}. */
function intervalFor(waiting: number, usual: number): number {
  return usual * (1 + LAST.slower * Math.max(0, 1 - (waiting * usual) / LAST.ms));
}
