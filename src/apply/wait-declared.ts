import type { ApplyResult, Campaign, Change, Plan } from "../domain.ts";
import type { CampaignReader, Clock, ProgressEvent } from "../ports.ts";
import { createEvaluationTimes, type EvaluationTimes } from "./evaluation-times.ts";
import { makeResult, settledResult, withoutWait } from "./result.ts";
import { type WaitOptions, waitAndTell } from "./wait-and-tell.ts";

type WaitPorts = {
  readonly reader: CampaignReader;
  readonly clock: Clock;
  readonly onEvent: (event: ProgressEvent) => void;
};

/**
 * Waits for the reach of every declared draft campaign, without writing. A draft that differs from its file is at once
 * not confirmed: no evaluation of it could be of the declared audiences.
 *
 * @param live the campaigns that the plan was made from.
 */
export async function waitForDeclared(
  plan: Plan,
  live: ReadonlyMap<string, Campaign>,
  options: WaitOptions,
  ports: WaitPorts,
  signal: AbortSignal,
): Promise<readonly ApplyResult[]> {
  const timed = { ...ports, times: createEvaluationTimes(ports.clock) };
  return Promise.all(plan.changes.map((change) => waitForChange(change, live, options, timed, signal)));
}

async function waitForChange(
  change: Change,
  live: ReadonlyMap<string, Campaign>,
  options: WaitOptions,
  ports: WaitPorts & { readonly times: EvaluationTimes },
  signal: AbortSignal,
): Promise<ApplyResult> {
  if (change.action === "update") {
    return withoutWait(makeResult(change, { outcome: "unchanged" }), "live-differs");
  }
  if (change.action !== "no-op") return settledResult(change);
  if (change.authoringStatus !== "draft") {
    return makeResult(change, { outcome: "skipped", reason: "not-draft" });
  }
  const campaign = live.get(change.campaignId);
  if (campaign === undefined)
    throw new Error(`Campaign ${change.campaignId} was planned but is not at hand.`);
  const expectation = { kind: "in-sync", after: change.after } as const;
  return waitAndTell({ result: settledResult(change), campaign, expectation }, options, ports, signal);
}
