import type { AudienceBinding, Campaign, Reach } from "../domain.ts";
import { sameBinding } from "../plan/canonical.ts";

/**
 * What a run knows of its own write, to tell an evaluation of the new audiences from one of the old. All times are the
 * server's, in milliseconds since the epoch; null when it gave none.
 */
export type Written = {
  readonly kind: "written";
  readonly after: AudienceBinding;
  /** Live just before the write. */
  readonly previous: Campaign;
  /** `Date` of the answer to the write, or of the first answer after it: the write is not later than this second. */
  readonly latest: number | null;
  /** When the answer to the write came, or was known to be lost: our own clock, monotonic. */
  readonly answeredAt: number;
};

/** A campaign that this run did not write: live already is what the file says. */
type InSync = { readonly kind: "in-sync"; readonly after: AudienceBinding };

export type Expectation = Written | InSync;

/** What earlier looks at the campaign have shown. */
export type Seen = { readonly open: boolean; readonly notFailed: boolean };

export const NOTHING_SEEN: Seen = { open: false, notFailed: false };

/** `open`: not decided yet. `confirmed` and `failed` are final. */
export type Verdict = "open" | "confirmed" | "failed";

/** What was true before a write, or before its evaluation has begun, may still show for this long. */
const SETTLE_MS = 10_000;

/** A `Date` header has whole seconds: the moment it names lies within one. */
const DATE_RESOLUTION_MS = 1000;

/**
 * Judges one look at a campaign: is its reach the evaluation of exactly the declared audiences?
 *
 * Right after a write the API may still show the old result (API sheet, 7 and 18: 13). So `ok` counts only with the
 * new audiences in the same answer, and with proof that the evaluation is not older than the write: its own time, or,
 * where that cannot tell, an `idle` or `pending` seen since. An evaluation so quick that no look met it open, within
 * the second that a `Date` header cannot divide, is taken for the new one when it still stands after ten seconds.
 *
 * @param elapsedMs from the first look to this one of those in a row that showed the declared audiences.
 */
export function judge(expectation: Expectation, seen: Seen, campaign: Campaign, elapsedMs: number): Verdict {
  if (!sameBinding(campaign.audience, expectation.after)) return "open";
  const { status, isStale } = campaign.reach;
  if (status === "failed") return judgeFailed(expectation, seen, campaign, elapsedMs);
  if (status !== "ok" || isStale === true) return "open";
  if (expectation.kind === "in-sync") return mayBeOld(campaign, elapsedMs) ? "open" : "confirmed";
  switch (ageOf(campaign, expectation)) {
    case "after-write":
      return "confirmed";
    case "before-write":
      return "open";
    case "unknown":
      return seen.open || (elapsedMs >= SETTLE_MS && isAnotherEvaluation(campaign, expectation))
        ? "confirmed"
        : "open";
  }
}

/** Evaluated since the re-read, when no evaluation of the old audiences was under way then. */
function isAnotherEvaluation(campaign: Campaign, written: Written): boolean {
  return !Number.isNaN(timeOf(campaign.reach.evaluatedAt)) && written.previous.reach.status !== "pending";
}

function judgeFailed(expectation: Expectation, seen: Seen, campaign: Campaign, elapsedMs: number): Verdict {
  if (expectation.kind === "in-sync") return mayBeOld(campaign, elapsedMs) ? "open" : "failed";
  const wasThere = expectation.previous.reach.status === "failed";
  return wasThere && !seen.notFailed && elapsedMs < SETTLE_MS ? "open" : "failed";
}

/**
 * What a campaign that this run did not write has come to when there is no more time to look: settled reach counts as
 * it is shown, also right after an edit. A write must be proven, so for one this is always `open`.
 */
export function judgeAtEnd(expectation: Expectation, campaign: Campaign): Verdict {
  return expectation.kind === "in-sync" ? judge(expectation, NOTHING_SEEN, campaign, SETTLE_MS) : "open";
}

/**
 * Adds one look to what has been seen. A look at other audiences says nothing about the declared ones, and whoever sets
 * these again begins another evaluation.
 */
export function see(seen: Seen, expectation: Expectation, campaign: Campaign): Seen {
  if (!sameBinding(campaign.audience, expectation.after)) return NOTHING_SEEN;
  const { status } = campaign.reach;
  return {
    open: seen.open || status === "idle" || status === "pending",
    notFailed: seen.notFailed || status !== "failed",
  };
}

/** Whether the evaluation is of before or after the write, as far as the server's clock can tell. */
function ageOf(campaign: Campaign, written: Written): "before-write" | "after-write" | "unknown" {
  const evaluated = timeOf(campaign.reach.evaluatedAt);
  if (evaluated <= timeOf(written.previous.reach.evaluatedAt)) return "before-write";
  // First by the API's own clock: the `Date` header may come from another machine, which is ahead or behind.
  const updated = timeOfUpdate(campaign, written);
  if (evaluated >= updated) return "after-write";
  if (evaluated < (written.previous.serverTime ?? Number.NaN)) return "before-write";
  if (!Number.isNaN(updated)) return "unknown";
  return evaluated >= (written.latest ?? Number.NaN) + DATE_RESOLUTION_MS ? "after-write" : "unknown";
}

/**
 * `updatedAt` has milliseconds where `Date` has seconds: when it has moved since the re-read, it is the time of the
 * write, or of an edit after it. NaN when it has not moved.
 */
function timeOfUpdate(campaign: Campaign, written: Written): number {
  const updated = timeOf(campaign.updatedAt);
  return updated > timeOf(written.previous.updatedAt) ? updated : Number.NaN;
}

/** Edited within the last seconds, and not evaluated since: an earlier run may have written and been interrupted. */
function mayBeOld(campaign: Campaign, elapsedMs: number): boolean {
  if (elapsedMs >= SETTLE_MS) return false;
  const updated = timeOf(campaign.updatedAt);
  const evaluated = timeOf(campaign.reach.evaluatedAt);
  // An edit from the future tells of two clocks, not of a recent edit. `Date` is cut to the second.
  const age = (campaign.serverTime ?? Number.NaN) - updated;
  return age > -DATE_RESOLUTION_MS && age < SETTLE_MS && !(evaluated >= updated);
}

/** ISO 8601 to milliseconds since the epoch; NaN, which no comparison holds for, when absent or not a date. */
export function timeOf(text: string | null): number {
  return Date.parse(text ?? "");
}

/** The count that may be shown as reach: only when evaluated and not stale (API sheet, 18: 14). */
export function usableCount(reach: Reach): number | null {
  return reach.status === "ok" && reach.isStale !== true ? reach.evaluatedCount : null;
}

/** How long the evaluation that was just confirmed took, in milliseconds: by the server's clock, else as it was seen. */
export function evaluationTime(written: Written, campaign: Campaign, now: number): number {
  const seenMs = now - written.answeredAt;
  const toldMs = timeOf(campaign.reach.evaluatedAt) - timeOf(campaign.updatedAt);
  return toldMs >= 0 ? Math.min(seenMs, toldMs) : seenMs;
}
