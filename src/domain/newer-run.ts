import type { ApplyResult } from "./model.ts";

/** Why a campaign was not attempted: the branch declares something else by now, and a newer run has that to do. */
export const SUPERSEDED = "superseded";

/** Why a campaign was not attempted: the branch has moved on, and nobody can tell here what it declares by now. */
export const BRANCH_MOVED = "branch-moved";

type Ended = Pick<ApplyResult, "outcome" | "reason">;

/** Whether the branch is known to declare something else of a campaign: then this is never to be written. */
export function isSuperseded({ outcome, reason }: Ended): boolean {
  return outcome === "not-attempted" && reason === SUPERSEDED;
}

/** Whether a campaign was left to a newer run: nothing is left to do for this one. */
export function isLeftToNewerRun({ outcome, reason }: Ended): boolean {
  return outcome === "not-attempted" && (reason === SUPERSEDED || reason === BRANCH_MOVED);
}
