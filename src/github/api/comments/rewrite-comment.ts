import { decodeHeader } from "../../review/comment-header.ts";
import { GitHubError, unlessGone } from "../../run/github-error.ts";
import type { CommentHeader, OwnComment } from "../../run/model.ts";
import { pause } from "../pause.ts";
import { decodeComment, type WireComment } from "../wire.ts";
import { type CommentScope, changeComment, toOwnComment, unlessForbidden, writerOf } from "./comments.ts";

/**
 * What a plan comment is to say, by what it says at that moment; null when it may stay as it is. `isFirst` until it was
 * written once.
 */
export type Rewrite = (
  now: OwnComment,
  isFirst: boolean,
) => { readonly body: string; readonly header: CommentHeader } | null;

/** Where the comment is, and whether something of its plan is left in what was written; or why nothing was. */
export type Rewritten = { readonly url: string; readonly isOpen: boolean } | "left alone" | "forbidden";

/** Another run that read the comment before this one wrote has written by then, milliseconds. */
const SETTLE_MS = 2_000;
const MOST_LOOKS = 3;

/**
 * Writes into a plan comment that was read some time ago, by what it says now, and never makes one. A comment that was
 * deleted meanwhile, edited by somebody else or given another plan is `left alone`, which is told through `warning`.
 */
export async function rewritePlanComment(
  scope: CommentScope,
  comment: OwnComment,
  rewrite: Rewrite,
): Promise<Rewritten> {
  const { url } = comment;
  if (rewrite(comment, true) === null) return { url, isOpen: false };
  const outOfDate = (why: string): void => scope.warning(`${why} What stands in ${url} is out of date.`);
  const end = await unlessForbidden(outOfDate, () => rewriteOnce(scope, comment, rewrite, true));
  return end === "forbidden" || end === "left alone" ? end : { url, isOpen: end === "open" };
}

/**
 * Looks again at a comment that was written, and writes it again where it says something else by then: of two runs that
 * write at once, the last puts back as open what the other has done.
 */
export async function lookAgain(scope: CommentScope, comment: OwnComment, rewrite: Rewrite): Promise<void> {
  const { clock, signal } = scope.client;
  try {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      await pause(clock, SETTLE_MS, signal);
      if ((await rewriteOnce(scope, comment, rewrite, false)) !== "open") return;
    }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    scope.notice(`Nobody has looked again at ${comment.url}: ${error.message}`);
  }
}

/** `open`: it was written, and something of its plan is left. */
type End = "left alone" | "settled" | "open";

async function rewriteOnce(
  scope: CommentScope,
  comment: OwnComment,
  rewrite: Rewrite,
  isFirst: boolean,
): Promise<End> {
  const leave = (why: string): End => {
    scope.warning(`${why} It was left as it is; the result of this apply is in the job summary.`);
    return "left alone";
  };
  const wire = await readComment(scope, comment.id);
  if (wire === null) return leave(`${comment.url} was deleted while apply ran.`);
  if (!holdsSamePlan(wire, comment)) return leave(`${comment.url} holds another plan by now.`);
  const now = toOwnComment(wire, comment.header.target);
  const next = rewrite(now, isFirst);
  if (next === null) return "settled";
  const writer = await writerOf(scope, now);
  if (writer.kind === "unknown") return leave(writer.why);
  if (writer.kind === "another") return leave(`Somebody else edited ${comment.url} while apply ran.`);
  const written = await unlessGone(changeComment(scope, comment.id, next.body));
  if (written === null) return leave(`${comment.url} was deleted while apply ran.`);
  return next.header.state === "applied" ? "settled" : "open";
}

/** Reads a comment again; null where it is gone. */
export function readComment({ client }: CommentScope, id: number): Promise<WireComment | null> {
  return unlessGone(client.read(commentAt(id), decodeComment));
}

/** Whether a comment still holds the plan that it held: what is left of a plan is still that plan. */
export function holdsSamePlan({ body }: WireComment, { header }: Pick<OwnComment, "header">): boolean {
  const now = decodeHeader(body, header.target);
  return now !== null && now.commit === header.commit && now.api === header.api;
}

function commentAt(id: number) {
  const path = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
  return { path, values: { comment_id: id }, permission: "pull-requests: read" } as const;
}
