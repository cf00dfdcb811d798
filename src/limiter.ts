/** `soon`: first come, first served. `late`: only when nobody waits for `soon`. */
export type Rank = "soon" | "late";

/** Lets a fixed number of tasks run at a time. */
export type Limiter = {
  /** Runs the task when its turn comes. The signal ends the wait for the turn, not the task. */
  run<T>(task: () => Promise<T>, signal?: AbortSignal, rank?: Rank): Promise<T>;
};

/** @param slots how many tasks may run at a time, at least 1. */
export function createLimiter(slots: number): Limiter {
  let free = slots;
  // A Set keeps insertion order and forgets an aborted waiter in constant time.
  const waiting = { soon: new Set<() => void>(), late: new Set<() => void>() };

  const release = (): void => {
    const line = waiting.soon.size > 0 ? waiting.soon : waiting.late;
    const [next] = line;
    if (next === undefined) free += 1;
    else {
      line.delete(next);
      next();
    }
  };
  const acquire = (signal: AbortSignal | undefined, rank: Rank): Promise<void> | undefined => {
    signal?.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return undefined;
    }
    return waitForTurn(waiting[rank], signal);
  };
  return {
    async run(task, signal, rank = "soon") {
      await acquire(signal, rank);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}

function waitForTurn(waiting: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      waiting.delete(onTurn);
      reject(signal?.reason);
    };
    const onTurn = (): void => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    };
    waiting.add(onTurn);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
