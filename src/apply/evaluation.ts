import { sameBinding } from "../domain/binding.ts";
import type { AudienceBinding, Campaign } from "../domain/model.ts";
import { isEditedJustNow, isEvaluated, isOfThese, type Shown, timeOf } from "../domain/reach-rules.ts";
import { ageOf, mayBeOfAnEdit, mayBeUnderWayAt } from "./evaluation-age.ts";

/** What is known of a write, to tell an evaluation of the new audiences from one of the old. */
export type Written = {
  readonly kind: "written";
  readonly after: AudienceBinding;
  /** The read right before the write. */
  readonly previous: Shown;
  /** The read that verified the write. */
  readonly readBack: Shown;
  /**
   * `Date` of the answer to the write, or of the first answer after it, in milliseconds since the epoch: the write is
   * not later than this second. Null when the server gave none.
   */
  readonly latest: number | null;
  /** When the answer came, or was known to be lost: our own clock, monotonic. Null when an earlier run wrote. */
  readonly answeredAt: number | null;
};

/** A campaign whose write is not known: live already is what the file says. */
type InSync = { readonly kind: "in-sync"; readonly after: AudienceBinding };

export type Expectation = Written | InSync;

/** One read of a campaign. Times are our own clock, monotonic. */
export type Look = { readonly campaign: Campaign; readonly askedAt: number; readonly answeredAt: number };

/** What the looks up to now have shown, while live had the declared audiences. */
export type Seen = {
  /** Other audiences were seen, before these. */
  readonly others: boolean;
  /** `idle` or `pending` was seen. */
  readonly open: boolean;
  /** Anything but `failed` was seen. */
  readonly notFailed: boolean;
  /** What the last look showed, and since when all looks have shown just that. */
  readonly shown: {
    readonly status: string;
    readonly evaluatedAt: string | null;
    readonly updatedAt: string | null;
    readonly since: number;
  } | null;
  /** For so many milliseconds it has been shown. */
  readonly stoodMs: number;
  /** The first `ok` that may have ended since the write, and whether `idle` or `pending` was seen after it. */
  readonly firstOk: { readonly evaluatedAt: string | null; readonly openSince: boolean } | null;
};

export const NOTHING_SEEN: Seen = {
  others: false,
  open: false,
  notFailed: false,
  shown: null,
  stoodMs: 0,
  firstOk: null,
};

/** `open`: not decided yet. `confirmed` and `failed` are final. */
export type Judgement = "open" | "confirmed" | "failed";

/** An evaluation of the new audiences that follows one of the old is seen within this time. */
const SETTLE_MS = 10_000;

/**
 * Judges a campaign by its last look: is its reach the evaluation of exactly the declared audiences?
 *
 * An `ok` counts only with the declared audiences in the same answer, not stale, and with proof that its evaluation
 * began after them. `evaluatedAt` says when it ended (API sheet, 7 and 18: 13), so proof takes more than that time.
 *
 * @param seen with this look in it, see {@link see}.
 */
export function judge(expectation: Expectation, seen: Seen, campaign: Campaign): Judgement {
  if (!sameBinding(campaign.audience, expectation.after)) return "open";
  if (campaign.reach.status === "failed") return judgeFailed(expectation, seen, campaign);
  if (!isEvaluated(campaign.reach)) return "open";
  const proven =
    expectation.kind === "written" ? isOfTheWrite(expectation, seen, campaign) : isOfTheFile(seen, campaign);
  return proven ? "confirmed" : "open";
}

/**
 * Where no evaluation was under way at the write, any that ended after it is of the new audiences, and so is one that
 * was seen open since. One that was so quick that neither can be told must stand.
 *
 * Where one may have been under way, the first `ok` may be its result, whenever it ended: it must stand, or another
 * must follow. After an edit by somebody else nobody knows how many may follow: what is shown must stand.
 */
function isOfTheWrite(written: Written, seen: Seen, campaign: Campaign): boolean {
  const age = ageOf(campaign, written);
  if (age === "known-before") return false;
  const isFirstAndStood = hasStood(seen) && mayBeFirst(written, seen, campaign);
  if (seen.others || mayBeOfAnEdit(campaign, written.readBack)) return isFirstAndStood;
  if (mayBeUnderWayAt(written.previous)) return isFirstAndStood || hasMovedOn(seen, campaign);
  return seen.open || age === "after-write" || (age === "since-guard" && hasStood(seen));
}

/**
 * Without a known write only the campaign's own times tell, or an evaluation that was seen from before its beginning
 * to its end, or one that stood where the times leave it open.
 */
