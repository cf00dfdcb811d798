import type { ExpectedReach, ReachVerdict } from "./expected-reach.ts";

/** Whether fewer people than `least` are reached. */
export function reachMin({ min, max }: ExpectedReach, least: number): ReachVerdict {
  if (max !== null && max < least) return "broken";
  return min !== null && min >= least ? "held" : "possible";
}
