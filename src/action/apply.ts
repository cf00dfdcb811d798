import type { ValidDeclarations } from "../commands/declare.ts";
import type { Plan, Report } from "../domain.ts";
import { AccessError, UsageError } from "../errors.ts";
import { renderApplyComment } from "../github/apply-comment.ts";
import { compareReviewed, type Verdict } from "../github/compare-reviewed.ts";
import { followUpMarker, planFailedFollowUp, planFollowUp } from "../github/follow-up-issue.ts";
import type { IssueOperation } from "../github/issue-operation.ts";
import type { OwnIssue } from "../github/model.ts";
import { stateAfterApply } from "../github/state-after-apply.ts";
import { updatesOf } from "../plan/updates.ts";
import { renderReportText } from "../render/report-text.ts";
import { plainStyle } from "../render/style.ts";
import { exitCodeAfter } from "../signals.ts";
import { applyReviewed } from "./apply-reviewed.ts";
import { carryOut } from "./issue-operations.ts";
import { onGitHub } from "./on-github.ts";
import { reportOutputs } from "./outputs.ts";
import { type Made, planWith, readPlan } from "./plan.ts";
import { findReviewed, type ReviewedPlans, reviewedOf } from "./reviewed.ts";
import { type ActionEnd, type ActionRun, declare, saveResult, setOutputs } from "./run.ts";
import { endOfFiles } from "./validate.ts";

/** `command: apply`: plans again, and carries out exactly what the merged pull requests showed. */
export async function applyAction(run: ActionRun): Promise<ActionEnd> {
  const declared = await declare(run);
  if (declared.kind === "invalid") {
    const problems = await tellNotBegun(run, "The campaign files are not valid.");
    return endOfFiles(run, declared, problems);
  }
  try {
    return await applyDeclared(run, declared);
  } catch (error) {
    if (error instanceof AccessError || error instanceof UsageError) await tellNotBegun(run, error.message);
    throw error;
  }
}

/** Nobody looks at a run after the merge: the follow-up issue says that nothing was written, and why. */
async function tellNotBegun(run: ActionRun, reason: string): Promise<readonly string[]> {
  const { target, context } = run;
  const problems: string[] = [];
  await onGitHub(problems, () =>
    keepFollowUp(run, (issues) => planFailedFollowUp({ target, runUrl: context.runUrl, reason }, issues)),
  );
  return problems;
}

async function applyDeclared(run: ActionRun, declared: ValidDeclarations): Promise<ActionEnd> {
  const unread: string[] = [];
  const reviewed = await reviewedFor(run, unread);
  const { planned, verdicts, report, conditions } = await planWith(
    run,
    declared,
    async (connection, input) => {
      const planned = await readPlan(run, connection, input);
      const verdicts = verdictsOn(planned.plan, run.inputs.requireReviewedPlan ? reviewed : null);
      let leave = (): void => undefined;
      const applied = await applyReviewed(run, planned, verdicts, connection, (soFar) => {
        leave = () => leaveBehind(run, planned, soFar());
        run.beforeEnd(leave);
      }).catch((error: unknown) => {
        leave();
        throw error;
      });
      run.beforeEnd(() => leaveBehind(run, planned, applied.report));
      return { planned, verdicts, ...applied };
    },
  );
  const { plan } = planned;
  const problems: string[] = [];
  const paths = logAndSave(run, planned, report, problems);
  const done = { plan, verdicts, report };
  const commentUrl = await reportBack(run, reviewed, done, problems);
  const { target, context } = run;
  await onGitHub(problems, () =>
    keepFollowUp(run, (issues) => planFollowUp({ ...done, target, runUrl: context.runUrl }, issues)),
  );
  const isSkipped = run.inputs.failOnSkip && report.summary.skipped > 0;
  const exitCode = exitCodeAfter(
    [
      ...conditions,
      ...(isSkipped ? (["skipped"] as const) : []),
      ...(problems.length > 0 ? (["incomplete"] as const) : []),
    ],
    run.signal,
  );
  return {
    exitCode,
    outputs: { ...reportOutputs(plan, report, paths), "comment-url": commentUrl },
    content: { kind: "apply", report, plan, verdicts },
    notices: [...noticesOf(run, reviewed, report), ...unread, ...problems],
    failure: exitCode === 0 ? null : [failureOf(report), ...problems].filter((text) => text !== "").join(" "),
  };
}

