import type { Clock } from "../ports.ts";
import { createPace } from "./pace.ts";

/** Who goes first when the way is narrow: a write, so that what was read for it is fresh; a poll can always wait. */
export type Rank = (typeof RANKS)[number];

const RANKS = ["write", "read", "verify", "poll"] as const;

/** When a request may go. All requests of a run share one. */
export type Pacer = {
  /**
   * Runs the task when its turn has come: the first of its rank, with a slot free and at the learned pace. The signal
   * ends the wait for the turn, not the task.
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

/** Who asks for a turn. One that was refused for rate goes before the others of its rank. */
type Turn = {
  readonly rank: Rank;
  readonly as: "first" | "again";
  readonly signal: AbortSignal | undefined;
};

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
  let timer: "none" | "set" = "none";

  const sleepUntil = (time: number): void => {
    if (timer === "set") return;
    timer = "set";
    const wake = () => {
      timer = "none";
      pump();
    };
    void clock.sleep(time - clock.monotonic()).then(wake);
  };
  const pump = (): void => {
    while (inFlight < pace.inFlight() && line.size() > 0) {
      const now = clock.monotonic();
      if (now < earliest) {
        sleepUntil(earliest);
        return;
      }
      const usual = pace.intervalMs(now);
      const interval = usual * (1 + LAST.slower * Math.max(0, 1 - (line.size() * usual) / LAST.ms));
      const slack = interval < CATCH_UP.ms ? CATCH_UP.ms : interval * CATCH_UP.part;
      earliest = interval === 0 ? now : Math.max(earliest + interval, now + interval - slack);
      inFlight += 1;
      line.next()?.();
    }
  };
  return {
    async run(task, turn) {
      turn.signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
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
          // Not at once: who was answered may ask for the next turn of its campaign, a write before all who wait.
          setImmediate(pump);
        } else {
          earliest = clock.monotonic();
          pump();
        }
      }
    },
    accepted: pace.accepted,
    refused: (sentAt) => pace.refused(sentAt, clock.monotonic()),
  };
}

/** Everybody who waits, by rank; an aborted one is forgotten in constant time. */
function createLine() {
  const queues = new Map(
    RANKS.map((rank) => [rank, { again: new Set<() => void>(), first: new Set<() => void>() }]),
  );
  let waiting = 0;
  return {
    size: () => waiting,
    join({ rank, as, signal }: Turn, onTurn: () => void, onAborted: (reason: unknown) => void): void {
      const queue = queues.get(rank)?.[as];
      const leave = (): void => {
        waiting -= 1;
        queue?.delete(go);
        signal?.removeEventListener("abort", abort);
      };
      const go = (): void => {
        leave();
        onTurn();
      };
      const abort = (): void => {
        leave();
        onAborted(signal?.reason);
      };
      waiting += 1;
      queue?.add(go);
      signal?.addEventListener("abort", abort, { once: true });
    },
    next(): (() => void) | undefined {
      for (const { again, first } of queues.values()) {
        const [go] = again.size > 0 ? again : first;
        if (go !== undefined) return go;
      }
      return undefined;
    },
  };
}
