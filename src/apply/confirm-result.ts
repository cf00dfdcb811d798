import { isDraft } from "../domain/campaign.ts";
import type { ApplyResult, Campaign } from "../domain/model.ts";
import type { CampaignReader, Clock, ProgressEvent } from "../domain/ports.ts";
import { isEditedJustNow, mayBeUnderWay, usableCount } from "../domain/reach-rules.ts";
import type { Expectation } from "./evaluation.ts";
import type { EvaluationTimes } from "./evaluation-times.ts";
import { withWait } from "./result.ts";
import { type Patience, waitForReach } from "./wait-for-reach.ts";

/**
 * Whether and how long to wait. `timeoutMs` counts from the verified write, or from the beginning of the wait.
 * `idleMs` is the shorter patience with a campaign that this run did not write, while no evaluation of it is under way.
 */
export type WaitOptions =
  | { readonly wait: "none" }
  | { readonly wait: "until-confirmed"; readonly timeoutMs: number; readonly idleMs: number };

type ConfirmPorts = {
  readonly reader: CampaignReader;
  readonly clock: Clock;
  readonly times: EvaluationTimes;
  readonly onEvent: (event: ProgressEvent) => void;
};

/** A campaign whose reach is not known to be that of the declared audiences, and its result so far. */
export type Begun = {
  readonly result: ApplyResult;
  readonly campaign: Campaign;
  readonly expectation: Expectation;
};

/**
 * Every written campaign is waited for. One that already was as declared only while its evaluation is open: `pending`,
 * `idle` or stale, or edited just now and not evaluated since. A locked campaign's reach is not ours to wait for.
 */
export function isWaitNeeded(campaign: Campaign, expectation: Expectation, options: WaitOptions): boolean {
  if (options.wait === "none") return false;
  if (expectation.kind === "written") return true;
  if (!isDraft(campaign)) return false;
  return mayBeUnderWay(campaign.reach) || isEditedJustNow(campaign);
}

/** Waits until the reach of a result is confirmed or given up, and tells how it goes. */
export async function confirmResult(
  begun: Begun,
  options: WaitOptions,
  ports: ConfirmPorts,
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { campaignId, name, reach } = begun.result;
  const end = await waitForReach(
    begun.expectation,
    begun.campaign,
    patienceOf(begun.expectation, options),
    {
      reader: ports.reader,
      clock: ports.clock,
      times: ports.times,
      onStatus: (status) => ports.onEvent({ kind: "waiting", campaignId, name, status }),
    },
    signal,
  );
  const { previousCount = null, reachedBefore = null } = reach ?? {};
  const evaluatedCount = usableCount(end.live.reach);
  ports.onEvent(
    end.confirmed
      ? { kind: "confirmed", campaignId, name, evaluatedCount, previousCount, reachedBefore }
      : { kind: "unconfirmed", campaignId, name, reason: end.reason, status: end.live.reach.status },
  );
  return withWait(begun.result, end);
}

function patienceOf(expectation: Expectation, options: WaitOptions): Patience {
  if (options.wait === "none") return { timeoutMs: 0, idleMs: 0 };
  const { timeoutMs, idleMs } = options;
  return { timeoutMs, idleMs: expectation.kind === "written" ? timeoutMs : idleMs };
}
