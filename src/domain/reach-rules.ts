import type { ApplyResult, Reach, Report } from "./model.ts";

/** Whether an evaluation is shown as ended well and current. Of which audiences it is, that does not say. */
export function isEvaluated({ status, isStale }: Reach): boolean {
  return status === "ok" && isStale !== true;
}

/** The count that may be shown as reach: only when evaluated and not stale (API sheet, 18: 14). */
export function usableCount(reach: Reach): number | null {
  return isEvaluated(reach) ? reach.evaluatedCount : null;
}

/** Whether an evaluation may run, be queued, or begin with a read: all but a settled result. */
export function mayBeUnderWay({ status, isStale }: Reach): boolean {
  return (status !== "ok" && status !== "failed") || isStale === true;
}

/** Whether a campaign was waited for in vain. */
export function isReachOpen({ waited, reach }: Pick<ApplyResult, "waited" | "reach">): boolean {
  return waited && reach?.confirmed !== true;
}

/**
 * Whether a campaign that was waited for in vain decides the exit code. Of an `apply` it does when it was written, or is
 * still `pending`: then repeating the run does not turn it into success. Else it is a warning.
 */
export function countsAsUnconfirmed(result: ApplyResult, kind: Report["kind"]): boolean {
  if (!isReachOpen(result)) return false;
  return kind === "wait-report" || result.outcome === "applied" || result.reach?.status === "pending";
}
