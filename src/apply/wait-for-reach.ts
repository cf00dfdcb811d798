import { campaignErrorOf } from "../campaign-error.ts";
import type { Campaign, UnconfirmedReason } from "../domain.ts";
import { AccessError, InterruptedError } from "../errors.ts";
import { sameBinding } from "../plan/canonical.ts";
import type { CampaignReader, Clock } from "../ports.ts";
import { type Expectation, judge, NOTHING_SEEN, see } from "./evaluation.ts";

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
  readonly onStatus: (status: string) => void;
};

const FIRST_PAUSE_MS = 150;
const PAUSE_GROWTH = 1.5;
const MAX_PAUSE_MS = 10_000;

/** Milliseconds between one look and the next: short at first, then longer, never over ten seconds. */
function pauseBefore(look: number): number {
  return Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * PAUSE_GROWTH ** (look - 1));
}

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
  let live = first;
  let seen = NOTHING_SEEN;
  let told: string | null = null;
  let lookFailed = false;
  for (let look = 1; ; look += 1) {
    const elapsed = ports.clock.monotonic() - start;
    seen = see(seen, expectation, live);
    const verdict = judge(expectation, seen, live, elapsed);
    if (verdict === "confirmed") return { confirmed: true, reason: null, live };
    if (verdict === "failed") return { confirmed: false, reason: "evaluation-failed", live };
    if (told !== live.reach.status) ports.onStatus(live.reach.status);
    told = live.reach.status;
    const left = patience(live.reach.status) - elapsed;
    if (left <= 0) {
      const reason = lookFailed ? "unreadable" : reasonAtDeadline(expectation, live);
      return { confirmed: false, reason, live };
    }
    try {
      await ports.clock.sleep(Math.min(left, pauseBefore(look)), signal);
      live = await ports.reader.readCampaign(live.campaignId, signal);
      lookFailed = false;
    } catch (error) {
      lookFailed = true;
      const reason = reasonToStop(error);
      if (reason !== null) return { confirmed: false, reason, live };
    }
  }
}

function reasonAtDeadline(expectation: Expectation, live: Campaign): UnconfirmedReason {
  return sameBinding(live.audience, expectation.after) ? "timeout" : "live-differs";
}

/** Why an error ends the wait; null when it is one that may pass. */
function reasonToStop(error: unknown): UnconfirmedReason | null {
  if (error instanceof InterruptedError) return "interrupted";
  if (error instanceof AccessError) return "stopped";
  return campaignErrorOf(error).status === 404 ? "unreadable" : null;
}
