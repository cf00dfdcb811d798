import type { components } from "@octokit/openapi-types";
import { type Answer, answer, field, type Handler, invalid, notFound, refuse, time } from "./answer.ts";
import { MAX_BODY } from "./comments.ts";
import type { FakeIssue, World } from "./model.ts";
import { byTime, isSince, pageOf } from "./paging.ts";
import { labelReply } from "./replies/pull-request.ts";
import { userReply } from "./replies/user.ts";
import { addIssue, setIssueState } from "./seed.ts";

const MAX_TITLE = 256;

type IssueReply = components["schemas"]["issue"];

function issueReply(world: World, issue: FakeIssue): IssueReply {
  const { number, id } = issue;
  const url = `${world.apiUrl}/repos/${world.owner}/${world.repo}`;
  const htmlUrl = `${world.serverUrl}/${world.owner}/${world.repo}`;
  const isPullRequest = world.pullRequests.has(number);
  return {
    id,
    node_id: `${isPullRequest ? "PR" : "I"}_fake${id}`,
    url: `${url}/issues/${number}`,
    repository_url: url,
    labels_url: `${url}/issues/${number}/labels{/name}`,
    comments_url: `${url}/issues/${number}/comments`,
    events_url: `${url}/issues/${number}/events`,
    html_url: `${htmlUrl}/${isPullRequest ? "pull" : "issues"}/${number}`,
    number,
    title: issue.title,
    body: issue.body,
    user: userReply(world, issue.author),
    labels: issue.labels.map((name) => ({ name, color: "ededed", default: false, description: null })),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: false,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: [...world.comments.values()].filter((comment) => comment.issue === number).length,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : time(issue.closedAt),
    author_association: "CONTRIBUTOR",
    performed_via_github_app: null,
    ...pullRequestPart(world, number),
  };
}

/** What marks an entry of the issues as a pull request. */
function pullRequestPart(world: World, number: number): Pick<IssueReply, "pull_request" | "draft"> {
  const pullRequest = world.pullRequests.get(number);
  if (pullRequest === undefined) return {};
  const htmlUrl = `${world.serverUrl}/${world.owner}/${world.repo}/pull/${number}`;
  return {
    draft: false,
    pull_request: {
      url: `${world.apiUrl}/repos/${world.owner}/${world.repo}/pulls/${number}`,
      html_url: htmlUrl,
      diff_url: `${htmlUrl}.diff`,
      patch_url: `${htmlUrl}.patch`,
      merged_at: pullRequest.merged === null ? null : time(pullRequest.merged.at),
    },
  };
}

/** Issues and, mixed in, pull requests: open ones unless told, newest first. */
export const listIssues: Handler = (call, world) => {
  const state = call.query.get("state") ?? "open";
  const creator = call.query.get("creator");
  const labels = (call.query.get("labels") ?? "").split(",").filter((label) => label !== "");
  const direction = call.query.get("direction") === "asc" ? "asc" : "desc";
  const timeOf = ({ createdAt, updatedAt }: FakeIssue) =>
    call.query.get("sort") === "updated" ? updatedAt : createdAt;
  const found = [...world.issues.values()]
    .filter((issue) => state === "all" || issue.state === state)
    .filter((issue) => creator === null || issue.author?.toLowerCase() === creator.toLowerCase())
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
    .filter((issue) => isSince(call, issue.updatedAt))
    .sort(byTime(timeOf, ({ number }) => number, direction));
  const { items, headers } = pageOf(found, call);
  const body = items.map((issue) => issueReply(world, issue));
  return answer("issues/list-for-repo", 200, body, headers);
};

/** What a body sets; undefined where it says nothing. */
type Wish = {
  readonly title: string | undefined;
  readonly body: string | null | undefined;
  readonly labels: readonly string[] | undefined;
};

