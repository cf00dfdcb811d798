import type { ApplyResult } from "./domain.ts";

/** Why a campaign was not attempted: the branch declares something else by now, and a newer run has that to do. */
export const SUPERSEDED = "superseded";

/** Whether a campaign was left to a newer run. Then nothing is left to do for this one. */
export function isSuperseded({ outcome, reason }: Pick<ApplyResult, "outcome" | "reason">): boolean {
  return outcome === "not-attempted" && reason === SUPERSEDED;
}
