import type { ValidDeclarations } from "../../commands/declare.ts";
import { AccessError, type Condition, UsageError } from "../../domain/errors.ts";
import type { Plan, Report } from "../../domain/model.ts";
import { isLeftToNewerRun } from "../../domain/newer-run.ts";
import { compareReviewed, type Verdict } from "../../github/review/compare-reviewed.ts";
import { exitCodeAfter } from "../../host/signals.ts";
import { updatesOf } from "../../plan/updates.ts";
import { renderReportText } from "../../render/report/report-text.ts";
import { plainStyle } from "../../render/style.ts";
import { requireCheckout } from "../checked-out.ts";
import { onGitHub } from "../on-github.ts";
import { failureReasonOf, reportOutputs } from "../outputs.ts";
import { type Made, planWith, readPlan } from "../plan/plan.ts";
import { type ActionEnd, type ActionRun, declare, saveResult, setOutputs } from "../run.ts";
import { skippedWarnings } from "../skipped.ts";
import { summarize } from "../summarize.ts";
import { endOfFiles } from "../validate.ts";
import { applyReviewed } from "./apply-reviewed.ts";
import { looksAtAll } from "./coverage.ts";
import {
  type Authorising,
  authorising,
  findReviewed,
  isEmpty,
  type ReviewedPlans,
  reviewedOf,
} from "./reviewed.ts";
import { leftToNewerRun } from "./superseded.ts";
import { type Done, tellApplied, tellNotBegun } from "./tell-applied.ts";

/** `command: apply`: plans again, and carries out exactly what the merged pull requests showed. */
export async function applyAction(run: ActionRun): Promise<ActionEnd> {
  try {
    await requireCheckout(run);
    const declared = await declare(run);
    if (declared.kind === "valid") return await applyDeclared(run, declared);
    const problems = await tellNotBegun(run, "The campaign files are not valid.");
    return endOfFiles(run, declared, problems);
  } catch (error) {
    if (error instanceof AccessError || error instanceof UsageError) await tellNotBegun(run, error.message);
    throw error;
  }
}

async function applyDeclared(run: ActionRun, declared: ValidDeclarations): Promise<ActionEnd> {
  const unread: string[] = [];
  const found = await reviewedFor(run, unread);
  const { planned, reviewed, ...applied } = await planWith(run, declared, async (connection, input) => {
    const planned = await readPlan(run, connection, input);
    const reviewed = found === null ? null : authorising(found, planned.plan);
    const verdicts = await verdictsOn(run, planned.plan, reviewed);
    let known = (): Report | null => null;
    const applied = await applyReviewed(run, planned, verdicts, connection, (soFar) => {
      known = soFar;
      run.beforeEnd(() => leaveBehind(run, planned, verdicts, soFar()));
    }).catch((error: unknown) => {
      const report = known();
      // The summary is for whoever explains the error.
      if (report !== null) leaveOutputs(run, planned, report);
      throw error;
    });
    run.beforeEnd(() => leaveBehind(run, planned, verdicts, applied.report));
    return { planned, reviewed, verdicts, ...applied };
  });
  const { plan } = planned;
  const { report, verdicts } = applied;
  const unsaved: string[] = [];
  const paths = logAndSave(run, planned, report, unsaved);
  const done = { plan, verdicts, report, isWhole: await looksAtAll(run) };
  const notices = [...noticesOf(run, found, reviewed, report), ...unread, ...unsaved];
  const conditions = [...applied.conditions, ...skippedCondition(run, report)];
  const end = endOf(run, done, paths, { conditions, notices, problems: unsaved, url: "" });
  // First what stays in this run: GitHub may be slow, and a job that is cancelled has seconds.
  setOutputs(run.runner, { ...end.outputs, "failure-reason": failureReasonOf(end.exitCode) });
  await summarize(run, end);
  const told = await tellApplied(run, reviewed ?? { pulls: [], notices: [] }, done);
  return endOf(run, done, paths, {
    conditions,
    notices: [...notices, ...told.notices, ...told.problems],
    problems: [...unsaved, ...told.problems],
    url: told.url,
  });
}

type Known = {
  readonly conditions: readonly Condition[];
  readonly notices: readonly string[];
  /** What could not be kept or told, and makes the run incomplete. */
  readonly problems: readonly string[];
  readonly url: string;
};

