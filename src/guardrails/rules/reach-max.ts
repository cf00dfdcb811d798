import type { ExpectedReach, ReachVerdict } from "./expected-reach.ts";

/** Whether more people than `most` are reached. */
export function reachMax({ min, max }: ExpectedReach, most: number): ReachVerdict {
  if (min !== null && min > most) return "broken";
  return max !== null && max <= most ? "held" : "possible";
}
