import { notedIn } from "../../page/shown/plan-note.ts";
import { decodeHeader } from "../../review/comment-header.ts";
import { isOurs } from "../../review/login.ts";
import { planKeyOf } from "../../review/marker.ts";
import type { CommentHeader } from "../../run/model.ts";
import { decodeComment, type WireComment } from "../wire.ts";
import type { CommentScope } from "./comments.ts";

/** A plan comment of ours, without its text. Whoever edited it last: it authorises nothing by itself. */
export type RecentPlan = Pick<WireComment, "id" | "nodeId" | "url" | "issueNumber"> & {
  readonly header: CommentHeader;
  /** The pull requests that it says plan the same, as `#7`. */
  readonly beside: ReadonlySet<string>;
};

const LOOK_BACK_MS = 30 * 24 * 60 * 60 * 1_000;
const MOST_PAGES = 10;

/**
 * Lists our plan comments of any target that were written or edited in the last 30 days, the newest first, among the
 * newest 1,000 comments of the repository. GitHub is asked once.
 */
export function createRecentPlans(scope: CommentScope): () => Promise<readonly RecentPlan[]> {
  let listed: Promise<readonly RecentPlan[]> | null = null;
  return () => {
    listed ??= list(scope);
    return listed;
  };
}

async function list(scope: CommentScope): Promise<readonly RecentPlan[]> {
  const { client } = scope;
  const login = await scope.login();
  const since = new Date(client.clock.now() - LOOK_BACK_MS).toISOString();
  const path = "/repos/{owner}/{repo}/issues/comments";
  const values = { sort: "updated", direction: "desc", since };
  const plans = new Map<string, RecentPlan>();
  let pageCount = 0;
  for await (const page of client.readPages(
    { path, values, permission: "pull-requests: read" },
    decodeComment,
  )) {
    for (const comment of page) {
      const plan = isOurs(comment.author, login) ? planIn(comment) : null;
      if (plan === null) continue;
      const place = `${plan.issueNumber} ${plan.header.target}`;
      // Of two that runs at the same time have made, the older counts.
      if (plan.id < (plans.get(place)?.id ?? Number.POSITIVE_INFINITY)) plans.set(place, plan);
    }
    pageCount += 1;
    if (pageCount === MOST_PAGES) break;
  }
  return [...plans.values()];
}

function planIn({ body, id, nodeId, url, issueNumber }: WireComment): RecentPlan | null {
  const key = planKeyOf(body);
  const header = key === null ? null : decodeHeader(body, key);
  return header === null ? null : { id, nodeId, url, issueNumber, header, beside: notedIn(body, "beside") };
}
