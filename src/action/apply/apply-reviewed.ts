import { type ApplyOptions, IDLE_PATIENCE_MS } from "../../apply/apply-plan.ts";
import { createLedger } from "../../apply/ledger.ts";
import { buildApplyReport, conditionsOf } from "../../apply/report.ts";
import { makeResult } from "../../apply/result.ts";
import { apply, reportSoFar } from "../../commands/apply.ts";
import type { Planned } from "../../commands/plan.ts";
import { sameBinding } from "../../domain/binding.ts";
import type { Condition } from "../../domain/exit-codes.ts";
import type { ApplyResult, Change, Plan, Report, Update } from "../../domain/model.ts";
import type { Journal } from "../../domain/ports.ts";
import { TOOL } from "../../domain/tool.ts";
import type { Connection } from "../../experiture/connection.ts";
import type { Verdict } from "../../github/review/compare-reviewed.ts";
import { headStartFor } from "../../github/run/head-start.ts";
import { systemClock } from "../../host/clock.ts";
import { completePlan } from "../../plan/build.ts";
import { eventLine } from "../../render/progress.ts";
import type { ActionRun } from "../run.ts";

/** A report on every declared campaign, and what of it decides the exit code. */
export type AppliedReviewed = { readonly report: Report; readonly conditions: readonly Condition[] };

/**
 * Carries out the updates that were reviewed. One that differs from what was reviewed ends as `stale`, unwritten.
 *
 * @param begun is given, before anything is written, what tells the report as it stands at any moment.
 */
export async function applyReviewed(
  run: ActionRun,
  planned: Extract<Planned, { kind: "planned" }>,
  verdicts: ReadonlyMap<string, Verdict>,
  connection: Connection,
  begun: (soFar: () => Report) => void,
): Promise<AppliedReviewed> {
  const { plan, live, accessError } = planned;
  const startedAt = systemClock.now();
  const changes = plan.changes.filter((change) => isPermitted(change, verdicts));
  const permitted = completePlan({ ...plan, changes });
  const input = { plan: permitted, live, accessError, tool: TOOL, startedAt };
  const ledger = createLedger(permitted);
  begun(() => withRefused(plan, reportSoFar(input, ledger, systemClock.now()), verdicts));
  await letOthersGoFirst(run, permitted);
  const { report, conditions } = await apply(
    input,
    { expectDigest: null, maxPlanAge: null, confirm: null },
    optionsOf(run),
    {
      reader: connection.reader,
      writer: connection.openWriter(),
      clock: systemClock,
      onEvent: (event) => run.runner.log(eventLine(event)),
      journal: journalIn(run),
      ledger,
    },
    run.signal,
  );
  const whole = withRefused(plan, report, verdicts);
  // What was refused was not asked for again, but it could be read: the API was reached.
  const asked = whole.results.length === report.results.length ? report.results : [];
  return { report: whole, conditions: [...new Set([...conditions, ...conditionsOf(whole, asked)])] };
}

/** An aborted signal cuts it short; what begins nothing more then is `apply`. */
async function letOthersGoFirst({ context, runner, signal }: ActionRun, { summary }: Plan): Promise<void> {
  const ms = summary.update === 0 ? 0 : headStartFor(context);
  if (ms === 0 || signal.aborted) return;
  runner.log(`Waiting ${ms / 1_000} s before writing: a run of the same push may be under way.`);
  await systemClock.sleep(ms, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** The job's log outlives a runner that is lost; its disk does not. */
function journalIn({ runner }: ActionRun): Journal {
  return {
    note: (campaignId, step) => {
      if (step === "sending") runner.log(`${campaignId}: writing`);
    },
  };
}

function isPermitted(change: Change, verdicts: ReadonlyMap<string, Verdict>): boolean {
  return change.action !== "update" || verdicts.get(change.campaignId)?.kind === "reviewed";
}

function optionsOf({ inputs }: ActionRun): ApplyOptions {
  const { parallelism, waitTimeoutMs } = inputs;
  return { parallelism, wait: "until-confirmed", timeoutMs: waitTimeoutMs, idleMs: IDLE_PATIENCE_MS };
}

/** The report with a result for each refused update as well, in the plan's order. */
function withRefused(plan: Plan, report: Report, verdicts: ReadonlyMap<string, Verdict>): Report {
  const results = new Map(report.results.map((result) => [result.campaignId, result]));
  const all = plan.changes.map(
    (change) => results.get(change.campaignId) ?? refusedResult(change, verdicts.get(change.campaignId)),
  );
  return buildApplyReport(plan, all, {
    tool: report.tool,
    startedAt: Date.parse(report.startedAt),
    finishedAt: Date.parse(report.finishedAt),
    environment: report.environment,
    apiUrl: report.apiUrl,
  });
}

function refusedResult(change: Change, verdict: Verdict | undefined): ApplyResult {
  if (change.action !== "update") throw new Error(`Campaign ${change.campaignId} was lost on the way.`);
  if (verdict?.kind === "superseded" || verdict?.kind === "branch-moved") {
    return makeResult(change, { outcome: "not-attempted", reason: verdict.kind });
  }
  const result = makeResult(change, { outcome: "stale", reason: staleReason(change, verdict) });
  return { ...result, live: change.before };
}

/** Live moved, the file was changed after the review, or nobody has reviewed a change of this campaign at all. */
function staleReason(update: Update, verdict: Verdict | undefined): string {
  if (verdict?.kind !== "differs" || verdict.reviewed === null) return "not-reviewed";
  return sameBinding(update.after, verdict.reviewed.after) ? "live-changed" : "file-changed";
}
