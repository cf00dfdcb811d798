import type { CarriedOut } from "../commands/apply.ts";
import type { Approval } from "../commands/approval.ts";
import type { Settings } from "../commands/settings.ts";
import type { Plan, Report } from "../domain/model.ts";
import { exitCodeAfter } from "../host/signals.ts";
import { applyQuestion } from "../render/page/apply-question.ts";
import { renderPlanText } from "../render/text/plan-text.ts";
import { escapeText } from "../text/invisible.ts";
import type { CommonFlags } from "./common-options.ts";
import { explainFailure, explainWarnings, warnOfOpenReach, warnOfSkipped } from "./explain.ts";
import { printResult, reportResult } from "./print-result.ts";
import type { Session } from "./terminal/session.ts";

/** The flags of `apply` that say how it is told. */
type Told = Pick<CommonFlags, "format" | "out" | "verbose"> & { readonly report: string | null };

/** What a person is asked about, that person must see. */
export function showPlan(
  plan: Plan,
  { format, verbose }: Told,
  confirm: Approval["confirm"],
  session: Session,
): void {
  if (format === "text" || confirm !== null) {
    const { write, style } = confirm === null ? session.asides : session.stderr;
    write(`${renderPlanText(plan, { style, isVerbose: verbose, isAsked: confirm !== null })}\n`);
  } else {
    explainWarnings(plan.diagnostics, session);
  }
}

/** Prints the report and writes the files, the first time only: a second signal may come while it is being done. */
export function printOnce(flags: Told, session: Session): (report: Report, exitCode: number) => number {
  let isPrinted = false;
  return (made, exitCode) => {
    if (isPrinted) return exitCode;
    isPrinted = true;
    const files = [flags.out, flags.report].filter((file) => file !== null);
    return printResult(reportResult(made, session), { format: flags.format, files }, session, exitCode);
  };
}

/** Tells what a run came to, and gives its exit code. */
export function tellEnd(
  { report, conditions, anyRead, accessError }: CarriedOut,
  { format }: Told,
  signal: AbortSignal,
  { print, session }: { readonly print: ReturnType<typeof printOnce>; readonly session: Session },
): number {
  explainFailure(report, accessError, conditions, session);
  const exitCode = exitCodeAfter(conditions, signal);
  // Refused before anything was read: stdout stays empty, as it does without a saved plan.
  if (conditions.includes("no-access") && !anyRead) return exitCode;
  warnOfSkipped(
    report.results.filter(({ outcome }) => outcome === "skipped"),
    format,
    session,
  );
  warnOfOpenReach(report, session);
  return print(report, exitCode);
}

/** What a person is asked before anything is written. */
export function questionOn(plan: Plan, { beatenUrl }: Settings): string {
  return escapeText(applyQuestion(plan, beatenUrl));
}
