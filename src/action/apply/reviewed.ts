import type { Plan } from "../../domain/model.ts";
import type { GitHub } from "../../github/api/github.ts";
import { byNewestMerge } from "../../github/api/pull-requests.ts";
import { showsAll } from "../../github/page/shown/shown-plan.ts";
import { permittedBy } from "../../github/review/compare-reviewed.ts";
import { apiDigest } from "../../github/review/reviewed.ts";
import type { MergedPullRequest, PlanComment, Reviewed } from "../../github/run/model.ts";
import { type ActionRun, branchOfRun, commitOf } from "../run.ts";

/** A merged pull request and a plan that was reviewed in it. */
type ReviewedPull = { readonly number: number; readonly comment: PlanComment };

/** What was reviewed: the comments that authorise, newest merge first, and what a reader should know. */
export type ReviewedPlans = {
  readonly pulls: readonly ReviewedPull[];
  /** Why a plan in a pull request of this push authorises nothing. */
  readonly notices: readonly string[];
  /** What was found instead of a plan, for when one is missed. */
  readonly instead: readonly string[];
};

/**
 * Finds the plans that may be carried out: those of the pull requests that this push brought in, and those merged
 * earlier of which something is still open, since GitHub may drop a run that waits, and a run may look at a part only.
 */
export async function findReviewed(run: ActionRun, github: GitHub): Promise<ReviewedPlans> {
  const { trigger } = run.context;
  const branch = branchOfRun(run);
  if (branch === null) return { pulls: [], notices: [], instead: [] };
  const merged =
    trigger.kind === "push"
      ? await github.mergedPullRequests({ before: trigger.before, after: trigger.after, branch })
      : [];
  const ofThisPush = await Promise.all(
    merged.map(async (pull) => ({ pull, ...(await github.plansOn(pull.number, run.target)) })),
  );
  const known = merged.map(({ number }) => number);
  const earlier = await github.plannedEarlier({ branch, head: commitOf(run), target: run.target, known });
  const found = [
    ...ofThisPush.flatMap(({ pull, plans }) => plans.map((comment) => ({ ...pull, comment }))),
    ...earlier.flatMap(({ pullRequest, comments }) =>
      comments.map((comment) => ({ ...pullRequest, comment })),
    ),
  ].sort(byNewestMerge);
  const judged = found.map((each) => ({ ...each, flaw: flawOf(each) }));
  return {
    // A plan of which nothing is left authorises nothing more, also when the run of an old push is repeated.
    pulls: judged.filter(({ flaw, comment }) => flaw === null && comment.header.state !== "applied"),
    notices: judged.flatMap(({ flaw, comment }) => (comment.isEarlier ? [] : (flaw ?? []))),
    instead: [
      ...(trigger.kind === "push" ? missingOn(ofThisPush) : []),
      ...judged.flatMap(({ number, comment }) => (saysNoPlan(comment) ? [noPlanIn(number)] : [])),
      ...judged.flatMap(({ flaw, comment }) => (comment.isEarlier ? (flaw ?? []) : [])),
    ],
  };
}

type Found = MergedPullRequest & { readonly comment: PlanComment };

/** Whether a comment says that its commit has no plan: then it names no API. */
function saysNoPlan({ header, isTrusted }: PlanComment): boolean {
  return isTrusted && header.api === undefined;
}

function noPlanIn(number: number): string {
  return `Pull request ${number} has no plan of what was merged; its comment says why.`;
}

/** Why a plan authorises nothing; null when it may. */
function flawOf({ number, headSha, comment }: Found): string | null {
  const { header, isTrusted } = comment;
  const plan = `The plan in pull request ${number}`;
  if (header.commit === "") return `${plan} cannot be read any more, so it authorises nothing.`;
  if (!isTrusted) return `${plan} was edited by somebody else, or nobody can tell, so it authorises nothing.`;
  if (header.commit === headSha) return null;
  const last =
    headSha === null ? "nobody knows which the last one is" : `the last one is ${headSha.slice(0, 7)}`;
  return `${plan} was planned for an older commit, ${header.commit.slice(0, 7)}; ${last}. Its reviewers saw no plan of what was merged, so it authorises nothing.`;
}

function missingOn(
  pulls: readonly {
    readonly pull: MergedPullRequest;
    readonly plans: readonly PlanComment[];
    readonly others: readonly string[];
  }[],
): readonly string[] {
  if (pulls.length === 0) return ["This push merged no pull request."];
  return pulls
    .filter(({ plans }) => plans.length === 0)
    .map(({ pull, others }) =>
      others.length === 0
        ? `Pull request ${pull.number} has no plan comment of ours.`
        : `Pull request ${pull.number} has only a plan of another target (${others.join("; ")}).`,
    );
}

/** What of the reviewed plans may decide here; why others may not. */
export type Authorising = Pick<ReviewedPlans, "pulls" | "notices">;

/**
 * The reviewed plans that may decide on a plan, in the order in which they do: made of the same API, and showing what
 * their hidden line permits.
 */
export function authorising({ pulls }: ReviewedPlans, plan: Plan): Authorising {
  const api = apiDigest(plan.apiUrl);
  const judged = pulls.map((pull) => {
    const { header, body } = pull.comment;
    if (header.api !== api && !isEmpty(header.reviewed)) {
      return {
        pull,
        flaw: `The plan in pull request ${pull.number} was made of another API than ${plan.apiUrl}.`,
      };
    }
    const isShown = showsAll(body, permittedBy(header.reviewed, plan));
    return {
      pull,
      flaw: isShown
        ? null
        : `The plan comment in pull request ${pull.number} does not show all that was planned there: a part of its text is missing, or is not ours. What nobody could read was not reviewed, so it authorises nothing.`,
    };
  });
  return {
    pulls: judged.filter(({ flaw }) => flaw === null).map(({ pull }) => pull),
    notices: judged.flatMap(({ flaw }) => flaw ?? []),
  };
}

/** Whether nothing is to be carried out. */
export function isEmpty(reviewed: Reviewed): boolean {
  return reviewed.kind === "changes" && reviewed.changes.length === 0;
}

/** What was reviewed, in the order in which it decides. */
export function reviewedOf({ pulls }: Authorising): readonly Reviewed[] {
  return pulls.map(({ comment }) => comment.header.reviewed);
}
