import type { ApplyResult, Campaign, Change, Plan, Update, WriteRecord } from "../domain/model.ts";
import type {
  CampaignReader,
  CampaignWriter,
  Clock,
  Journal,
  ProgressEvent,
  WriteStep,
} from "../domain/ports.ts";
import { createLimiter, type Limiter } from "../patience/limiter.ts";
import { confirmResult, isWaitNeeded, type WaitOptions } from "./confirm-result.ts";
import type { Expectation } from "./evaluation.ts";
import { createEvaluationTimes, type EvaluationTimes } from "./evaluation-times.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { restoreCampaign } from "./restore.ts";
import { resultOfWrite, settledResult, withoutWait } from "./result.ts";
import { writeCampaign } from "./write-campaign.ts";
import type { RecordedEnd } from "./write-end.ts";
import { REFUSED_BY_RULE } from "./write-guard.ts";
import { UNRULED, type WriteRules } from "./write-rules.ts";

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
  /** What the rules of the project say on the way; nothing when left out. */
  readonly rules?: WriteRules;
};

/** One run of apply: what all its campaigns share. */
type Run = {
  readonly live: ReadonlyMap<string, Campaign>;
  readonly options: ApplyOptions;
  readonly ports: ApplyPorts;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  readonly times: EvaluationTimes;
  readonly rules: WriteRules;
  /** Campaigns that are begun and not yet verified. */
  readonly begun: Limiter;
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
  const begun = createLimiter(options.parallelism);
  const shared = { live, options, ports, ledger, signal, times, begun, rules: ports.rules ?? UNRULED };
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
  const applyNext = (update: Update) =>
    applyUpdate(update, run).catch((error: unknown) => endBroken(run, error));
  await Promise.all(updates.map((update) => run.begun.run(() => applyNext(update))));
}

/** A bug, or a caller's `onEvent` that throws: nothing new begins, and what was written is still read back and told. */
function endBroken(run: Run, error: unknown): void {
  run.broken ??= { error };
  run.ports.interrupt?.(error);
}

async function applyUpdate(update: Update, run: Run): Promise<void> {
  const end = endBefore(update, run) ?? (await write(update, run));
  if (end.kind === "failed" && end.accessDenied) run.access = "refused";
  const result = resultOfWrite(update, end);
  const { campaignId, name, outcome, reason } = result;
  if (end.kind === "stale") run.ledger.meet(end.live);
  run.ledger.settle(result);
  if (end.kind === "written") run.ports.onEvent({ kind: "written", campaignId, name });
  else run.ports.onEvent({ kind: "ended", campaignId, name, outcome, reason });
  if (end.kind === "written") {
    beginWait(result, end.live, end.evidence, run, (confirmed) => restoreBroken(update, confirmed, run));
  }
  if (end.kind === "unchanged") beginWait(result, end.live, { kind: "in-sync", after: update.after }, run);
}

/** The end of a campaign that is not even read. */
function endBefore(update: Update, { access, rules }: Run): RecordedEnd | null {
  if (access === "refused") return NO_ACCESS;
  return rules.mayWrite(update) ? null : { ...REFUSED_BY_RULE, writes: [] };
}

const NO_ACCESS: RecordedEnd = { kind: "not-attempted", reason: "no-access", writes: [] };

async function write(update: Update, run: Run): Promise<RecordedEnd> {
  const { ledger, signal } = run;
  const writes: WriteRecord[] = [];
  const journal = journalOf(update, run);
  const note = (step: WriteStep): void => {
    ledger.note(update, step, writes);
    journal(step);
  };
  // As soon as it is answered, so that a run that is cut off knows of it.
  const record = (write: WriteRecord): void => void writes.push(write);
  const end = await writeCampaign(update, { ...portsOf(update, run), note, record, kind: "apply" }, signal);
  journal("settled");
  return { ...end, writes };
}

function portsOf(update: Update, { ports: { reader, writer, clock }, rules }: Run) {
  return { reader, writer, clock, mayWrite: () => rules.mayWrite(update) };
}

/** A campaign that was never sent has no line, and no step is there twice in a row. */
function journalOf({ campaignId }: Update, { ports: { journal } }: Run): (step: WriteStep) => void {
  let last: WriteStep = "settled";
  return (step) => {
    if (step !== last) journal?.note(campaignId, step);
    last = step;
  };
}

function waitForUnwritten(change: Exclude<Change, { action: "update" }>, run: Run): void {
  const campaign = run.live.get(change.campaignId);
  if (campaign === undefined) return;
  beginWait(settledResult(change), campaign, { kind: "in-sync", after: change.after }, run);
}

/** Puts a campaign back whose reach breaks a rule, in a place of its own among those that are written. */
async function restoreBroken(update: Update, applied: ApplyResult, run: Run): Promise<ApplyResult> {
  const { rules, ledger, begun, signal, options, ports, times } = run;
  if (!rules.mustRestore(applied)) return applied;
  const restoring = { ...portsOf(update, run), settle: ledger.settle, note: journalOf(update, run) };
  const end = await begun.run(() => restoreCampaign(update, applied, restoring, signal));
  if (end.kind === "left") return end.result;
  ledger.settle(withoutWait(end.result, "interrupted"));
  const { result, written } = end;
  const waiting = { result, campaign: written.live, expectation: written.evidence };
  const silent = { ...ports, times, onEvent: () => undefined };
  return confirmResult(waiting, options, silent, signal);
}

type AfterWait = (result: ApplyResult) => Promise<ApplyResult> | ApplyResult;

function beginWait(
  result: ApplyResult,
  campaign: Campaign,
  expectation: Expectation,
  run: Run,
  then: AfterWait = (waited) => waited,
): void {
  const { ledger, ports, options, times, signal } = run;
  if (!isWaitNeeded(campaign, expectation, options)) return;
  // What is known until the wait has come to its end.
  ledger.settle(withoutWait(result, "interrupted"));
  if (signal.aborted) return;
  const wait = confirmResult({ result, campaign, expectation }, options, { ...ports, times }, signal);
  run.waits.push(
    wait
      .then(then)
      .then(ledger.settle)
      .catch((error: unknown) => endBroken(run, error)),
  );
}
