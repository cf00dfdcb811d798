import type { ApplyResult, Campaign, Change, Plan, Update } from "../domain.ts";
import { createLimiter, type Limiter } from "../limiter.ts";
import type { CampaignReader, CampaignWriter, Clock, ProgressEvent } from "../ports.ts";
import type { Expectation } from "./evaluation.ts";
import { createEvaluationTimes, type EvaluationTimes } from "./evaluation-times.ts";
import { writeAndRecord } from "./recorded-writes.ts";
import { resultOfWrite, settledResult, withoutWait } from "./result.ts";
import { createTurns, type Turns } from "./turns.ts";
import { isWaitNeeded, type WaitOptions, waitAndTell } from "./wait-and-tell.ts";

/** `idleMs` of an apply: waiting for what it did not write is a favour, not its job. */
export const IDLE_PATIENCE_MS = 30_000;

/** How to apply. `parallelism` is how many campaigns are being written at once, at least 1. */
export type ApplyOptions = WaitOptions & { readonly parallelism: number };

export type ApplyPorts = {
  readonly reader: CampaignReader;
  readonly writer: CampaignWriter;
  readonly clock: Clock;
  readonly onEvent: (event: ProgressEvent) => void;
};

/** One run of apply: what all its campaigns share. */
type Run = {
  readonly live: ReadonlyMap<string, Campaign>;
  readonly options: ApplyOptions;
  readonly ports: ApplyPorts;
  readonly signal: AbortSignal;
  readonly turns: Turns;
  /** From the first read of a campaign to the last look at its write. */
  readonly inWork: Limiter;
  readonly times: EvaluationTimes;
};

/**
 * Carries out a plan: writes its updates, then waits for reach, each campaign on its own. One campaign's trouble never
 * stops the others, but refused credentials do. Every change gets exactly one result, in the plan's order.
 *
 * @param live what the plan was made from, so that an evaluation still under way is waited for; empty for a saved plan.
 * @param signal ends the run: no new write begins, those under way end and are read back.
 */
export async function applyPlan(
  plan: Plan,
  live: ReadonlyMap<string, Campaign>,
  options: ApplyOptions,
  ports: ApplyPorts,
  signal: AbortSignal,
): Promise<readonly ApplyResult[]> {
  const run: Run = {
    live,
    options,
    ports,
    signal,
    turns: createTurns(options.parallelism),
    inWork: createLimiter(IN_WORK * options.parallelism),
    times: createEvaluationTimes(ports.clock),
  };
  return Promise.all(plan.changes.map((change) => applyChange(change, run)));
}

async function applyChange(change: Change, run: Run): Promise<ApplyResult> {
  if (change.action === "update") return applyUpdate(change, run);
  const result = settledResult(change);
  const campaign = run.live.get(change.campaignId);
  if (change.action !== "no-op" || campaign === undefined) return result;
  return waitIfNeeded(result, campaign, { kind: "in-sync", after: change.after }, run);
}

/** So many campaigns for each that is being written: some writes may wait to be looked at, but never all of them. */
const IN_WORK = 16;

/** The wait for reach holds up nobody. */
async function applyUpdate(update: Update, run: Run): Promise<ApplyResult> {
  const ports = { ...run.ports, turns: run.turns };
  const end = await run.inWork.run(() => writeAndRecord(update, ports, run.signal));
  if (end.kind === "failed" && end.accessDenied) run.turns.close();
  const result = resultOfWrite(update, end);
  const { campaignId, name, outcome, reason } = result;
  switch (end.kind) {
    case "written":
      run.ports.onEvent({ kind: "written", campaignId, name });
      return waitIfNeeded(result, end.live, end.evidence, run);
    case "unchanged":
      run.ports.onEvent({ kind: "ended", campaignId, name, outcome, reason });
      return waitIfNeeded(result, end.live, { kind: "in-sync", after: update.after }, run);
    default:
      run.ports.onEvent({ kind: "ended", campaignId, name, outcome, reason });
      return result;
  }
}

async function waitIfNeeded(
  result: ApplyResult,
  campaign: Campaign,
  expectation: Expectation,
  run: Run,
): Promise<ApplyResult> {
  if (!isWaitNeeded(campaign, expectation, run.options)) return result;
  if (run.signal.aborted) return withoutWait(result, "interrupted");
  const ports = { ...run.ports, times: run.times };
  return waitAndTell({ result, campaign, expectation }, run.options, ports, run.signal);
}
