import { createLimiter } from "../limiter.ts";

/** So many writes at a time, until nobody may write any more. */
export type Turns = {
  /** Does the work when its turn comes; `closed` when it did not come in time. */
  take<T>(work: () => Promise<T>): Promise<T | "closed">;
  /** Ends it for all who wait: the credentials were refused. */
  close(): void;
};

/** @param parallelism how many may have a turn at a time, at least 1. */
export function createTurns(parallelism: number): Turns {
  const limiter = createLimiter(parallelism);
  let state: "open" | "closed" = "open";
  return {
    take: (work) => limiter.run(async () => (state === "closed" ? "closed" : work())),
    close() {
      state = "closed";
    },
  };
}
