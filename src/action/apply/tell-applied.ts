import type { Plan, Report } from "../../domain/model.ts";
import type { Rewrite } from "../../github/api/comments/rewrite-comment.ts";
import { renderApplyComment } from "../../github/page/apply-comment.ts";
import { followUpMarker, planFailedFollowUp, planFollowUp } from "../../github/page/follow-up-issue.ts";
import type { RenderedComment } from "../../github/page/plan-comment.ts";
import { encodeHeader } from "../../github/review/comment-header.ts";
import type { Verdict } from "../../github/review/compare-reviewed.ts";
import type { IssueOperation } from "../../github/review/issue-operation.ts";
import { type LeftOfReview, leftOfReview } from "../../github/review/left-of-review.ts";
import { reportOn } from "../../github/review/own-results.ts";
import type { CommentHeader, OwnComment, OwnIssue, PlanComment } from "../../github/run/model.ts";
import { wholeTarget } from "../../github/run/target.ts";
import { quantity } from "../../text/figures.ts";
import { carryOut, issuesFor } from "../issue-operations.ts";
import { onGitHub } from "../on-github.ts";
import type { ActionRun } from "../run.ts";
import type { Extent } from "./coverage.ts";
import { markPlannedBefore } from "./mark-planned.ts";
import type { Authorising } from "./reviewed.ts";

/** An apply that is over, and whether it looked at every campaign. */
export type Done = {
  readonly plan: Plan;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly report: Report;
} & Extent;

/** What became of telling it on GitHub. */
export type ApplyTold = {
  /** The comment of the newest pull request; empty when there is none. */
  readonly url: string;
  /** What could not be told, and leaves a plan standing as if nothing had been done. */
  readonly problems: readonly string[];
  /** Sentences for the run. */
  readonly notices: readonly string[];
};

/** Writes the result into the comment of each pull request whose plan this was, and keeps the follow-up issue. */
export async function tellApplied(run: ActionRun, reviewed: Authorising, done: Done): Promise<ApplyTold> {
  const { github } = run;
  if (github === null) return { url: "", problems: [], notices: [] };
  const urls: string[] = [];
  const problems: string[] = [];
  const notices: string[] = [];
  const open: (() => Promise<void>)[] = [];
  for (const { number, comment } of reviewed.pulls) {
    const known: { left: LeftOfReview | null } = { left: null };
    const rewrite: Rewrite = (now, isFirst) => {
      const left = leftOfReview(now.header.reviewed, done);
      known.left = left;
      const isDue = (isFirst && !comment.isEarlier) || isNews(left, now.header);
      return isDue ? renderResult(run, comment, now, left, done) : null;
    };
    const written = await onGitHub(problems, () => github.rewritePlanComment(comment, rewrite));
    if (written === "left alone") continue;
    notices.push(...unseenNotices(number, known.left, done));
    if (written === null || written === "forbidden") continue;
    urls.push(written.url);
    if (written.isOpen) open.push(() => github.lookAgain(comment, rewrite));
  }
  // Whether an issue could be kept decides nothing: what is left fails the step by itself.
  await onGitHub(notices, () => keepFollowUp(run, (issues) => planFollowUp(followUpOf(run, done), issues)));
  // Who cancels a job gives it seconds.
  if (!run.signal.aborted) await Promise.all(open.map((look) => look()));
  notices.push(...(await markPlannedBefore(run, reviewed, done)));
  return { url: urls[0] ?? "", problems, notices };
}

/** Whether what is left of a plan is something else than its comment says. */
function isNews({ state, open }: LeftOfReview, header: CommentHeader): boolean {
  return encodeHeader({ ...header, state, reviewed: open }) !== encodeHeader(header);
}

/** What other pull requests brought is no news in the comment of an earlier one. */
function renderResult(
  { context: { runUrl } }: ActionRun,
  { isEarlier }: PlanComment,
  now: OwnComment,
  left: LeftOfReview,
  { plan, verdicts, report }: Done,
): RenderedComment {
  const shown = isEarlier ? reportOn(now.header.reviewed, report, plan) : report;
  return renderApplyComment({ plan, verdicts, report: shown, previous: now, left, runUrl });
}

function followUpOf({ target, context }: ActionRun, done: Done) {
  return { ...done, target: wholeTarget(target), key: target.key, runUrl: context.runUrl };
}

/** Most campaigns that one sentence names by their ids. */
const MOST_NAMED = 5;

/** What of a plan stays to be applied since this run did not look at it. */
function unseenNotices(
  number: number,
  left: LeftOfReview | null,
  { hasAllReviewed }: Done,
): readonly string[] {
  if (left === null) return [];
  if (left.unseen.length > 0) return [unseenNotice(number, left.unseen)];
  // A plan that is known by digests cannot say which.
  if (hasAllReviewed || left.open.kind === "changes" || left.state !== "planned") return [];
  return [
    `Some of the plan in pull request ${number} may still be to be applied: this run did not look at every campaign, and the plan was too long to say which it names.`,
  ];
}

function unseenNotice(number: number, ids: readonly string[]): string {
  const named = ids.slice(0, MOST_NAMED).join(", ");
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : "";
  return `Still to be applied of the plan in pull request ${number}, since this run did not look at ${ids.length === 1 ? "it" : "them"}: ${quantity(ids.length, "campaign")} (${named}${more}).`;
}

/** Nobody looks at a run after the merge: the follow-up issue says that nothing was written, and why. */
export async function tellNotBegun(run: ActionRun, reason: string): Promise<readonly string[]> {
  const { target, context } = run;
  const problems: string[] = [];
  const facts = { target: wholeTarget(target), key: target.key, runUrl: context.runUrl, reason };
  await onGitHub(problems, () => keepFollowUp(run, (issues) => planFailedFollowUp(facts, issues)));
  return problems;
}

/** One issue names what is left; none is open when nothing is. */
async function keepFollowUp(
  { github, target }: ActionRun,
  operationsFor: (issues: readonly OwnIssue[]) => readonly IssueOperation[],
): Promise<void> {
  if (github === null) return;
  const issues = await issuesFor(github, followUpMarker(wholeTarget(target)), operationsFor);
  for (const operation of operationsFor(issues)) await carryOut(github, operation);
}