/** What a second signal leaves behind: log, files and outputs tell what is known by then. */
function leaveBehind(run: ActionRun, planned: Made, report: Report): void {
  const problems: string[] = [];
  const paths = logAndSave(run, planned, report, problems);
  setOutputs(run.runner, { ...reportOutputs(planned.plan, report, paths), "failure-reason": "incomplete" });
  run.runner.fail(
    [
      "The run was ended before its time. The log says what is written and what is not known.",
      ...problems,
    ].join(" "),
  );
}

/** The report into the log, the plan and the report into files: their paths. */
function logAndSave(run: ActionRun, { plan, text }: Made, report: Report, problems: string[]) {
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

/** Without a review every update is taken as it is. */
function verdictsOn(plan: Plan, reviewed: ReviewedPlans | null): ReadonlyMap<string, Verdict> {
  if (reviewed !== null) return compareReviewed(plan, reviewedOf(reviewed, plan.apiUrl));
  return new Map(updatesOf(plan.changes).map(({ campaignId }) => [campaignId, { kind: "reviewed" }]));
}

type Done = {
  readonly plan: Plan;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly report: Report;
};

/** Writes the result into the comment of each pull request whose plan this was; the address of the newest. */
async function reportBack(
  run: ActionRun,
  reviewed: ReviewedPlans | null,
  done: Done,
  problems: string[],
): Promise<string> {
  const { github } = run;
  const urls: string[] = [];
  if (github === null) return "";
  for (const { number, comment } of reviewed?.pulls ?? []) {
    const state = stateAfterApply(comment.header.reviewed, done.plan, done.report, done.verdicts);
    const { body } = renderApplyComment({ ...done, previous: comment, state, runUrl: run.context.runUrl });
    const written = await onGitHub(problems, () => github.writePlanComment(number, body, comment));
    if (written === "forbidden") {
      problems.push(
        `The result could not be written into pull request ${number}: the token may not edit its comment.`,
      );
    } else if (written !== null) urls.push(written.url);
  }
  return urls[0] ?? "";
}

/** One issue names what is left; none is open when nothing is. */
async function keepFollowUp(
  { github, target }: ActionRun,
  operationsFor: (issues: readonly OwnIssue[]) => readonly IssueOperation[],
): Promise<void> {
  if (github === null) return;
  const issues = await github.findIssues(followUpMarker(target));
  for (const operation of operationsFor(issues)) await carryOut(github, operation);
}

const UNREVIEWED =
  "require-reviewed-plan is false: whatever differed was written, whether a pull request showed it or not.";

function noticesOf(run: ActionRun, reviewed: ReviewedPlans | null, { summary }: Report): readonly string[] {
  if (!run.inputs.requireReviewedPlan) return [UNREVIEWED, ...(reviewed?.notices ?? [])];
  if (reviewed === null) return [];
  const { pulls, notices } = reviewed;
  if (pulls.length > 0 || summary.stale === 0) return notices;
  return [
    ...notices,
    "No reviewed plan was found: no merged pull request of this branch has a plan comment of this workflow that is still to be applied. Nothing was written.",
  ];
}

/** What is not done; nothing where only GitHub could not be told. */
function failureOf({ summary }: Report): string {
  const parts = [
    [summary.stale, "stale"],
    [summary.failed, "failed"],
    [summary.notAttempted, "not attempted"],
    [summary.reachUnconfirmed, "with reach not confirmed"],
    [summary.skipped, "skipped (not draft)"],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (told.length === 0) return "";
  return `Not everything is done: ${told.join(", ")}. The job summary says which, and why.`;
}
