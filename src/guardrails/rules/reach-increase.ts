import type { ExpectedReach, ReachVerdict } from "./expected-reach.ts";

/** Whether reach grows by more than so many percent. From nobody every increase is more. */
export function reachIncrease({ min, max, before }: ExpectedReach, percent: number): ReachVerdict {
  if (before === null) return "possible";
  const most = before * (100 + percent);
  if (min !== null && min * 100 > most) return "broken";
  return max !== null && max * 100 <= most ? "held" : "possible";
}
