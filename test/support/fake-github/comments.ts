import type { components } from "@octokit/openapi-types";
import { type Answer, answer, field, type Handler, invalid, notFound, time } from "./answer.ts";
import type { FakeComment, World } from "./model.ts";
import { byTime, isSince, pageOf } from "./paging.ts";
import { userReply } from "./replies/user.ts";
import { addComment, editComment } from "./seed.ts";

/** GitHub's limit of a body, in characters: not in its description, but in its answer of 422. */
export const MAX_BODY = 65_536;

function commentReply(world: World, comment: FakeComment): components["schemas"]["issue-comment"] {
  const { id, issue, author } = comment;
  const repository = `${world.owner}/${world.repo}`;
  const kind = world.pullRequests.has(issue) ? "pull" : "issues";
  return {
    id,
    node_id: comment.nodeId,
    url: `${world.apiUrl}/repos/${repository}/issues/comments/${id}`,
    html_url: `${world.serverUrl}/${repository}/${kind}/${issue}#issuecomment-${id}`,
    issue_url: `${world.apiUrl}/repos/${repository}/issues/${issue}`,
    body: comment.body,
    user: userReply(world, author),
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    author_association: author === null ? "NONE" : "CONTRIBUTOR",
    performed_via_github_app: null,
  };
}

/** Hands the text of a body on that GitHub takes, or refuses. */
function withText(body: unknown, take: (text: string) => Answer): Answer {
  const text = field(body, "body");
  const fault = { resource: "IssueComment", code: "unprocessable", field: "data" };
  if (typeof text !== "string") return invalid({ ...fault, code: "missing_field", field: "body" });
  if (text.trim() === "") return invalid({ ...fault, message: "Body cannot be blank" });
  if (text.length <= MAX_BODY) return take(text);
  return invalid({ ...fault, message: `Body is too long (maximum is ${MAX_BODY} characters)` });
}

export const listIssueComments: Handler = (call, world) => {
  const issue = Number(call.parts[0]);
  if (!world.issues.has(issue)) return notFound();
  const found = [...world.comments.values()]
    .filter((comment) => comment.issue === issue && isSince(call, comment.updatedAt))
    .sort((a, b) => a.id - b.id);
  const { items, headers } = pageOf(found, call);
  const body = items.map((comment) => commentReply(world, comment));
  return answer("issues/list-comments", 200, body, headers);
};

/** All of the repository: by id, or by `sort`, newest first unless told; review comments are not among them. */
export const listRepositoryComments: Handler = (call, world) => {
  const sort = call.query.get("sort");
  const direction = call.query.get("direction") === "asc" || sort === null ? "asc" : "desc";
  const timeOf = ({ createdAt, updatedAt, id }: FakeComment) =>
    sort === "updated" ? updatedAt : sort === "created" ? createdAt : id;
  const found = [...world.comments.values()]
    .filter((comment) => isSince(call, comment.updatedAt))
    .sort(byTime(timeOf, ({ id }) => id, direction));
  const { items, headers } = pageOf(found, call);
  const body = items.map((comment) => commentReply(world, comment));
  return answer("issues/list-comments-for-repo", 200, body, headers);
};

export const createComment: Handler = (call, world) => {
  const issue = Number(call.parts[0]);
  if (!world.issues.has(issue)) return notFound();
  return withText(call.body, (body) => {
    const comment = addComment(world, issue, { author: world.login, body });
    return answer("issues/create-comment", 201, commentReply(world, comment));
  });
};

export const getComment: Handler = (call, world) => {
  const comment = world.comments.get(Number(call.parts[0]));
  if (comment === undefined) return notFound();
  return answer("issues/get-comment", 200, commentReply(world, comment));
};

export const updateComment: Handler = (call, world) => {
  const comment = world.comments.get(Number(call.parts[0]));
  if (comment === undefined) return notFound();
  return withText(call.body, (body) => {
    editComment(world, comment.id, { by: world.login, body });
    return answer("issues/update-comment", 200, commentReply(world, comment));
  });
};