/** Hands on what a body wants of an issue, or refuses. */
function withWish(body: unknown, take: (wish: Wish) => Answer): Answer {
  const title = field(body, "title");
  const text = field(body, "body");
  const labels = field(body, "labels");
  const fault = { resource: "Issue", code: "custom" };
  if (title !== undefined && (typeof title !== "string" || title.trim() === "")) {
    return invalid({ ...fault, code: "missing_field", field: "title" });
  }
  if (title !== undefined && title.length > MAX_TITLE) {
    return invalid({ ...fault, field: "title", message: "title is too long (maximum is 256 characters)" });
  }
  if (text !== undefined && text !== null && typeof text !== "string") {
    return invalid({ ...fault, code: "invalid", field: "body" });
  }
  if (typeof text === "string" && text.length > MAX_BODY) {
    return invalid({ ...fault, field: "body", message: "body is too long (maximum is 65536 characters)" });
  }
  if (labels !== undefined && !isTexts(labels))
    return invalid({ ...fault, code: "invalid", field: "labels" });
  return take({ title, body: text, labels });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

export const createIssue: Handler = (call, world) =>
  withWish(call.body, ({ title, body = null, labels = [] }) => {
    if (title === undefined) return invalid({ resource: "Issue", code: "missing_field", field: "title" });
    const issue = addIssue(world, { author: world.login, title, body, labels });
    return answer("issues/create", 201, issueReply(world, issue));
  });

export const getIssue: Handler = (call, world) => {
  const issue = world.issues.get(Number(call.parts[0]));
  return issue === undefined ? notFound() : answer("issues/get", 200, issueReply(world, issue));
};

export const updateIssue: Handler = (call, world) => {
  const issue = world.issues.get(Number(call.parts[0]));
  if (issue === undefined) return notFound();
  const state = field(call.body, "state");
  if (state !== undefined && state !== "open" && state !== "closed") {
    return invalid({ resource: "Issue", code: "invalid", field: "state" });
  }
  return withWish(call.body, ({ title = issue.title, body = issue.body, labels = issue.labels }) => {
    Object.assign(issue, { title, body, labels, updatedAt: world.now() });
    if (state !== undefined) setIssueState(world, issue, state, reasonOf(call.body));
    return answer("issues/update", 200, issueReply(world, issue));
  });
};

function reasonOf(body: unknown): "completed" | "not_planned" | null {
  const reason = field(body, "state_reason");
  return reason === "completed" || reason === "not_planned" ? reason : null;
}

/** Adds labels. Those that the repository does not have are made, where the token may make them. */
export const addLabels: Handler = (call, world) => {
  const issue = world.issues.get(Number(call.parts[0]));
  const labels = field(call.body, "labels");
  if (issue === undefined) return notFound();
  if (!isTexts(labels) || labels.length === 0) {
    return invalid({ resource: "Label", code: "missing_field", field: "name" });
  }
  const missing = labels.filter((label) => !world.labels.has(label.toLowerCase()));
  if (missing.length > 0 && world.forbidden.has("issues/create-label")) {
    return refuse(403, "You do not have permission to create labels on this repository.");
  }
  for (const label of labels) world.labels.add(label.toLowerCase());
  const has = new Set(issue.labels.map((label) => label.toLowerCase()));
  issue.labels = [...issue.labels, ...labels.filter((label) => !has.has(label.toLowerCase()))];
  return answer("issues/add-labels", 200, labelReplies(world, issue));
};

/** Takes one label off; 404 where the issue does not have it. */
export const removeLabel: Handler = (call, world) => {
  const issue = world.issues.get(Number(call.parts[0]));
  const name = (call.parts[1] ?? "").toLowerCase();
  if (issue === undefined) return notFound();
  if (!issue.labels.some((label) => label.toLowerCase() === name)) return refuse(404, "Label does not exist");
  issue.labels = issue.labels.filter((label) => label.toLowerCase() !== name);
  return answer("issues/remove-label", 200, labelReplies(world, issue));
};

function labelReplies(world: World, { labels }: FakeIssue) {
  return labels.map((name, index) => labelReply(world, name, index));
}
