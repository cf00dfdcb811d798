import { decodeHeader } from "../../review/comment-header.ts";
import { isOurs } from "../../review/login.ts";
import { planKeyOf, planMarker, planMarkerOf } from "../../review/marker.ts";
import { GitHubError } from "../../run/github-error.ts";
import type { CommentHeader, OwnComment, PlanLabel, Target } from "../../run/model.ts";
import type { Ask, Client } from "../client.ts";
import { createOnce } from "../create-once.ts";
import { decodeComment, type WireComment } from "../wire.ts";
import { type LastWriter, lastWriter } from "./trust.ts";

/** What the functions here need besides GitHub: who we are, and where to say what is worth knowing. */
export type CommentScope = {
  readonly client: Client;
  readonly login: () => Promise<string>;
  /** Where people look: `https://github.com`, or a server of a company's own. */
  readonly serverUrl: string;
  readonly notice: (text: string) => void;
  readonly warning: (text: string) => void;
};

/** A plan comment of ours, and later ones for the same target, which two runs at once leave behind. */
export type FoundComment = OwnComment & { readonly youngerIds: readonly number[] };

/**
 * Our plan comment for a target on a pull request: the oldest one that begins with the target's marker and was written
 * by us, on any page. Null when there is none. Who edited it last is not asked.
 */
export async function findPlanComment(
  scope: CommentScope,
  pullNumber: number,
  target: Target,
): Promise<FoundComment | null> {
  const [found, ...younger] = await findOurs(scope, pullNumber, planMarker(target.key));
  if (found === undefined) return null;
  const youngerIds = younger.map(({ id }) => id);
  return { ...toOwnComment(found, target.key), youngerIds };
}

/** Does some work on comments; `forbidden` when the token may not, which is told through `notice` with GitHub's reason. */
export async function unlessForbidden<T>(
  notice: (text: string) => void,
  work: () => Promise<T>,
): Promise<T | "forbidden"> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitHubError) || error.reason !== "forbidden") throw error;
    notice(error.message);
    return "forbidden";
  }
}

/**
 * Creates the plan comment, or edits it in place; nothing is sent when it already says the same. `forbidden` when GitHub
 * takes no comment, which is told with its reason: through `warning` where an older one stays to be seen.
 *
 * @param existing from `findPlanComment`; null to create one.
 */
export async function writePlanComment(
  scope: CommentScope,
  pullNumber: number,
  body: string,
  existing: OwnComment | null,
): Promise<{ readonly url: string } | "forbidden"> {
  const tell = (why: string): void =>
    existing === null
      ? scope.notice(why)
      : scope.warning(`${why} What stands in ${existing.url} is out of date.`);
  return unlessForbidden(tell, () =>
    existing === null ? create(scope, pullNumber, body) : edit(scope, pullNumber, body, existing),
  );
}

/**
 * The labels that plans of other targets have given a pull request. Whoever edited their comments last: labels authorise
 * nothing.
 */
export async function labelsElsewhere(
  scope: CommentScope,
  pullNumber: number,
  target: Target,
): Promise<readonly PlanLabel[]> {
  const login = await scope.login();
  const labels: PlanLabel[] = [];
  for await (const page of listComments(scope.client, pullNumber)) {
    for (const { body, author } of page) {
      const key = planKeyOf(body);
      if (key === null || key === target.key || !isOurs(author, login)) continue;
      labels.push(...(decodeHeader(body, key)?.labels ?? []));
    }
  }
  return labels;
}

/** Makes a later comment of ours say where the one is that counts. */
export async function retireComment(scope: CommentScope, id: number, url: string): Promise<void> {
  const body = `Two runs began at once, so this comment is one too many. What counts is [in the older one](${url}).`;
  await changeComment(scope, id, body);
}

/** Edits a comment in place. */
export function changeComment({ client }: CommentScope, id: number, body: string): Promise<WireComment> {
  const path = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
  const values = { comment_id: id, body };
  return client.change({ path, values, permission: "pull-requests: write" }, decodeComment);
}

async function create(scope: CommentScope, pullNumber: number, body: string): Promise<{ url: string }> {
  const marker = planMarkerOf(body);
  const { url } = await createOnce(
    scope.client,
    () => scope.client.create(commentsOf(pullNumber, { body }, "pull-requests: write"), decodeComment),
    async () => (await findOurs(scope, pullNumber, marker))[0] ?? null,
  );
  return { url };
}

async function edit(
  scope: CommentScope,
  pullNumber: number,
  body: string,
  existing: OwnComment,
): Promise<{ url: string }> {
  // Written again when somebody else edited it, so that the last edit is ours.
  if (body === existing.body && (await writerOf(scope, existing)).kind === "us") return { url: existing.url };
  try {
    const { url } = await changeComment(scope, existing.id, body);
    return { url };
  } catch (error) {
    // Somebody deleted it since we read it.
    if (error instanceof GitHubError && error.reason === "not-found") return create(scope, pullNumber, body);
    throw error;
  }
}

/** Our comments of the page that has the first, the oldest first. */
async function findOurs(
  scope: CommentScope,
  pullNumber: number,
  marker: string,
): Promise<readonly WireComment[]> {
  const login = await scope.login();
  for await (const page of listComments(scope.client, pullNumber)) {
    const found = page.filter(({ body, author }) => body.startsWith(marker) && isOurs(author, login));
    if (found.length > 0) return found;
  }
  return [];
}

/** The comments on a pull request, page after page. GitHub lists them by ascending id, so the oldest come first. */
export function listComments(client: Client, pullNumber: number): AsyncGenerator<readonly WireComment[]> {
  return client.readPages(commentsOf(pullNumber, {}, "pull-requests: read"), decodeComment);
}

/** A comment of ours as a plan comment; a header that cannot be read any more is that of no commit. */
export function toOwnComment(comment: WireComment, key: string): OwnComment {
  const { id, nodeId, url, body, isUnedited } = comment;
  return { id, nodeId, url, body, isUnedited, header: decodeHeader(body, key) ?? emptyHeader(key) };
}

/** Who wrote what a comment of ours says now. */
export async function writerOf(scope: CommentScope, comment: OwnComment): Promise<LastWriter> {
  return lastWriter(scope.client, comment, await scope.login());
}

/** Stands for a header that cannot be read: the comment is still ours to edit in place. */
function emptyHeader(key: string): CommentHeader {
  return { target: key, commit: "", state: "applied", reviewed: { kind: "changes", changes: [] } };
}

function commentsOf(
  number: number,
  values: Ask["values"],
  permission: "pull-requests: read" | "pull-requests: write",
): Ask {
  const path = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
  return { path, values: { issue_number: number, ...values }, permission };
}
