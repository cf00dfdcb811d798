/** Lets a fixed number of tasks run at a time, first come, first served. */
export type Limiter = {
  /** Runs the task when its turn comes. */
  run<T>(task: () => Promise<T>): Promise<T>;
};

/** @param slots how many tasks may run at a time, at least 1. */
export function createLimiter(slots: number): Limiter {
  let free = slots;
  const waiting = new Set<() => void>();

  const release = (): void => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else {
      waiting.delete(next);
      next();
    }
  };
  return {
    async run(task) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.add(resolve));
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
