import { isOurs } from "../../review/login.ts";
import { planKeyOf } from "../../review/marker.ts";
import type { OwnComment, PlanComment, Target } from "../../run/model.ts";
import { isOfTarget } from "../../run/target.ts";
import type { WireComment } from "../wire.ts";
import { type CommentScope, listComments, toOwnComment, writerOf } from "./comments.ts";

/** The plans that a pull request has in its comments. */
export type PlansOn = {
  /** Of the target, and of parts of it that were planned by themselves: of each the oldest comment. */
  readonly plans: readonly PlanComment[];
  /** What the others are of, in words: `Workflow Campaigns, environment staging`. */
  readonly others: readonly string[];
};

/** Our plan comments on a pull request, those of the target and what the others are of. */
export async function plansOn(scope: CommentScope, pullNumber: number, target: Target): Promise<PlansOn> {
  const login = await scope.login();
  const oldest = new Map<string, WireComment>();
  const others: string[] = [];
  for await (const page of listComments(scope.client, pullNumber)) {
    for (const comment of page) {
      const key = planKeyOf(comment.body);
      if (key === null || !isOurs(comment.author, login)) continue;
      if (!isOfTarget(key, target)) others.push(targetWords(comment.body));
      else if (!oldest.has(key)) oldest.set(key, comment);
    }
  }
  const plans = [...oldest].map(([key, comment]) => judged(scope, toOwnComment(comment, key)));
  return { plans: await Promise.all(plans), others };
}

async function judged(scope: CommentScope, comment: OwnComment): Promise<PlanComment> {
  // A header that cannot be read names no commit.
  if (comment.header.commit === "") return { ...comment, isTrusted: false, isEarlier: false };
  const writer = await writerOf(scope, comment);
  if (writer.kind === "unknown") scope.notice(`${writer.why} So its plan authorises nothing.`);
  return { ...comment, isTrusted: writer.kind === "us", isEarlier: false };
}

/** The line of a plan comment that says what it is of, without its Markdown. */
function targetWords(body: string): string {
  const line = /^Workflow .*$/m.exec(body)?.[0] ?? "another target";
  return line.replace(/[\\*`]|<\/?b>/g, "");
}
