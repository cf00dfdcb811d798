import type { GitHub } from "../github/github.ts";
import type { MergedPullRequest, PlanComment, Reviewed } from "../github/model.ts";
import { byNewestMerge } from "../github/pull-requests.ts";
import { apiDigest } from "../github/reviewed.ts";
import type { ActionRun } from "./run.ts";

/** A merged pull request and the plan that was reviewed in it. */
type ReviewedPull = { readonly number: number; readonly comment: PlanComment };

/** What was reviewed: the comments that authorise, newest merge first, and what a reader should know. */
export type ReviewedPlans = {
  readonly pulls: readonly ReviewedPull[];
  readonly notices: readonly string[];
};

/**
 * Finds the plans that may be carried out: those of the pull requests that this push brought in, and those merged
 * earlier that no run has carried out yet, since GitHub may drop a run that waits.
 */
export async function findReviewed(run: ActionRun, github: GitHub): Promise<ReviewedPlans> {
  const { trigger } = run.context;
  if ((trigger.kind !== "push" && trigger.kind !== "other") || trigger.branch === null) {
    return { pulls: [], notices: [] };
  }
  const { branch } = trigger;
  const head = trigger.kind === "push" ? trigger.after : trigger.sha;
  const merged =
    trigger.kind === "push"
      ? await github.mergedPullRequests({ before: trigger.before, after: trigger.after, branch })
      : [];
  const ofThisPush = await commentsOf(run, github, merged);
  const known = merged.map(({ number }) => number);
  const earlier = await github.plannedEarlier({ branch, head, target: run.target, known });
  // A plan that was carried out or refused authorises nothing more, also when the run of an old push is repeated.
  const found = [
    ...ofThisPush.filter(({ comment }) => comment.header.state === "planned" || !comment.isTrusted),
    ...earlier.map(({ pullRequest, comment }) => ({ ...pullRequest, comment })),
  ].sort(byNewestMerge);
  return {
    pulls: found.filter(({ comment }) => comment.isTrusted),
    notices: found.filter(({ comment }) => !comment.isTrusted).map(distrust),
  };
}

type Found = MergedPullRequest & { readonly comment: PlanComment };

async function commentsOf(
  run: ActionRun,
  github: GitHub,
  merged: readonly MergedPullRequest[],
): Promise<readonly Found[]> {
  const found = await Promise.all(
    merged.map(async (pull) => ({ pull, comment: await github.findPlanComment(pull.number, run.target) })),
  );
  return found.flatMap(({ pull, comment }) => (comment === null ? [] : [{ ...pull, comment }]));
}

function distrust({ number }: Found): string {
  return `The plan comment of pull request ${number} was edited by somebody else, so it authorises nothing.`;
}

/** The reviewed plans of this API in the order in which they decide. A plan made of another API permits nothing here. */
export function reviewedOf({ pulls }: ReviewedPlans, apiUrl: string): readonly Reviewed[] {
  const api = apiDigest(apiUrl);
  return pulls.flatMap(({ comment: { header } }) => (header.api === api ? [header.reviewed] : []));
}
