import { AccessError, UsageError } from "../../domain/errors.ts";
import type { Diagnostic, Plan } from "../../domain/model.ts";
import { renderInvalidComment } from "../../github/page/invalid-comment.ts";
import { type NoPlan, renderNoPlanComment } from "../../github/page/no-plan-comment.ts";
import { renderPlanComment } from "../../github/page/plan-comment.ts";
import type { Origins } from "../../github/page/plan-table.ts";
import type { PlanNote } from "../../github/page/shown/plan-note.ts";
import { mayBeWeaker } from "../../github/review/plan-labels.ts";
import { GitHubError } from "../../github/run/github-error.ts";
import type { CommentHeader, OwnComment } from "../../github/run/model.ts";
import { onGitHub } from "../on-github.ts";
import { type ActionRun, commitOf, fileUrlFor } from "../run.ts";
import { labelsFor } from "./keep-labels.ts";
import { type CommentTold, tell } from "./tell.ts";

/** What its comment says of a plan that the plan does not know. */
export type AboutPlan = { readonly origins: Origins; readonly notes: readonly PlanNote[] };

/** Writes the plan into its comment. */
export function tellPlan(run: ActionRun, plan: Plan, about: AboutPlan): Promise<CommentTold> {
  const commit = commitOf(run);
  const rendered = renderPlanComment({
    plan,
    target: run.target,
    commit,
    ...about,
    fileUrl: fileUrlFor(run, commit),
    runUrl: run.context.runUrl,
    labels: labelsFor(run, plan),
  });
  return tell(run, (there) => (there !== null || mayBeFirst(run, hasNews(plan)) ? rendered : null));
}

/** Writes the mistakes in the files into the comment. */
export function tellInvalid(run: ActionRun, diagnostics: readonly Diagnostic[]): Promise<CommentTold> {
  const rendered = (there: OwnComment | null) =>
    renderInvalidComment({
      diagnostics,
      target: run.target,
      commit: commitOf(run),
      runUrl: run.context.runUrl,
      labels: there?.header.labels,
    });
  return tell(run, (there) => (there !== null || mayBeFirst(run, false) ? rendered(there) : null));
}

/** Whether it has something to show. */
function hasNews({ summary, ruleChanges }: Plan): boolean {
  return summary.update > 0 || mayBeWeaker(ruleChanges);
}

/** With `changes-only` a first comment has changes to show. A run of a fork may not comment. */
function mayBeFirst({ inputs, context: { trigger } }: ActionRun, isNews: boolean): boolean {
  if (trigger.kind === "pull-request" && trigger.isFork) return false;
  return inputs.comment === "always" || isNews;
}

/**
 * At the beginning of a run: a plan of an older commit is taken out of sight, since nobody knows whether this run comes
 * to an end. Gives that commit; null where there was none.
 */
export async function takeBackOlder(run: ActionRun): Promise<string | null> {
  let replaced: string | null = null;
  const problems: string[] = [];
  await onGitHub(problems, () =>
    tell(run, (there) => {
      if (there === null || !isPlanOfAnother(run, there.header)) return null;
      replaced = there.header.commit;
      return noPlan(run, NOT_ENDED, replaced, there);
    }),
  );
  for (const problem of problems) run.runner.warning(problem);
  return replaced;
}

const NOT_ENDED: NoPlan = {
  words: "the run of this commit has not ended",
  sentence: "When it has, the plan stands here. Where it was cancelled or cut off, run the job again.",
};

/** Says that this commit has no plan, and why; one that it has all the same, from an earlier run, stays. */
export async function tellNoPlan(run: ActionRun, why: NoPlan, replaced: string | null): Promise<void> {
  if (run.signal.aborted) return;
  const problems: string[] = [];
  const told = await onGitHub(problems, () =>
    tell(run, (there) => {
      if (there === null) return mayBeFirst(run, false) ? noPlan(run, why, null, there) : null;
      if (isPlanOfAnother(run, there.header)) return noPlan(run, why, there.header.commit, there);
      return isPlan(there.header) ? null : noPlan(run, why, replaced, there);
    }),
  );
  for (const problem of problems) run.runner.warning(problem);
  if (told?.left != null) run.runner.notice(told.left);
}

function noPlan(run: ActionRun, why: NoPlan, replaced: string | null, there: OwnComment | null) {
  const { target, context } = run;
  const labels = there?.header.labels;
  const commit = commitOf(run);
  return renderNoPlanComment({ why, target, commit, replaced, runUrl: context.runUrl, labels });
}

/** Where there is no plan, no API is told. Of a header that cannot be read, nobody knows what is shown below it. */
function isPlan({ api, commit }: CommentHeader): boolean {
  return api !== undefined || commit === "";
}

function isPlanOfAnother(run: ActionRun, header: CommentHeader): boolean {
  return isPlan(header) && header.commit !== commitOf(run);
}

/** Why a run that failed has no plan. What a bug says is for the log alone: nothing masks secrets in a comment. */
export function whyFailed(error: unknown): NoPlan {
  if (error instanceof AccessError) {
    return { words: "the API refused the credentials", sentence: error.message };
  }
  if (error instanceof UsageError) {
    const sentence = error.hint === null ? error.message : `${error.message} ${error.hint}`;
    return { words: "the run could not begin", sentence };
  }
  if (error instanceof GitHubError) return { words: "GitHub could not be asked", sentence: error.message };
  return {
    words: "the run failed",
    sentence: "This is a mistake in campaignctl. The log of the run has it; please report it.",
  };
}
