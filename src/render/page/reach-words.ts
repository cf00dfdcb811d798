import type {
  ApplyResult,
  Bounds,
  Direction,
  Reach,
  ReachResult,
  Skip,
  UnconfirmedReason,
  Update,
} from "../../domain/model.ts";
import { mayBeUnderWay, usableCount } from "../../domain/reach-rules.ts";
import { SHOW_ALL, shownCount } from "../../people/privacy.ts";
import { agoText, differenceText, timeText } from "../../text/figures.ts";
import type { AudienceKnowledge } from "./audience-knowledge.ts";
import { boundsWords } from "./people-words.ts";

/** Reach in words; the count only when it may be used (API sheet, 7: only `ok`, and not stale). */
export function reachWords(reach: Reach, minCount = SHOW_ALL): string {
  switch (reach.status) {
    case "ok":
      return evaluatedWords(reach, minCount);
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

function evaluatedWords(reach: Reach, minCount: number): string {
  const time = reach.evaluatedAt === null ? "" : ` ${timeText(reach.evaluatedAt)}`;
  if (reach.isStale === true)
    return `stale, no count (last evaluated${time === "" ? " at an unknown time" : time})`;
  if (reach.evaluatedCount === null) return `evaluated${time}, without a count`;
  return `${shownCount(reach.evaluatedCount, minCount)}, evaluated${time === "" ? " at an unknown time" : time}`;
}

/**
 * Last known reach, what it can become, and how old that is: `38,634 → at most 50,638, counted 7 months ago`. A count that
 * may be of before an edit says so.
 *
 * @param bounds as they may be shown.
 */
export function expectedReachWords(
  { reach, reachedBefore }: Pick<Update, "reach" | "reachedBefore">,
  bounds: Bounds,
  { minCount, now }: Pick<AudienceKnowledge, "minCount" | "now">,
): string {
  const becomes = boundsWords(bounds, reachedBefore);
  const arrow = becomes === null ? "" : ` → ${becomes}`;
  const count = usableCount(reach);
  if (count === null) return `${reachWords(reach)}${arrow}`;
  const ago = agoText(reach.evaluatedAt, now);
  return `${previousWords(count, { reachedBefore }, minCount)}${arrow}, counted ${ago === "" ? "at an unknown time" : ago}`;
}

const OF_EARLIER = "perhaps of earlier audiences";

/** Reach of a campaign that is left alone. */
export function leftReachWords(
  { reach, reachedBefore }: Pick<Skip, "reach" | "reachedBefore">,
  minCount: number,
): string {
  const isSure = reachedBefore !== null || usableCount(reach) === null;
  return `${reachWords(reach, minCount)}${isSure ? "" : `, ${OF_EARLIER}`}`;
}

/** Why reach is not confirmed, in a few words. `status` is that of the last look. */
export function unconfirmedWords(reason: UnconfirmedReason, status: string): string {
  switch (reason) {
    case "evaluation-failed":
      return "the evaluation failed";
    case "timeout":
      return openWords(status);
    case "not-proven":
      return `the evaluation${status === "failed" ? " that failed" : ""} is not proven to be of these audiences`;
    case "live-differs":
      return "the live audiences are not those of the file, see campaignctl plan";
    case "interrupted":
      return "the run was interrupted";
    case "unreadable":
      return "the campaign could not be read any more";
    case "stopped":
      return "the run stopped because the API refused the credentials";
  }
}

/** Only what the last look showed: what came after it, nobody saw. */
function openWords(status: string): string {
  if (status === "idle") return "no evaluation had begun at the last look";
  return `the evaluation was ${status === "ok" ? "stale" : "still open"} at the last look`;
}

/** What a report knows of a wait and of the write before it. */
export type WaitFacts = Pick<
  ApplyResult,
  "waited" | "unconfirmedReason" | "writes" | "guard" | "readBack" | "updatedAt"
>;

/** Both times and whose clock each is, since they may disagree. */
function notProvenWords(reach: ReachResult, facts: WaitFacts): string {
  const evaluated =
    reach.evaluatedAt === null
      ? "evaluated at a time that the API does not tell"
      : `evaluated ${reach.evaluatedAt} by the API's evaluatedAt`;
  const older =
    facts.guard !== null && mayBeUnderWay(facts.guard.reach)
      ? "; an older evaluation may have been under way at the write"
      : "";
  const which = reach.status === "failed" ? "the evaluation that failed is " : "";
  return `${changedWords(facts)}; ${evaluated}${older}: ${which}not proven to be of these audiences`;
}

function changedWords({ writes, guard, readBack, updatedAt }: WaitFacts): string {
  const write = writes.at(-1);
  if (write !== undefined) {
    const moved = readBack?.updatedAt ?? null;
    const byApi = moved === null || moved === guard?.updatedAt ? "" : `, ${moved} by the API's updatedAt`;
    const clock = write.clock === "server" ? "the API's Date header" : "this machine's clock";
    return `written ${write.at} by ${clock}${byApi}`;
  }
  if (updatedAt === null) return "last changed at a time that the API does not tell";
  return `last changed ${updatedAt} by the API's updatedAt`;
}

/**
 * Whether more people are reached than before, or fewer; `none` where nobody knows, nothing moved, or both counts are too
 * small to be shown.
 */
export function movedDirection(before: number | null, count: number | null, minCount = SHOW_ALL): Direction {
  if (before === null || count === null || Math.max(before, count) < minCount) return "none";
  if (count === before) return "none";
  return count > before ? "widens" : "narrows";
}

/** The count from before a write, and whether it surely is of the audiences of then. */
type Previous = Pick<ReachResult, "previousCount" | "reachedBefore">;

function previousWords(
  count: number,
  { reachedBefore }: Pick<Previous, "reachedBefore">,
  minCount: number,
): string {
  return `${shownCount(count, minCount)}${reachedBefore === null ? ` (${OF_EARLIER})` : ""}`;
}

/** From the count before to the count now, with the difference: `18,432 → 4,242 (-14,190, -77.0%)`. */
export function reachChangeWords(previous: Previous, count: number | null, minCount = SHOW_ALL): string {
  const { previousCount, reachedBefore } = previous;
  if (count === null) return "evaluated, without a count";
  const now = shownCount(count, minCount);
  if (previousCount === null) return `${now} (count before not known)`;
  const from = `${previousWords(previousCount, previous, minCount)} → ${now}`;
  if (reachedBefore === null) return from;
  // The difference would tell what is not shown.
  if (Math.min(previousCount, count) < minCount) return from;
  return `${from} (${differenceText(previousCount, count)})`;
}

/** Reach at the end of a run: confirmed and how it moved, or not confirmed and why. */
export function reachResultWords(reach: ReachResult | null, facts: WaitFacts, minCount = SHOW_ALL): string {
  if (reach?.confirmed === true) {
    return reachChangeWords(reach, reach.evaluatedCount, minCount);
  }
  const before =
    reach === null || reach.previousCount === null
      ? ""
      : `; ${previousWords(reach.previousCount, reach, minCount)} before`;
  const last = reach === null ? "not known" : reachWords(reach, minCount);
  if (!facts.waited) return `${last}; not waited for${before}`;
  return `NOT CONFIRMED: ${whyWords(reach, facts)} (last seen: ${last}${before})`;
}

function whyWords(reach: ReachResult | null, facts: WaitFacts): string {
  const reason = facts.unconfirmedReason;
  if (reason === null) return "no reason given";
  if (reason === "not-proven" && reach !== null) return notProvenWords(reach, facts);
  return unconfirmedWords(reason, reach?.status ?? "unknown");
}
