import { campaignErrorOf } from "../campaign-error.ts";
import type { Campaign, UnconfirmedReason } from "../domain.ts";
import { AccessError, InterruptedError } from "../errors.ts";
import { sameBinding } from "../plan/canonical.ts";
import type { CampaignReader, Clock } from "../ports.ts";
import { withDeadline } from "./deadline.ts";
import { type Expectation, evaluationTime, judge, judgeAtEnd, NOTHING_SEEN, see } from "./evaluation.ts";
import { type EvaluationTimes, growingPause, type Watch } from "./evaluation-times.ts";

/** How long to wait at most, by the status that is seen, in milliseconds since the wait began. */
export type Patience = (status: string) => number;

/** How a wait ended. `live` is the last look; a wait never throws but for a bug. */
export type WaitEnd =
  | { readonly confirmed: true; readonly reason: null; readonly live: Campaign }
  | { readonly confirmed: false; readonly reason: UnconfirmedReason; readonly live: Campaign };

/** What a wait needs. `onStatus` is told each status that differs from the one before. */
export type WaitPorts = {
  readonly reader: CampaignReader;
  readonly clock: Clock;
  readonly times: EvaluationTimes;
  readonly onStatus: (status: string) => void;
};

/** The look at the deadline has this long for its answer, so that a short time-out still ends with one. */
const LAST_LOOK_MS = 5_000;

/**
 * Waits until the reach of one campaign is known to be that of the declared audiences, or has failed, or patience is at
 * its end. A read that fails on the way is no verdict: the next look may succeed. Holds no request slot while it sleeps.
 *
 * @param first the campaign as just read.
 */
export async function waitForReach(
  expectation: Expectation,
  first: Campaign,
  patience: Patience,
  ports: WaitPorts,
  signal: AbortSignal,
): Promise<WaitEnd> {
  const start = ports.clock.monotonic();
  const rhythm = rhythmOf(expectation, ports);
  let live = first;
  let lookedAt = start;
  let shownSince: number | null = null;
  let seen = NOTHING_SEEN;
  let told: string | null = null;
  let lookFailed = false;
  for (let look = 1; ; look += 1) {
    seen = see(seen, expectation, live);
    shownSince = sameBinding(live.audience, expectation.after) ? (shownSince ?? lookedAt) : null;
    // Not by now: a look that failed makes the one before it no proof of anything later.
    const verdict = judge(expectation, seen, live, lookedAt - (shownSince ?? lookedAt));
    if (verdict === "confirmed") {
      learnFrom(expectation, live, ports);
      return { confirmed: true, reason: null, live };
    }
    if (verdict === "failed") return { confirmed: false, reason: "evaluation-failed", live };
    if (told !== live.reach.status) ports.onStatus(live.reach.status);
    told = live.reach.status;
    const left = patience(live.reach.status) - (ports.clock.monotonic() - start);
    if (left <= 0) return atDeadline(expectation, live, lookFailed ? "unreadable" : "timeout");
    try {
      await rhythm.sleepBefore(look, left, signal);
      const { campaignId } = live;
      const asked = ports.clock.monotonic();
      const rest = patience(live.reach.status) - (asked - start);
      live = await withDeadline(Math.max(rest, LAST_LOOK_MS), ports.clock, signal, (either) =>
        ports.reader.readCampaign(campaignId, either, "poll"),
      );
      lookedAt = asked;
      lookFailed = false;
    } catch (error) {
      lookFailed = true;
      const reason = reasonToStop(error);
      if (reason !== null) return { confirmed: false, reason, live };
    }
  }
}

/** A campaign that this run did not write has no time to count from. */
function rhythmOf(expectation: Expectation, { clock, times }: WaitPorts): Watch {
  if (expectation.kind === "written") return times.watch(expectation.answeredAt);
  return {
    sleepBefore: (look, atMost, signal) => clock.sleep(Math.min(atMost, growingPause(look)), signal),
  };
}

function learnFrom(expectation: Expectation, live: Campaign, { clock, times }: WaitPorts): void {
  if (expectation.kind === "written") times.learn(evaluationTime(expectation, live, clock.monotonic()));
}

function atDeadline(expectation: Expectation, live: Campaign, reason: "timeout" | "unreadable"): WaitEnd {
  const verdict = judgeAtEnd(expectation, live);
  if (verdict === "confirmed") return { confirmed: true, reason: null, live };
  if (verdict === "failed") return { confirmed: false, reason: "evaluation-failed", live };
  const differs = reason === "timeout" && !sameBinding(live.audience, expectation.after);
  return { confirmed: false, reason: differs ? "live-differs" : reason, live };
}

/** Why an error ends the wait; null when it is one that may pass. */
function reasonToStop(error: unknown): UnconfirmedReason | null {
  if (error instanceof InterruptedError) return "interrupted";
  if (error instanceof AccessError) return "stopped";
  return campaignErrorOf(error).status === 404 ? "unreadable" : null;
}
