import type { ValidDeclarations } from "../../commands/declare.ts";
import { openApplier } from "../../commands/open.ts";
import { AccessError, UsageError } from "../../domain/errors.ts";
import type { Condition } from "../../domain/exit-codes.ts";
import { failureReasonOf } from "../../domain/exit-codes.ts";
import type { Plan, Report, Update } from "../../domain/model.ts";
import { compareReviewed, type Verdict } from "../../github/review/compare-reviewed.ts";
import { exitCodeAfter } from "../../host/signals.ts";
import { updatesOf } from "../../plan/updates.ts";
import { renderReportText } from "../../render/text/report-text.ts";
import { plainStyle } from "../../render/text/style.ts";
import { requireCheckout } from "../checked-out.ts";
import { type LoggedPlan, logPlan, openingOfRun } from "../log-plan.ts";
import { onGitHub } from "../on-github.ts";
import { reportOutputs } from "../outputs.ts";
import { type ActionEnd, type ActionRun, declareAndAnnotate, saveResult, setOutputs } from "../run.ts";
import { summarize } from "../summarize.ts";
import { endOfFiles } from "../validate.ts";
import { beginReviewed, carryOutReviewed } from "./apply-reviewed.ts";
import { coverageOf } from "./coverage.ts";
import { type Authorising, authorising, findReviewed, type ReviewedPlans, reviewedOf } from "./reviewed.ts";
import { lookAtBranch } from "./superseded.ts";
import { type Done, tellApplied, tellNotBegun } from "./tell-applied.ts";
import { failureOf, noticesOf, sentenceOf, warningsOf } from "./words.ts";

/** `command: apply`: plans again, and carries out exactly what the merged pull requests showed. */
export async function applyAction(run: ActionRun): Promise<ActionEnd> {
  try {
    await requireCheckout(run);
    const declared = await declareAndAnnotate(run);
    if (declared.kind === "valid") return await applyDeclared(run, declared);
    const problems = await tellNotBegun(run, "The campaign files are not valid.");
    return endOfFiles(run, declared, problems);
  } catch (error) {
    if (error instanceof AccessError || error instanceof UsageError) {
      const problems = await tellNotBegun(run, sentenceOf(error));
      for (const problem of problems) run.runner.notice(problem);
    }
    throw error;
  }
}

async function applyDeclared(run: ActionRun, declared: ValidDeclarations): Promise<ActionEnd> {
  const unread: string[] = [];
  const found = await reviewedFor(run, unread);
  const { planned, reviewed, branch, ...applied } = await openApplier(
    await openingOfRun(run, declared),
    async (applier) => {
      const planned = await logPlan(run, applier, declared);
      const reviewed = found === null ? null : authorising(found, planned.plan);
      const { verdicts, branch } = await verdictsOn(run, planned.plan, reviewed);
      const applying = beginReviewed(run, planned, verdicts, applier);
      run.beforeEnd(() => leaveBehind(run, planned, verdicts, applying.soFar()));
      const applied = await carryOutReviewed(run, applying, applier.clock).catch((error: unknown) => {
        // The summary is for whoever explains the error.
        leaveOutputs(run, planned, applying.soFar());
        throw error;
      });
      run.beforeEnd(() => leaveBehind(run, planned, verdicts, applied.report));
      return { planned, reviewed, branch, verdicts, ...applied };
    },
  );
  const { plan } = planned;
  const { report, verdicts } = applied;
  const unsaved: string[] = [];
  const paths = logAndSave(run, planned, report, unsaved);
  const result = { plan, verdicts, report, paths };
  const notices = [...noticesOf(run, found, reviewed, report), ...unread, ...unsaved];
  const { conditions } = applied;
  const end = endOf(run, result, { conditions, notices, problems: unsaved, url: "" });
  await leaveEnd(run, end);
  const coverage = await coverageOf(run, declared);
  const { isTip } = branch;
  const done: Done = { ...result, ...coverage, isTip, isWhole: coverage.isWhole && isTip };
  const told = await tellApplied(run, reviewed ?? { pulls: [], notices: [] }, done);
  return endOf(run, result, {
    conditions,
    notices: [...notices, ...told.notices, ...told.problems],
    problems: [...unsaved, ...told.problems],
    url: told.url,
  });
}

