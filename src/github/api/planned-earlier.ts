import type { CommentHeader, MergedPullRequest, PlanComment, Target } from "../run/model.ts";
import { isOfTarget } from "../run/target.ts";
import type { CommentScope } from "./comments/comments.ts";
import { plansOn } from "./comments/plans-on.ts";
import type { createRecentPlans } from "./comments/recent-plans.ts";
import { isWithin, mergedInto, newestFirst, readPullRequest } from "./pull-requests.ts";

type RecentPlans = ReturnType<typeof createRecentPlans>;

/** A merged pull request and our plan comments on it that are still open, at least one. */
export type PlannedPullRequest = {
  readonly pullRequest: MergedPullRequest;
  readonly comments: readonly PlanComment[];
};

/** Where to look for plans that were merged and never applied. */
export type EarlierSearch = {
  readonly branch: string;
  /** Full SHA of the commit that is checked out. */
  readonly head: string;
  readonly target: Target;
  /** Pull requests that need no second look. */
  readonly known: readonly number[];
};

/** Most candidates are open pull requests; each costs a request of the thousand that a job's token has an hour. */
const MOST_CANDIDATES = 100;

/**
 * Merged pull requests whose plan comment still waits to be applied, the newest merge first: GitHub may drop the run of
 * a push, and then the next one has to do its work. Looks at comments touched in the last 30 days, the newest 1,000.
 * Check `isTrusted` of each comment.
 */
export async function plannedEarlier(
  scope: CommentScope,
  search: EarlierSearch,
  recentPlans: RecentPlans,
): Promise<readonly PlannedPullRequest[]> {
  const numbers = await candidates(scope, search, recentPlans);
  const found = await Promise.all(numbers.map((number) => plannedOn(scope, search, number)));
  return found.filter((entry) => entry !== null).sort((a, b) => newestFirst(a.pullRequest, b.pullRequest));
}

/** Numbers of the pull requests with a comment of ours for this target that is not wholly applied. */
async function candidates(
  scope: CommentScope,
  { target, known }: EarlierSearch,
  recentPlans: RecentPlans,
): Promise<readonly number[]> {
  const waiting = (await recentPlans()).filter(
    ({ issueNumber, header }) =>
      !known.includes(issueNumber) && isOfTarget(header.target, target) && isOpen(header),
  );
  const numbers = new Set(waiting.map(({ issueNumber }) => issueNumber));
  if (numbers.size > MOST_CANDIDATES) {
    scope.notice(
      `More than ${MOST_CANDIDATES} pull requests have a plan that was not applied; only the ${MOST_CANDIDATES} with the newest comments are looked at.`,
    );
  }
  return [...numbers].slice(0, MOST_CANDIDATES);
}

/** Whether a plan still has something that a run may carry out. */
function isOpen({ state }: CommentHeader): boolean {
  return state !== "applied";
}

async function plannedOn(
  scope: CommentScope,
  { branch, head, target }: EarlierSearch,
  number: number,
): Promise<PlannedPullRequest | null> {
  const pull = await readPullRequest(scope.client, number);
  const pullRequest = mergedInto(pull, scope.client, branch);
  if (pullRequest === null) return null;
  // Read again, since of several comments only the oldest counts.
  const { plans } = await plansOn(scope, number, target);
  const comments = plans
    .filter(({ header }) => isOpen(header))
    .map((comment) => ({ ...comment, isEarlier: true }));
  if (comments.length === 0) return null;
  if (pull.mergeCommit !== null && !(await isWithin(scope.client, pull.mergeCommit, head))) return null;
  return { pullRequest, comments };
}
