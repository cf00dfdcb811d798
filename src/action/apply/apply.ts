import type { ValidDeclarations } from "../../commands/declare.ts";
import { openApplier } from "../../commands/open.ts";
import { AccessError, UsageError } from "../../domain/errors.ts";
import type { Condition } from "../../domain/exit-codes.ts";
import type { Plan, Report, Update } from "../../domain/model.ts";
import { compareReviewed, type Verdict } from "../../github/review/compare-reviewed.ts";
import { exitCodeAfter } from "../../host/signals.ts";
import { updatesOf } from "../../plan/updates.ts";
import { requireCheckout } from "../checked-out.ts";
import type { ActionEnd } from "../end.ts";
import { logPlan, openingOfRun } from "../log-plan.ts";
import { onGitHub } from "../on-github.ts";
import { reportOutputs } from "../outputs.ts";
import type { ActionRun } from "../run.ts";
import { endOfFiles } from "../validate.ts";
import { beginReviewed, carryOutReviewed } from "./apply-reviewed.ts";
import { extentOf } from "./coverage.ts";
import { declareForApply } from "./declare-apply.ts";
import { leaveBehind, leaveEnd, leaveOutputs, logAndSave } from "./left-behind.ts";
import { type Authorising, authorising, findReviewed, type ReviewedPlans, reviewedOf } from "./reviewed.ts";
import { lookAtBranch } from "./superseded.ts";
import { type Done, tellApplied, tellNotBegun } from "./tell-applied.ts";
import { failureOf, noticesOf, sentenceOf, warningsOf } from "./words.ts";

/** `command: apply`: plans again, and carries out exactly what the merged pull requests showed. */
export async function applyAction(run: ActionRun): Promise<ActionEnd> {
  try {
    await requireCheckout(run);
    const unread: string[] = [];
    const found = await reviewedFor(run, unread);
    const { declared, notices } = await declareForApply(run, found);
    if (declared.kind === "valid") {
      return await applyDeclared(run, declared, found, [...notices, ...unread]);
    }
    const problems = await tellNotBegun(run, "The campaign files are not valid.");
    return endOfFiles(run, { declared }, problems);
  } catch (error) {
    if (error instanceof AccessError || error instanceof UsageError) {
      const problems = await tellNotBegun(run, sentenceOf(error));
      for (const problem of problems) run.runner.notice(problem);
    }
    throw error;
  }
}

async function applyDeclared(
  run: ActionRun,
  declared: ValidDeclarations,
  found: ReviewedPlans | null,
  about: readonly string[],
): Promise<ActionEnd> {
  const { planned, reviewed, branch, ...applied } = await openApplier(
    await openingOfRun(run, declared),
    async (applier) => {
      const planned = await logPlan(run, applier, declared);
      const reviewed = found === null ? null : authorising(found, planned.plan);
      const { verdicts, branch } = await verdictsOn(run, planned.plan, reviewed);
      const applying = beginReviewed(run, planned, verdicts, applier);
      run.beforeEnd(() => leaveBehind(run, planned, verdicts, applying.soFar()));
      const applied = await carryOutReviewed(run, applying, planned.plan, applier.clock).catch(
        (error: unknown) => {
          // The summary is for whoever explains the error.
          leaveOutputs(run, planned, applying.soFar());
          throw error;
        },
      );
      run.beforeEnd(() => leaveBehind(run, planned, verdicts, applied.report));
      return { planned, reviewed, branch, verdicts, ...applied };
    },
  );
  const { plan } = planned;
  const { report, verdicts } = applied;
  const unsaved: string[] = [];
  const paths = logAndSave(run, planned, report, unsaved);
  const result = { plan, verdicts, report, paths };
  const notices = [...noticesOf(run, found, reviewed, report), ...about, ...unsaved];
  const { conditions } = applied;
  const end = endOf(run, result, { conditions, notices, problems: unsaved, url: "" });
  await leaveEnd(run, end);
  const done: Done = { ...result, ...(await extentOf(run, declared, branch)) };
  const told = await tellApplied(run, reviewed ?? { pulls: [], notices: [] }, done);
  return endOf(run, result, {
    conditions,
    notices: [...notices, ...told.notices, ...told.problems],
    problems: [...unsaved, ...told.problems],
    url: told.url,
  });
}

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
