import { sameBinding } from "../domain/binding.ts";
import { isDraft } from "../domain/campaign.ts";
import type { ApplyResult, Campaign, Change, NoOp, Plan, ReadRecord, Report } from "../domain/model.ts";
import type { CampaignReader, Clock, ProgressEvent } from "../domain/ports.ts";
import type { Shown } from "../domain/reach-rules.ts";
import { type Begun, confirmResult, type WaitOptions } from "./confirm-result.ts";
import type { Written } from "./evaluation.ts";
import { createEvaluationTimes, type EvaluationTimes } from "./evaluation-times.ts";
import { makeResult, previousIn, settledResult, withoutWait } from "./result.ts";

type ConfirmPorts = {
  readonly reader: CampaignReader;
  readonly clock: Clock;
  readonly onEvent: (event: ProgressEvent) => void;
};

/** What is known before the wait: the campaigns that the plan was made from, and the report of an earlier apply. */
export type Known = { readonly live: ReadonlyMap<string, Campaign>; readonly after: Report | null };

/**
 * Waits for the reach of every declared draft campaign, without writing. A draft that differs from its file is at once
 * not confirmed: no evaluation of it could be of the declared audiences. One that the earlier apply wrote as its file
 * says is judged by the time of that write.
 */
export async function confirmDeclared(
  plan: Plan,
  { live, after }: Known,
  options: WaitOptions,
  ports: ConfirmPorts,
  signal: AbortSignal,
): Promise<readonly ApplyResult[]> {
  const isAwaited = (change: Change) => change.action === "no-op" && isDraft(change);
  const of = plan.changes.filter(isAwaited).length;
  if (of > 0) ports.onEvent({ kind: "confirming", of });
  const timed = { ...ports, times: createEvaluationTimes(ports.clock) };
  const earlier = new Map((after?.results ?? []).map((result) => [result.campaignId, result]));
  return Promise.all(
    plan.changes.map((change) => waitForChange(change, { live, earlier }, options, timed, signal)),
  );
}

type Records = {
  readonly live: ReadonlyMap<string, Campaign>;
  readonly earlier: ReadonlyMap<string, ApplyResult>;
};

async function waitForChange(
  change: Change,
  { live, earlier }: Records,
  options: WaitOptions,
  ports: ConfirmPorts & { readonly times: EvaluationTimes },
  signal: AbortSignal,
): Promise<ApplyResult> {
  if (change.action === "update") {
    return withoutWait(makeResult(change, { outcome: "unchanged" }), "live-differs");
  }
  if (change.action !== "no-op") return settledResult(change);
  if (!isDraft(change)) {
    return makeResult(change, { outcome: "skipped", reason: "not-draft" });
  }
  const campaign = live.get(change.campaignId);
  if (campaign === undefined)
    throw new Error(`Campaign ${change.campaignId} was planned but is not at hand.`);
  return confirmResult(begin(change, campaign, earlier.get(change.campaignId)), options, ports, signal);
}

/** The report of an earlier apply is evidence only of the audiences that it wrote. */
function begin(change: NoOp, campaign: Campaign, earlier: ApplyResult | undefined): Begun {
  const { after } = change;
  const evidence = earlier === undefined ? null : writtenIn(earlier);
  if (earlier === undefined || evidence === null || !sameBinding(evidence.after, after)) {
    return { result: settledResult(change), campaign, expectation: { kind: "in-sync", after } };
  }
  const previous = previousIn(evidence.previous);
  const { writes } = earlier;
  const result = makeResult(change, { outcome: "unchanged", previous, writes, evidence });
  return { result, campaign, expectation: evidence };
}

/** What the report of an earlier apply proves of a write; null of a campaign that it did not write and verify. */
function writtenIn({ outcome, after, writes, guard, readBack }: ApplyResult): Written | null {
  const write = writes.at(-1);
  if (outcome !== "applied" || write === undefined || guard === null || readBack === null) return null;
  const latest = timeOrNull(write.clock === "server" ? write.at : readBack.at);
  const evidence = { after, previous: shownIn(guard), readBack: shownIn(readBack), latest };
  return { kind: "written", ...evidence, answeredAt: null };
}

function shownIn({ at, updatedAt, reach }: ReadRecord): Shown {
  return { serverTime: timeOrNull(at), updatedAt, reach };
}

/** A leap second is a date to the schema and none here. */
function timeOrNull(iso: string | null): number | null {
  const time = Date.parse(iso ?? "");
  return Number.isNaN(time) ? null : time;
}
