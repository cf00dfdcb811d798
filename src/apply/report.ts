import { isUnreachable } from "../domain/campaign-error.ts";
import type { Condition } from "../domain/exit-codes.ts";
import type { ApplyResult, ApplySummary, Outcome, Plan, Report, Tool } from "../domain/model.ts";
import { isLeftToNewerRun } from "../domain/newer-run.ts";
import { countsAsUnconfirmed } from "../domain/reach-rules.ts";
import { RESTORED_BEFORE } from "../guardrails/restored-before.ts";
import { stops } from "../guardrails/stops.ts";
import { fingerprinted, unfingerprinted } from "../plan/fingerprint.ts";

/** The report format this program writes. */
const REPORT_FORMAT = "1.0";

/** What a report says of itself. Times are milliseconds since the epoch. */
export type ReportOrigin = {
  readonly tool: Tool;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly environment: string | null;
  readonly apiUrl: string;
  readonly privacy: Report["privacy"];
  readonly scope: Report["scope"];
  readonly audiences: Report["audiences"];
  /** None when left out. */
  readonly findings?: Report["findings"];
};

/** Makes the report of an `apply` from the results of every campaign of its plan. */
export function buildApplyReport(plan: Plan, results: readonly ApplyResult[], origin: ReportOrigin): Report {
  return buildReport("apply-report", plan.digest, results, origin);
}

/** Makes the report of a `wait`. It has no plan digest: nothing was to be written. */
export function buildWaitReport(results: readonly ApplyResult[], origin: ReportOrigin): Report {
  return buildReport("wait-report", null, results, origin);
}

/** The same report with other results. */
export function withResults(report: Report, results: readonly ApplyResult[]): Report {
  return sealed({ ...unfingerprinted(report), results, summary: summaryOf(results) });
}

function sealed({ formatVersion, kind, tool, ...rest }: Omit<Report, "fingerprint">): Report {
  return fingerprinted({ formatVersion, kind, tool }, rest);
}

function buildReport(
  kind: Report["kind"],
  planDigest: string | null,
  results: readonly ApplyResult[],
  origin: ReportOrigin,
): Report {
  return sealed({
    formatVersion: REPORT_FORMAT,
    kind,
    tool: origin.tool,
    startedAt: new Date(origin.startedAt).toISOString(),
    finishedAt: new Date(origin.finishedAt).toISOString(),
    environment: origin.environment,
    apiUrl: origin.apiUrl,
    privacy: origin.privacy,
    planDigest,
    scope: origin.scope,
    summary: summaryOf(results),
    results,
    audiences: origin.audiences,
    findings: origin.findings ?? [],
  });
}

function summaryOf(results: readonly ApplyResult[]): ApplySummary {
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  const waited = results.filter((result) => result.waited);
  const confirmed = waited.filter((result) => result.reach?.confirmed === true).length;
  return {
    applied: count("applied"),
    restored: count("restored"),
    unchanged: count("unchanged"),
    skipped: count("skipped"),
    stale: count("stale"),
    failed: count("failed"),
    notAttempted: count("not-attempted"),
    reachConfirmed: confirmed,
    reachUnconfirmed: waited.length - confirmed,
  };
}

/**
 * What of a report decides the exit code. Skipped campaigns are not among it (see `--fail-on-skip`), and not every
 * campaign whose reach is not confirmed is (see `countsAsUnconfirmed`).
 *
 * @param asked the results of the campaigns that the API was asked about in this run.
 */
export function conditionsOf(
  report: Report,
  asked: readonly ApplyResult[] = report.results,
): readonly Condition[] {
  const conditions: Condition[] = [];
  const { results, summary } = report;
  if (
    results.some(({ reason, unconfirmedReason }) => reason === "no-access" || unconfirmedReason === "stopped")
  ) {
    conditions.push("no-access");
  }
  const isHeldBack = results.some(({ reason }) => reason === RESTORED_BEFORE);
  if (isHeldBack || report.findings.some(stops)) conditions.push("guardrail");
  if (nothingReached(asked)) conditions.push("unreachable");
  if (summary.failed > 0 || results.some(isLeftUndone)) conditions.push("incomplete");
  if (summary.stale > 0) conditions.push("stale");
  if (results.some((result) => countsAsUnconfirmed(result, report.kind)))
    conditions.push("reach-unconfirmed");
  return conditions;
}

/** What was not attempted is to be done still, unless a newer run has it to do. */
function isLeftUndone(result: ApplyResult): boolean {
  return result.outcome === "not-attempted" && !isLeftToNewerRun(result);
}

/** Every campaign that was asked for failed for want of an answer, and nothing may have been written. */
function nothingReached(asked: readonly ApplyResult[]): boolean {
  const attempted = asked.filter((result) => result.outcome !== "not-attempted");
  return (
    attempted.length > 0 &&
    attempted.every(({ error }) => error !== null && isUnreachable(error) && !error.mayHaveLanded)
  );
}
