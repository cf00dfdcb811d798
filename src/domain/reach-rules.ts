import type { ApplyResult, Campaign, Reach, Report } from "./model.ts";

/** What one read of a campaign showed, as far as times and reach go. */
export type Shown = Pick<Campaign, "reach" | "updatedAt" | "serverTime">;

/** Whether an evaluation is shown as ended well and current. Of which audiences it is, that does not say. */
export function isEvaluated({ status, isStale }: Reach): boolean {
  return status === "ok" && isStale !== true;
}

/** The count that may be shown as reach: only when evaluated and not stale (API sheet, 18: 14). */
export function usableCount(reach: Reach): number | null {
  return isEvaluated(reach) ? reach.evaluatedCount : null;
}

/**
 * The count that surely is of the audiences as they were read: by the campaign's own times, and not by `isStale` alone
 * where these are known. After an edit of anything else, the name too, it is not sure any more.
 */
export function countOfThese(shown: Shown): number | null {
  return isOfThese(shown) ? usableCount(shown.reach) : null;
}

/**
 * Whether the campaign's own times prove that an evaluation that is shown is of the audiences beside it. One that ended
 * after the last change may have begun before it: then another follows within some seconds. Where a time is missing, a
 * plain "not stale" is taken.
 */
export function isOfThese(shown: Shown): boolean {
  const [evaluated, updated] = [timeOf(shown.reach.evaluatedAt), timeOf(shown.updatedAt)];
  if (evaluated >= updated) return isLongAgo(shown, evaluated);
  if (evaluated < updated) return false;
  return shown.reach.isStale === false && !isEditedJustNow(shown);
}

/** A `Date` header has whole seconds: the moment it names lies within one. */
export const DATE_RESOLUTION_MS = 1000;

/** How long after a change an evaluation of before it may still be shown. */
const RECENT_MS = 10_000;

/** A moment from the future, by the `Date` header, is not: two clocks that differ prove nothing. */
export function isLongAgo({ serverTime }: Pick<Shown, "serverTime">, moment: number): boolean {
  return (serverTime ?? Number.NaN) - moment >= RECENT_MS;
}

/** Edited within the last seconds, and not evaluated since: what is shown may be of before the edit. */
export function isEditedJustNow({ reach, updatedAt, serverTime }: Shown): boolean {
  const updated = timeOf(updatedAt);
  // An edit from the future tells of two clocks, not of a recent edit. `Date` is cut to the second.
  const age = (serverTime ?? Number.NaN) - updated;
  return age > -DATE_RESOLUTION_MS && age < RECENT_MS && !(timeOf(reach.evaluatedAt) >= updated);
}

/** ISO 8601 to milliseconds since the epoch; NaN, which no comparison holds for, when absent or not a date. */
export function timeOf(text: string | null): number {
  return Date.parse(text ?? "");
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
  const isWritten = result.outcome === "applied" || result.outcome === "restored";
  return kind === "wait-report" || isWritten || result.reach?.status === "pending";
}
