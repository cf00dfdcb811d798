import { failureReasonOf } from "../../domain/exit-codes.ts";
import type { Report } from "../../domain/model.ts";
import type { Verdict } from "../../github/review/compare-reviewed.ts";
import { renderReportText } from "../../render/text/report-text.ts";
import { plainStyle } from "../../render/text/style.ts";
import { type ActionEnd, ENDED_EARLY, failEarly, summarize } from "../end.ts";
import type { LoggedPlan } from "../log-plan.ts";
import { reportOutputs, setOutputs } from "../outputs.ts";
import { type ActionRun, saveResult } from "../run.ts";
import { warningsOf } from "./words.ts";

/** First what stays in this run: GitHub may be slow, and a job that is cancelled has seconds. */
export async function leaveEnd(run: ActionRun, end: ActionEnd): Promise<void> {
  setOutputs(run.runner, { ...end.outputs, "failure-reason": failureReasonOf(end.exitCode) });
  await summarize(run, end);
  run.beforeEnd(() => {
    for (const warning of end.warnings ?? []) run.runner.warning(warning);
    run.runner.fail([end.failure ?? "", NOT_TOLD].join(" ").trim());
  });
}

const NOT_TOLD = "The run was ended while GitHub was told of it. The job summary and the outputs are whole.";

/** What a second signal leaves behind: log, files, outputs and summary tell what is known by then. */
export async function leaveBehind(
  run: ActionRun,
  planned: LoggedPlan,
  verdicts: ReadonlyMap<string, Verdict>,
  report: Report,
): Promise<void> {
  const notices = leaveOutputs(run, planned, report);
  const warnings = warningsOf(run, report);
  for (const warning of warnings) run.runner.warning(warning);
  const content = { kind: "apply", report, plan: planned.plan, verdicts } as const;
  await summarize(run, { content, notices, warnings });
}

/** The same without the summary; gives what there is to say about it. */
export function leaveOutputs(run: ActionRun, planned: LoggedPlan, report: Report): readonly string[] {
  const notices = [`${ENDED_EARLY} The log says what is written and what is not known.`];
  const paths = logAndSave(run, planned, report, notices);
  failEarly(run.runner, reportOutputs(planned.plan, report, paths), notices.join(" "));
  return notices;
}

/** The report into the log, the plan and the report into files: their paths. */
export function logAndSave(run: ActionRun, { plan, text }: LoggedPlan, report: Report, problems: string[]) {
  const reportText = renderReportText(report, { style: plainStyle, minCount: report.privacy.minCount });
  run.runner.log(reportText);
  return {
    plan: saveResult(run, plan, text, problems),
    report: saveResult(run, report, reportText, problems),
  };
}
