import { whenAborted } from "../patience/aborts.ts";

/**
 * Who goes first when the way is narrow. What is at the `front` was stopped half-way; then a campaign that has begun is
 * carried to its end: its write, the look at its write, its guard read; then reads for a plan; a poll can always wait, and
 * a size decides nothing.
 */
export type Rank = (typeof RANKS)[number];

const RANKS = ["front", "write", "verify", "guard", "read", "poll", "size"] as const;

/** Who asks for a turn. One that was refused for rate goes before the others of its rank. */
export type Turn = {
  readonly rank: Rank;
  readonly as: "first" | "again";
  readonly signal: AbortSignal | undefined;
  /** Monotonic milliseconds by which it must have had its turn, to be of use. */
  readonly by: number | null;
};

/** One that waits. `go` gives it its turn, and says how many milliseconds the others wait because of it. */
type Waiter = { readonly by: number | null; readonly rank: Rank; go(interval: number): void };

/** A poll that must have its turn within so many milliseconds goes before everything but a write. */
const URGENT_MS = 2_000;

/** Everybody who waits for a turn. */
export type Line = {
  size(): number;
  /** One that is aborted leaves the line by itself. */
  join(turn: Turn, onTurn: (interval: number) => void, onAborted: (reason: unknown) => void): void;
  /** Whose turn is next; it stays in line until it goes. */
  next(now: number): Waiter | undefined;
};

type Queue = { readonly again: Set<Waiter>; readonly first: Set<Waiter> };

/** A line in which nobody stands. */
export function createLine(): Line {
  const queues: Readonly<Record<Rank, Queue>> = {
    front: emptyQueue(),
    write: emptyQueue(),
    verify: emptyQueue(),
    guard: emptyQueue(),
    read: emptyQueue(),
    poll: emptyQueue(),
    size: emptyQueue(),
  };
  const urgency = watchUrgency(queues.poll);
  let waiting = 0;
  return {
    size: () => waiting,
    join({ rank, as, signal, by }, onTurn, onAborted) {
      const queue = queues[rank][as];
      const leave = (): void => {
        waiting -= 1;
        queue.delete(waiter);
        stay();
      };
      const stay = whenAborted(signal, () => {
        leave();
        onAborted(signal?.reason);
      });
      const go = (interval: number): void => {
        leave();
        onTurn(interval);
      };
      const waiter: Waiter = { rank, by, go };
      waiting += 1;
      queue.add(waiter);
      if (rank === "poll") urgency.joined(waiter);
    },
    next(now) {
      const first = headOf(queues.front) ?? headOf(queues.write) ?? urgency.most(now);
      if (first !== undefined) return first;
      for (const rank of RANKS) {
        const head = headOf(queues[rank]);
        if (head !== undefined) return head;
      }
      return undefined;
    },
  };
}

function emptyQueue(): Queue {
  return { again: new Set(), first: new Set() };
}

function headOf({ again, first }: Queue): Waiter | undefined {
  const [head] = again.size > 0 ? again : first;
  return head;
}

/** Finds the poll that must have its turn soonest, and looks through all of them only when one may be urgent. */
function watchUrgency(polls: Queue) {
  let nothingBefore = Number.POSITIVE_INFINITY;
  const dueAt = ({ by }: Waiter): number => (by ?? Number.POSITIVE_INFINITY) - URGENT_MS;
  return {
    joined(poll: Waiter): void {
      nothingBefore = Math.min(nothingBefore, dueAt(poll));
    },
    most(now: number): Waiter | undefined {
      if (now < nothingBefore) return undefined;
      let most: Waiter | undefined;
      for (const poll of [...polls.again, ...polls.first]) {
        if (most === undefined || dueAt(poll) < dueAt(most)) most = poll;
      }
      nothingBefore = most === undefined ? Number.POSITIVE_INFINITY : dueAt(most);
      return now < nothingBefore ? undefined : most;
    },
  };
}
