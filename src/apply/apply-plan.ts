import type { ApplyResult, Campaign, Change, Plan, Update, WriteRecord } from "../domain/model.ts";
import type {
  CampaignReader,
  CampaignWriter,
  Clock,
  Journal,
  ProgressEvent,
  WriteStep,
} from "../domain/ports.ts";
import { createLimiter } from "../patience/limiter.ts";
import { confirmResult, isWaitNeeded, type WaitOptions } from "./confirm-result.ts";
import type { Expectation } from "./evaluation.ts";
import { createEvaluationTimes, type EvaluationTimes } from "./evaluation-times.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { resultOfWrite, settledResult, withoutWait } from "./result.ts";
import { writeCampaign } from "./write-campaign.ts";
import type { RecordedEnd } from "./write-end.ts";

/** `idleMs` of an apply: waiting for what it did not write is a favour, not its job. */
export const IDLE_PATIENCE_MS = 30_000;

/** How to apply. `parallelism` is how many campaigns are begun and not yet verified at once, at least 1. */
export type ApplyOptions = WaitOptions & { readonly parallelism: number };

/**
 * `journal` is told each write while it happens; `ledger` holds what is known of each campaign at any moment;
 * `interrupt` aborts the run's signal, for a cause that is thrown once the run has ended.
 */
export type ApplyPorts = {
  readonly reader: CampaignReader;
  readonly writer: CampaignWriter;
  readonly clock: Clock;
  readonly onEvent: (event: ProgressEvent) => void;
  readonly journal?: Journal;
  readonly ledger?: Ledger;
  readonly interrupt?: (cause: unknown) => void;
};

/** One run of apply: what all its campaigns share. */
type Run = {
  readonly live: ReadonlyMap<string, Campaign>;
  readonly options: ApplyOptions;
  readonly ports: ApplyPorts;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  readonly times: EvaluationTimes;
  /** The waits for reach: they hold up nobody. */
  readonly waits: Promise<void>[];
  broken: { readonly error: unknown } | null;
  access: "granted" | "refused";
};

/**
 * Carries out a plan: writes its updates, each campaign from its guard read to its verified end before another one
 * begins, `parallelism` of them at once; then waits for reach. One campaign's trouble never stops the others, but refused
 * credentials do. Every change gets exactly one result, in the plan's order.
 *
 * @param live what the plan was made from, so that an evaluation still under way is waited for; empty for a saved plan.
 * @param signal ends the run: no new campaign begins, what was written is read back.
 * @throws what a bug, or the caller's own `onEvent`, threw; by then the ledger tells what became of every campaign.
 */
export async function applyPlan(
  plan: Plan,
  live: ReadonlyMap<string, Campaign>,
  options: ApplyOptions,
  ports: ApplyPorts,
  signal: AbortSignal,
): Promise<readonly ApplyResult[]> {
  const ledger = ports.ledger ?? createLedger(plan);
  const times = createEvaluationTimes(ports.clock);
  const shared = { live, options, ports, ledger, signal, times };
  const run: Run = { ...shared, waits: [], broken: null, access: "granted" };
  tellStep(plan, run);
  for (const change of plan.changes) if (change.action === "no-op") waitForUnwritten(change, run);
  for (const updates of inOrderOfWriting(plan.changes)) await writeAll(updates, run);
  await Promise.all(run.waits);
  if (run.broken !== null) throw run.broken.error;
  return ledger.results();
}

/** A run without an update may still have somebody to wait for. */
function tellStep({ summary, changes }: Plan, run: Run): void {
  const isOpen = ({ action, campaignId, after }: Change): boolean => {
    const campaign = action === "no-op" ? run.live.get(campaignId) : undefined;
    return campaign !== undefined && isWaitNeeded(campaign, { kind: "in-sync", after }, run.options);
  };
  const open = changes.filter(isOpen).length;
  if (summary.update > 0) run.ports.onEvent({ kind: "writing", of: summary.update });
  else if (open > 0) run.ports.onEvent({ kind: "confirming", of: open });
}

/**
 * First all that can only reach fewer people, to their end; then the mixed ones, and last those that widen. So a run that
 * is cut off leaves fewer people reached, never more.
 */
function inOrderOfWriting(changes: readonly Change[]): readonly (readonly Update[])[] {
  const updates = changes.filter((change) => change.action === "update");
  const narrowing = updates.filter(({ direction }) => direction === "narrows");
  const others = updates.filter(({ direction }) => direction !== "narrows");
  const isWidening = ({ direction }: Update): number => (direction === "widens" ? 1 : 0);
  return [narrowing, others.toSorted((a, b) => isWidening(a) - isWidening(b))];
}

async function writeAll(updates: readonly Update[], run: Run): Promise<void> {
  const begun = createLimiter(run.options.parallelism);
  const applyNext = (update: Update) =>
    applyUpdate(update, run).catch((error: unknown) => endBroken(run, error));
  await Promise.all(updates.map((update) => begun.run(() => applyNext(update))));
}

/** A bug, or a caller's `onEvent` that throws: nothing new begins, and what was written is still read back and told. */
function endBroken(run: Run, error: unknown): void {
  run.broken ??= { error };
  run.ports.interrupt?.(error);
}

async function applyUpdate(update: Update, run: Run): Promise<void> {
  const end = run.access === "refused" ? NO_ACCESS : await write(update, run);
  if (end.kind === "failed" && end.accessDenied) run.access = "refused";
  const result = resultOfWrite(update, end);
  const { campaignId, name, outcome, reason } = result;
  if (end.kind === "stale") run.ledger.meet(end.live);
  run.ledger.settle(result);
  if (end.kind === "written") run.ports.onEvent({ kind: "written", campaignId, name });
  else run.ports.onEvent({ kind: "ended", campaignId, name, outcome, reason });
  if (end.kind === "written") beginWait(result, end.live, end.evidence, run);
  if (end.kind === "unchanged") beginWait(result, end.live, { kind: "in-sync", after: update.after }, run);
}

const NO_ACCESS: RecordedEnd = { kind: "not-attempted", reason: "no-access", writes: [] };

async function write(update: Update, { ports, ledger, signal }: Run): Promise<RecordedEnd> {
  const { reader, writer, clock, journal } = ports;
  const writes: WriteRecord[] = [];
  let last: WriteStep = "settled";
  const note = (step: WriteStep): void => {
    ledger.note(update, step, writes);
    // A campaign that was never sent has no line.
    if (step !== last) journal?.note(update.campaignId, step);
    last = step;
  };
  // As soon as it is answered, so that a run that is cut off knows of it.
  const record = (write: WriteRecord): void => void writes.push(write);
  const end = await writeCampaign(update, { reader, writer, clock, note, record }, signal);
  if (last !== "settled") journal?.note(update.campaignId, "settled");
  return { ...end, writes };
}

function waitForUnwritten(change: Exclude<Change, { action: "update" }>, run: Run): void {
  const campaign = run.live.get(change.campaignId);
  if (campaign === undefined) return;
  beginWait(settledResult(change), campaign, { kind: "in-sync", after: change.after }, run);
}

function beginWait(result: ApplyResult, campaign: Campaign, expectation: Expectation, run: Run): void {
  const { ledger, ports, options, times, signal } = run;
  if (!isWaitNeeded(campaign, expectation, options)) return;
  // What is known until the wait has come to its end.
  ledger.settle(withoutWait(result, "interrupted"));
  if (signal.aborted) return;
  const wait = confirmResult({ result, campaign, expectation }, options, { ...ports, times }, signal);
  run.waits.push(wait.then(ledger.settle).catch((error: unknown) => endBroken(run, error)));
}
