import { type FoundComment, unlessForbidden } from "../../github/api/comments/comments.ts";
import type { GitHub } from "../../github/api/github.ts";
import type { RenderedComment } from "../../github/page/plan-comment.ts";
import { shortSha } from "../../github/run/event-payload.ts";
import type { CommentHeader, OwnComment } from "../../github/run/model.ts";
import { onGitHub } from "../on-github.ts";
import type { ActionRun } from "../run.ts";

/** What is to be told in the pull request, beside the comment of ours that is there; null: nothing, after all. */
export type CommentFor = (there: OwnComment | null) => RenderedComment | null;

/** Where the comment is. `left` says why it was left as it is; for a `problem` the step must fail. */
export type CommentTold = {
  readonly url: string;
  readonly left: string | null;
  readonly problem: string | null;
};

/** No comment was written, and nothing more is to be said of it. */
export const NOT_TOLD: CommentTold = { url: "", left: null, problem: null };

/**
 * Keeps one comment a target, edited in place: of the newest commit, whichever run comes last, and of one API. What
 * stands in a merged pull request stays.
 */
export async function tell(run: ActionRun, what: CommentFor): Promise<CommentTold> {
  const { inputs, context, github, target, runner } = run;
  const { trigger } = context;
  if (trigger.kind !== "pull-request" || inputs.comment === "never" || github === null) return NOT_TOLD;
  const { number } = trigger;
  const there = await unlessForbidden(runner.notice, () => github.findPlanComment(number, target));
  if (there === "forbidden") return NOT_TOLD;
  const told = await tellBeside(run, github, what, there);
  if (there !== null) {
    await retireYounger(run, github, there);
    return told;
  }
  if (told.url === "") return told;
  // Another run may have made one at the same time: the older one counts, and this one points to it.
  const problems: string[] = [];
  const first = await onGitHub(problems, () => github.findPlanComment(number, target));
  for (const problem of problems) runner.notice(problem);
  if (first === null || first.url === told.url) return told;
  await retireYounger(run, github, first);
  return tellBeside(run, github, what, first);
}

async function retireYounger({ runner }: ActionRun, github: GitHub, there: FoundComment): Promise<void> {
  const problems: string[] = [];
  await onGitHub(problems, async () => {
    for (const id of there.youngerIds) await github.retireComment(id, there.url);
  });
  for (const problem of problems) runner.notice(problem);
}

async function tellBeside(
  run: ActionRun,
  github: GitHub,
  what: CommentFor,
  there: OwnComment | null,
): Promise<CommentTold> {
  const { trigger } = run.context;
  const rendered = what(there);
  const unchanged = { ...NOT_TOLD, url: there?.url ?? "" };
  if (rendered === null || trigger.kind !== "pull-request") return unchanged;
  const { number, headSha } = trigger;
  // Last of all: the event may be old, as of a run that is repeated.
  const now = await github.pullRequest(number);
  if (now.isMerged) return { ...unchanged, left: MERGED };
  if (now.headSha !== null && now.headSha !== headSha) {
    return { ...unchanged, left: noLongerNewest(headSha, now.headSha) };
  }
  if (there !== null && isOfAnotherApi(there.header, rendered.header)) {
    return { ...NOT_TOLD, problem: anotherApi(there) };
  }
  const written = await github.writePlanComment(number, rendered.body, there);
  return written === "forbidden" ? NOT_TOLD : { ...NOT_TOLD, url: written.url };
}

const MERGED =
  "This pull request is merged, so its comment stays as it was: this plan was not reviewed in it.";

function noLongerNewest(commit: string, newest: string): string {
  return `Commit ${shortSha(commit)} is no longer the newest of this pull request, ${shortSha(newest)} is. The comment is left to the run of that one.`;
}

/** Of an older commit it may be: then the API of this workflow was changed. */
function isOfAnotherApi(there: CommentHeader, next: CommentHeader): boolean {
  return (
    there.commit === next.commit &&
    there.api !== undefined &&
    next.api !== undefined &&
    there.api !== next.api
  );
}

function anotherApi({ url }: OwnComment): string {
  return `The comment ${url} has a plan of the same commit for another API, so it was left alone. Two jobs write into one comment here: give each another environment, config or workflow name, the same for plan and apply. If there is only one job and its API was changed, delete that comment and run the job again.`;
}
