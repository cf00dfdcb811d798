import { unlessGone } from "../../run/github-error.ts";
import { readPullRequest } from "../pull-requests.ts";
import { type CommentScope, changeComment, toOwnComment, unlessForbidden, writerOf } from "./comments.ts";
import type { RecentPlan } from "./recent-plans.ts";
import { holdsSamePlan, readComment } from "./rewrite-comment.ts";

/** Whether a plan is still to be reviewed: of the newest commit of an open pull request onto this branch. */
export async function isWaiting(
  { client }: CommentScope,
  { issueNumber, header }: RecentPlan,
  branch: string,
): Promise<boolean> {
  const { isOpen, baseRef, headSha } = await readPullRequest(client, issueNumber);
  return isOpen && baseRef === branch && headSha === header.commit;
}

/**
 * Changes what people see of a plan in another pull request, by what its comment says right then, and never its hidden
 * line. Left alone are a plan that waits no more, one that has been replaced, and a comment that somebody else edited:
 * else that edit would pass for ours. Who has a newer plan to write begins only after this has looked.
 *
 * @param note the whole body with its note; null where there is nothing to change.
 */
export async function notePlan(
  scope: CommentScope,
  plan: RecentPlan,
  branch: string,
  note: (body: string) => string | null,
): Promise<void> {
  if (!(await isWaiting(scope, plan, branch))) return;
  const wire = await readComment(scope, plan.id);
  if (wire === null || !holdsSamePlan(wire, plan)) return;
  const next = note(wire.body);
  if (next === null || next === wire.body || hiddenLine(next) !== hiddenLine(wire.body)) return;
  if ((await writerOf(scope, toOwnComment(wire, plan.header.target))).kind !== "us") return;
  await unlessForbidden(scope.notice, () => unlessGone(changeComment(scope, plan.id, next)));
}

function hiddenLine(body: string): string {
  return body.split("\n", 1)[0] ?? "";
}
