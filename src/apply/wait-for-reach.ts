import { sameBinding } from "../domain/binding.ts";
import { campaignErrorOf } from "../domain/campaign-error.ts";
import { AccessError, InterruptedError, TimeoutError } from "../domain/errors.ts";
import type { Campaign, UnconfirmedReason } from "../domain/model.ts";
import type { CampaignReader, Clock } from "../domain/ports.ts";
import { isEvaluated } from "../domain/reach-rules.ts";
import { withDeadline } from "../patience/deadline.ts";
import { type Expectation, evaluationTime, judge, type Look, NOTHING_SEEN, see } from "./evaluation.ts";
import { type EvaluationTimes, growingPause, type Watch } from "./evaluation-times.ts";

/**
 * How long to wait at most, in milliseconds: `timeoutMs` in all, and `idleMs` without an evaluation under way, from the
 * beginning or from when one was seen to end.
 */
export type Patience = { readonly timeoutMs: number; readonly idleMs: number };

/** How a wait ended. `live` is the last look; a wait never throws but for a bug. */
export type WaitEnd =
  | { readonly confirmed: true; readonly reason: null; readonly live: Campaign }
  | { readonly confirmed: false; readonly reason: UnconfirmedReason; readonly live: Campaign };

/** What a wait needs. `onStatus` is told each status that differs from the one before. */
export type LookPorts = {
  readonly reader: CampaignReader;
  readonly clock: Clock;
  readonly times: EvaluationTimes;
  readonly onStatus: (status: string) => void;
};

/** The look at the deadline has this long for its answer, so that a short time-out still ends with one. */
const LAST_LOOK_MS = 5_000;

/**
 * Waits until the reach of one campaign is known to be that of the declared audiences, or has failed, or patience is at
 * its end. A read that fails on the way decides nothing: the next look may succeed. Holds no request slot while it sleeps.
 *
 * @param first the campaign as just read.
 */
export async function waitForReach(
  expectation: Expectation,
  first: Campaign,
  patience: Patience,
  ports: LookPorts,
  signal: AbortSignal,
): Promise<WaitEnd> {
  const start = ports.clock.monotonic();
  const rhythm = rhythmOf(expectation, ports);
  let last: Look = { campaign: first, askedAt: start, answeredAt: start };
  let seen = see(NOTHING_SEEN, expectation, last);
  let told: string | null = null;
  let isUnreadable = false;
  let idleSince = start;
  for (let look = 1; ; look += 1) {
    const live = last.campaign;
    const judgement = judge(expectation, seen, live);
    if (judgement === "confirmed") {
      learnFrom(expectation, live, ports);
      return { confirmed: true, reason: null, live };
    }
    if (judgement === "failed") return { confirmed: false, reason: "evaluation-failed", live };
    const { status } = live.reach;
    if (told !== status) ports.onStatus(status);
    if (told === "pending" && status !== "pending") idleSince = last.answeredAt;
    told = status;
    const idleLeft = (now: number) =>
      status === "pending" ? Number.POSITIVE_INFINITY : patience.idleMs - (now - idleSince);
    const left = (now = ports.clock.monotonic()) =>
      Math.min(patience.timeoutMs - (now - start), idleLeft(now));
    if (left() <= 0) return unconfirmed(isUnreadable ? "unreadable" : reasonOf(expectation, live), live);
    try {
      await rhythm.sleepBefore(look, left(), signal);
      const next = await lookAgain(live.campaignId, left(), ports, signal);
      if (next === "too-late") continue;
      last = next;
      seen = see(seen, expectation, last);
      isUnreadable = false;
    } catch (error) {
      const reason = reasonToStop(error);
      if (reason !== null) return unconfirmed(reason, live);
      isUnreadable = true;
    }
  }
}

/**
 * One more look. `too-late` when no answer came in the time that was left, in which it may just have stood in line: that
 * says nothing of the campaign, not even that it cannot be read.
 */
async function lookAgain(
  campaignId: string,
  leftMs: number,
  { reader, clock }: LookPorts,
  signal: AbortSignal,
): Promise<Look | "too-late"> {
  const askedAt = clock.monotonic();
  const withinMs = Math.max(leftMs, LAST_LOOK_MS);
  try {
    const campaign = await withDeadline(withinMs, clock, signal, (either) =>
      reader.readCampaign(campaignId, either, { kind: "poll", by: askedAt + leftMs }),
    );
    return { campaign, askedAt, answeredAt: clock.monotonic() };
  } catch (error) {
    const isOver = error instanceof TimeoutError && clock.monotonic() - askedAt >= withinMs;
    if (isOver) return "too-late";
    throw error;
  }
}

/** A write of an earlier run, or one that is not known, gives no time to count from. */
function rhythmOf(expectation: Expectation, { clock, times }: LookPorts): Watch {
  if (expectation.kind === "written" && expectation.answeredAt !== null) {
    return times.watch(expectation.answeredAt);
  }
  return {
    sleepBefore: (look, atMost, signal) => clock.sleep(Math.min(atMost, growingPause(look)), signal),
  };
}

function learnFrom(expectation: Expectation, live: Campaign, { clock, times }: LookPorts): void {
  if (expectation.kind !== "written" || expectation.answeredAt === null) return;
  times.learn(evaluationTime(expectation.answeredAt, live, clock.monotonic()));
}

function unconfirmed(reason: UnconfirmedReason, live: Campaign): WaitEnd {
  return { confirmed: false, reason, live };
}

/** Why what the last look showed is no proof when there is no more time to look. */
function reasonOf(expectation: Expectation, { audience, reach }: Campaign): UnconfirmedReason {
  if (!sameBinding(audience, expectation.after)) return "live-differs";
  if (reach.status === "failed") return expectation.kind === "written" ? "not-proven" : "evaluation-failed";
  return isEvaluated(reach) ? "not-proven" : "timeout";
}

/** Why an error ends the wait; null when it is one that may pass. */
function reasonToStop(error: unknown): UnconfirmedReason | null {
  if (error instanceof InterruptedError) return "interrupted";
  if (error instanceof AccessError) return "stopped";
  return campaignErrorOf(error).status === 404 ? "unreadable" : null;
}