/** First what stays in this run: GitHub may be slow, and a job that is cancelled has seconds. */
async function leaveEnd(run: ActionRun, end: ActionEnd): Promise<void> {
  setOutputs(run.runner, { ...end.outputs, "failure-reason": failureReasonOf(end.exitCode) });
  await summarize(run, end);
  run.beforeEnd(() => {
    for (const warning of end.warnings ?? []) run.runner.warning(warning);
    run.runner.fail([end.failure ?? "", NOT_TOLD].join(" ").trim());
  });
}

const NOT_TOLD = "The run was ended while GitHub was told of it. The job summary and the outputs are whole.";

type SavedApply = {
  readonly plan: Plan;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly report: Report;
  readonly paths: { readonly plan: string; readonly report: string };
};

type Known = {
  readonly conditions: readonly Condition[];
  readonly notices: readonly string[];
  /** What could not be kept or told, and makes the run incomplete. */
  readonly problems: readonly string[];
  readonly url: string;
};

function endOf(
  run: ActionRun,
  { plan, verdicts, report, paths }: SavedApply,
  { conditions, notices, problems, url }: Known,
): ActionEnd {
  const all = problems.length > 0 ? [...conditions, "incomplete" as const] : conditions;
  const exitCode = exitCodeAfter(all, run.signal);
  return {
    exitCode,
    outputs: { ...reportOutputs(plan, report, paths), "comment-url": url },
    content: { kind: "apply", report, plan, verdicts },
    warnings: warningsOf(run, report),
    notices,
    failure: exitCode === 0 ? null : failureOf(report, problems, run.signal.aborted),
  };
}

/** What a second signal leaves behind: log, files, outputs and summary tell what is known by then. */
async function leaveBehind(
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
function leaveOutputs(run: ActionRun, planned: LoggedPlan, report: Report): readonly string[] {
  const notices = [ENDED_EARLY];
  const paths = logAndSave(run, planned, report, notices);
  setOutputs(run.runner, { ...reportOutputs(planned.plan, report, paths), "failure-reason": "incomplete" });
  run.runner.fail(notices.join(" "));
  return notices;
}

const ENDED_EARLY = "The run was ended before its time. The log says what is written and what is not known.";

/** The report into the log, the plan and the report into files: their paths. */
function logAndSave(run: ActionRun, { plan, text }: LoggedPlan, report: Report, problems: string[]) {
  const reportText = renderReportText(report, { style: plainStyle });
  run.runner.log(reportText);
  return {
    plan: saveResult(run, plan, text, problems),
    report: saveResult(run, report, reportText, problems),
  };
}

/** The plans that were reviewed; where they decide nothing, they are only where the result is told. */
async function reviewedFor(run: ActionRun, unread: string[]): Promise<ReviewedPlans | null> {
  const { inputs, github } = run;
  if (github === null || inputs.comment === "never") return null;
  if (inputs.requireReviewedPlan) return findReviewed(run, github);
  return onGitHub(unread, () => findReviewed(run, github));
}

/** Without a review every update is taken as it is. What the branch does not say any more is left to a newer run. */
async function verdictsOn(run: ActionRun, plan: Plan, reviewed: Authorising | null) {
  const updates = updatesOf(plan.changes);
  const verdicts: ReadonlyMap<string, Verdict> =
    run.inputs.requireReviewedPlan && reviewed !== null
      ? compareReviewed(plan, reviewedOf(reviewed))
      : new Map(updates.map(({ campaignId }) => [campaignId, { kind: "reviewed" }]));
  // Those first that would be written: only so many are looked for.
  const isPermitted = ({ campaignId }: Update): boolean => verdicts.get(campaignId)?.kind === "reviewed";
  const inOrder = [...updates.filter(isPermitted), ...updates.filter((update) => !isPermitted(update))];
  const branch = await lookAtBranch(run, inOrder);
  return { branch, verdicts: new Map([...verdicts, ...branch.left]) };
}
