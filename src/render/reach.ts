import type { Reach, ReachResult, UnconfirmedReason } from "../domain.ts";
import { countText, differenceText, timeText } from "./figures.ts";

/** Reach in words; the count only when it may be used (API sheet, 7: only `ok`, and not stale). */
export function reachWords(reach: Reach): string {
  switch (reach.status) {
    case "ok":
      return evaluatedWords(reach);
    case "idle":
      return "not evaluated yet";
    case "pending":
      return "evaluation pending";
    case "failed":
      return "evaluation failed, no count";
    case "unknown":
      return "not known";
    default:
      return `status "${reach.status}", no count`;
  }
}

function evaluatedWords(reach: Reach): string {
  const time = reach.evaluatedAt === null ? "" : ` ${timeText(reach.evaluatedAt)}`;
  if (reach.isStale === true)
    return `stale, no count (last evaluated${time === "" ? " at an unknown time" : time})`;
  if (reach.evaluatedCount === null) return `evaluated${time}, without a count`;
  return `${countText(reach.evaluatedCount)}, evaluated${time === "" ? " at an unknown time" : time}`;
}

const UNCONFIRMED_WORDS: Readonly<Record<UnconfirmedReason, string>> = {
  "evaluation-failed": "the evaluation failed",
  timeout: "the evaluation did not end in time",
  "live-differs": "the live audiences are not those of the file, see campaignctl plan",
  interrupted: "the run was interrupted",
  unreadable: "the campaign could not be read any more",
  stopped: "the run stopped because the API refused the credentials",
};

/** Why reach is not confirmed, in words. */
export function unconfirmedWords(reason: UnconfirmedReason): string {
  return UNCONFIRMED_WORDS[reason];
}

/** From the count before to the count now, with the difference: `18,432 -> 4,242 (-14,190, -77.0%)`. */
export function reachChangeWords(previousCount: number | null, count: number | null): string {
  if (count === null) return "evaluated, without a count";
  if (previousCount === null) return `${countText(count)} (count before not known)`;
  return `${countText(previousCount)} -> ${countText(count)} (${differenceText(previousCount, count)})`;
}

/** Reach at the end of a run: confirmed and how it moved, or not confirmed and why. */
export function reachResultWords(
  reach: ReachResult | null,
  wait: { readonly waited: boolean; readonly unconfirmedReason: UnconfirmedReason | null },
): string {
  if (reach?.confirmed === true) return reachChangeWords(reach.previousCount, reach.evaluatedCount);
  const before =
    reach === null || reach.previousCount === null ? "" : `; ${countText(reach.previousCount)} before`;
  const last = reach === null ? "not known" : reachWords(reach);
  if (!wait.waited) return `${last}; not waited for${before}`;
  const why = wait.unconfirmedReason === null ? "no reason given" : unconfirmedWords(wait.unconfirmedReason);
  return `NOT CONFIRMED: ${why} (last seen: ${last}${before})`;
}
