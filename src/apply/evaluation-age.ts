import type { Campaign } from "../domain/model.ts";
import { DATE_RESOLUTION_MS, isLongAgo, mayBeUnderWay, type Shown, timeOf } from "../domain/reach-rules.ts";

/** What bears on the time of a write; see `Written`. */
type WriteTimes = {
  readonly previous: Shown;
  readonly readBack: Shown;
  readonly latest: number | null;
};

/**
 * When an evaluation ended, as far as the server's clocks can tell. `known-before`: it was shown before the write
 * already, or is older than that one. `before-write`: by the clocks. `since-guard`: after the read right before the
 * write. `after-write`: after the write.
 */
export type Age = "known-before" | "before-write" | "since-guard" | "after-write" | "unknown";

/**
 * The age of the evaluation that a campaign shows. First by the API's own clock, which `evaluatedAt` and `updatedAt`
 * share: the `Date` header may come from another machine, which is ahead or behind.
 */
export function ageOf(campaign: Campaign, { previous, readBack, latest }: WriteTimes): Age {
  const evaluated = timeOf(campaign.reach.evaluatedAt);
  const known = timeOf(previous.reach.evaluatedAt);
  if (Number.isNaN(evaluated)) return "unknown";
  if (evaluated <= known) return "known-before";
  const updated = timeMoved(previous, campaign);
  if (evaluated >= updated) return "after-write";
  const written = timeMoved(previous, readBack);
  if (evaluated >= (Number.isNaN(written) ? dateOf(latest) : written)) return "after-write";
  if (evaluated < timeOf(previous.updatedAt) || evaluated < (previous.serverTime ?? Number.NaN)) {
    return "before-write";
  }
  return previous.serverTime !== null || !Number.isNaN(known) ? "since-guard" : "unknown";
}

/** `updatedAt` when it has moved since an earlier read: the time of a change since then. NaN when it has not. */
function timeMoved(previous: Shown, later: Shown): number {
  const updated = timeOf(later.updatedAt);
  return updated > timeOf(previous.updatedAt) ? updated : Number.NaN;
}

/** The first moment that surely is after the one that a `Date` header names. */
function dateOf(latest: number | null): number {
  return (latest ?? Number.NaN) + DATE_RESOLUTION_MS;
}

/**
 * Whether somebody edited the campaign after the read-back, and the evaluation may be of that edit: if it changed the
 * audiences and changed them back, no look need have met it. One from before an edit of long ago would be gone.
 */
export function mayBeOfAnEdit(campaign: Campaign, readBack: Shown): boolean {
  const updated = timeMoved(readBack, campaign);
  if (Number.isNaN(updated)) return false;
  return timeOf(campaign.reach.evaluatedAt) >= updated || !isLongAgo(campaign, updated);
}

/**
 * Whether an evaluation may run or be queued at a read, shown or not: for some seconds after an edit what is shown may
 * be the result of before it, even one that ended after it.
 */
export function mayBeUnderWayAt({ reach, updatedAt, serverTime }: Shown): boolean {
  if (mayBeUnderWay(reach)) return true;
  const updated = timeOf(updatedAt);
  if (Number.isNaN(updated)) return false;
  if (serverTime === null) return !(timeOf(reach.evaluatedAt) >= updated);
  return !isLongAgo({ serverTime }, updated);
}
