import type { ExpectedReach, ReachVerdict } from "./expected-reach.ts";

/** Whether reach shrinks by more than so many percent. */
export function reachDecrease({ min, max, before }: ExpectedReach, percent: number): ReachVerdict {
  if (before === null) return "possible";
  const least = before * (100 - percent);
  if (max !== null && max * 100 < least) return "broken";
  return min !== null && min * 100 >= least ? "held" : "possible";
}
