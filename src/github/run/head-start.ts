import type { RunContext } from "./model.ts";

/** Far more than lies between a campaign's last read and its write. */
const STEP_MS = 2_000;

/**
 * How long this run lets others go first before it writes, in milliseconds: 0 for the run of a push. One that was started
 * by hand, by a schedule or again may run beside that of the push, and at the very same moment: each would read a campaign
 * before the other has written it, and both would write. Runs that follow each other wait for different times.
 */
export function headStartFor({ trigger, attempt, runNumber }: RunContext): number {
  if (trigger.kind === "push" && attempt === 1) return 0;
  return STEP_MS * (1 + (runNumber % 3));
}