function isOfTheFile(seen: Seen, campaign: Campaign): boolean {
  const { reach, updatedAt } = campaign;
  const [evaluated, updated] = [timeOf(reach.evaluatedAt), timeOf(updatedAt)];
  if (seen.others && !hasStood(seen)) return false;
  if (seen.firstOk?.openSince === true && hasMovedOn(seen, campaign)) return true;
  if (isOfThese(campaign)) return true;
  if (evaluated >= updated) return hasStood(seen) || hasMovedOn(seen, campaign);
  if (evaluated < updated) return false;
  return hasStood(seen) && (seen.open || reach.isStale === false);
}

function judgeFailed(expectation: Expectation, seen: Seen, campaign: Campaign): Judgement {
  return isSettling(expectation, seen, campaign) ? "open" : "failed";
}

/** Whether what is shown may be of before the last change, and has not stood for long enough to be believed. */
function isSettling(expectation: Expectation, seen: Seen, campaign: Campaign): boolean {
  if (hasStood(seen)) return false;
  if (expectation.kind === "in-sync") return isEditedJustNow(campaign);
  const { previous } = expectation;
  return mayBeUnderWayAt(previous) || (previous.reach.status === "failed" && !seen.notFailed);
}

function hasStood({ stoodMs }: Seen): boolean {
  return stoodMs >= SETTLE_MS;
}

/** Whether this `ok` is another than the first: a later one, or, where no time tells, one after it was open again. */
function hasMovedOn({ firstOk }: Seen, { reach }: Campaign): boolean {
  if (firstOk === null) return false;
  const [first, now] = [timeOf(firstOk.evaluatedAt), timeOf(reach.evaluatedAt)];
  return Number.isNaN(first - now) ? firstOk.openSince : now > first;
}

/** Whether this `ok` may have ended since the write, and not long before it. */
function mayBeFirst(expectation: Expectation, seen: Seen, campaign: Campaign): boolean {
  if (expectation.kind === "in-sync") return true;
  const age = ageOf(campaign, expectation);
  return age === "after-write" || age === "since-guard" || (age === "unknown" && seen.open);
}

/**
 * Adds one look to what has been seen. A look at other audiences says nothing about the declared ones, and whoever sets
 * these again begins another evaluation. A copy from before the read-back says nothing at all.
 */
export function see(seen: Seen, expectation: Expectation, look: Look): Seen {
  const { campaign } = look;
  if (!sameBinding(campaign.audience, expectation.after)) {
    return isOlderCopy(expectation, campaign) ? seen : { ...NOTHING_SEEN, others: true };
  }
  const { status } = campaign.reach;
  const isOpen = status === "idle" || status === "pending";
  return {
    others: seen.others,
    open: seen.open || isOpen,
    notFailed: seen.notFailed || status !== "failed",
    firstOk: firstOkWith(seen, expectation, campaign, isOpen),
    ...standingOf(seen, look),
  };
}

function isOlderCopy(expectation: Expectation, { updatedAt }: Campaign): boolean {
  return expectation.kind === "written" && timeOf(updatedAt) < timeOf(expectation.readBack.updatedAt);
}

function firstOkWith(
  seen: Seen,
  expectation: Expectation,
  campaign: Campaign,
  isOpen: boolean,
): Seen["firstOk"] {
  if (seen.firstOk !== null) return isOpen ? { ...seen.firstOk, openSince: true } : seen.firstOk;
  const { reach } = campaign;
  if (!isEvaluated(reach) || !mayBeFirst(expectation, seen, campaign)) return null;
  return { evaluatedAt: reach.evaluatedAt, openSince: false };
}

/** From the answer to the first such look to the question of this one, so never longer than it was there. */
function standingOf({ shown }: Seen, look: Look): Pick<Seen, "shown" | "stoodMs"> {
  const { updatedAt, reach } = look.campaign;
  const status = reach.isStale === true ? `stale ${reach.status}` : reach.status;
  const now = { status, evaluatedAt: reach.evaluatedAt, updatedAt, since: look.answeredAt };
  const isSame =
    shown?.status === status && shown.evaluatedAt === now.evaluatedAt && shown.updatedAt === updatedAt;
  return isSame ? { shown, stoodMs: look.askedAt - shown.since } : { shown: now, stoodMs: 0 };
}

/** How long the evaluation that was just confirmed took, in milliseconds: by the server's clock, else as it was seen. */
export function evaluationTime(answeredAt: number, campaign: Campaign, now: number): number {
  const seenMs = now - answeredAt;
  const toldMs = timeOf(campaign.reach.evaluatedAt) - timeOf(campaign.updatedAt);
  return toldMs >= 0 ? Math.min(seenMs, toldMs) : seenMs;
}