function endOf(
  { inputs, signal }: ActionRun,
  { plan, verdicts, report }: Done,
  paths: { readonly plan: string; readonly report: string },
  { conditions, notices, problems, url }: Known,
): ActionEnd {
  const all = problems.length > 0 ? [...conditions, "incomplete" as const] : conditions;
  const exitCode = exitCodeAfter(all, signal);
  return {
    exitCode,
    outputs: { ...reportOutputs(plan, report, paths), "comment-url": url },
    content: { kind: "apply", report, plan, verdicts },
    warnings: [
      ...(inputs.requireReviewedPlan ? [] : [UNREVIEWED]),
      ...skippedWarnings(report.results.filter(({ outcome }) => outcome === "skipped")),
    ],
    notices,
    failure: exitCode === 0 ? null : [failureOf(report), ...problems].filter((text) => text !== "").join(" "),
  };
}

function skippedCondition({ inputs }: ActionRun, { summary }: Report): readonly Condition[] {
  return inputs.failOnSkip && summary.skipped > 0 ? ["skipped"] : [];
}

/** What a second signal leaves behind: log, files, outputs and summary tell what is known by then. */
async function leaveBehind(
  run: ActionRun,
  planned: Made,
  verdicts: ReadonlyMap<string, Verdict>,
  report: Report,
): Promise<void> {
  const notices = leaveOutputs(run, planned, report);
  await summarize(run, { content: { kind: "apply", report, plan: planned.plan, verdicts }, notices });
}

/** The same without the summary; gives what there is to say about it. */
function leaveOutputs(run: ActionRun, planned: Made, report: Report): readonly string[] {
  const notices = [ENDED_EARLY];
  const paths = logAndSave(run, planned, report, notices);
  setOutputs(run.runner, { ...reportOutputs(planned.plan, report, paths), "failure-reason": "incomplete" });
  run.runner.fail(notices.join(" "));
  return notices;
}

const ENDED_EARLY = "The run was ended before its time. The log says what is written and what is not known.";

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

/** Without a review every update is taken as it is. What the branch does not say any more is left to a newer run. */
async function verdictsOn(
  run: ActionRun,
  plan: Plan,
  reviewed: Authorising | null,
): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts =
    run.inputs.requireReviewedPlan && reviewed !== null
      ? compareReviewed(plan, reviewedOf(reviewed))
      : new Map(
          updatesOf(plan.changes).map(({ campaignId }) => [campaignId, { kind: "reviewed" } as Verdict]),
        );
  return new Map([...verdicts, ...(await leftToNewerRun(run, plan))]);
}

const UNREVIEWED =
  "require-reviewed-plan is false: whatever differed was written, whether a pull request showed it or not.";

function noticesOf(
  run: ActionRun,
  found: ReviewedPlans | null,
  reviewed: Authorising | null,
  report: Report,
): readonly string[] {
  const left = report.results.filter(isLeftToNewerRun).length;
  const told = [
    ...(found?.notices ?? []),
    ...(reviewed?.notices ?? []),
    ...(left === 0 ? [] : [newerRunNotice(left)]),
  ];
  const holdsNothing = reviewed?.pulls.every(({ comment }) => isEmpty(comment.header.reviewed)) ?? true;
  const isMissed = run.inputs.requireReviewedPlan && report.summary.stale > 0 && holdsNothing;
  return isMissed ? [...told, missedNotice(run, found?.instead ?? [])] : told;
}

function newerRunNotice(count: number): string {
  return `${count === 1 ? "One campaign is" : `${count} campaigns are`} left to a newer run: the branch has moved on since the commit of this run. The job summary says what it declares by now, as far as that is known.`;
}

/** What was looked for, and what was found instead. */
function missedNotice({ target: { workflow, environment } }: ActionRun, instead: readonly string[]): string {
  const where = environment === null ? "" : `, environment ${environment}`;
  return [
    `No reviewed plan was found that is still to be applied: none of workflow ${workflow}${where} in a pull request that was merged into this branch.`,
    ...instead,
    "Nothing was written.",
  ].join(" ");
}

/** What is not done; nothing where only GitHub could not be told. */
function failureOf({ summary, results }: Report): string {
  const parts = [
    [summary.stale, "stale"],
    [summary.failed, "failed"],
    [summary.notAttempted - results.filter(isLeftToNewerRun).length, "not attempted"],
    [summary.reachUnconfirmed, "with reach not confirmed"],
    [summary.skipped, "skipped (not draft)"],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (told.length === 0) return "";
  return `Not everything is done: ${told.join(", ")}. The job summary says which, and why.`;
}
