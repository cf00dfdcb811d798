import { answer, field, type Handler, invalid, notFound } from "./answer.ts";
import { changedFiles, commitsBetween, mergeBase } from "./history.ts";
import type { FakePullRequest, World } from "./model.ts";
import { byTime, pageOf } from "./paging.ts";
import { diffEntryReply } from "./replies/commit.ts";
import { pullRequestReply, simplePullRequestReply } from "./replies/pull-request.ts";
import { addIssue, setIssueState } from "./seed.ts";
import { headOf, pullRequestOf } from "./seed-pull-request.ts";

export const getPullRequest: Handler = (call, world) => {
  const number = Number(call.parts[0]);
  if (!world.pullRequests.has(number)) return notFound();
  return answer("pulls/get", 200, pullRequestReply(world, number));
};

/** Open ones unless told; the newest first, but the oldest first when sorted by anything else than creation. */
export const listPullRequests: Handler = (call, world) => {
  const state = call.query.get("state") ?? "open";
  const base = call.query.get("base");
  const head = call.query.get("head");
  const sort = call.query.get("sort") ?? "created";
  if (sort !== "created" && sort !== "updated") {
    return invalid({ resource: "PullRequest", code: "invalid", field: "sort" });
  }
  const usual = sort === "created" ? "desc" : "asc";
  const asked = call.query.get("direction");
  const direction = asked === "asc" || asked === "desc" ? asked : usual;
  const found = [...world.pullRequests.keys()]
    .flatMap((number) => world.issues.get(number) ?? [])
    .filter((issue) => state === "all" || issue.state === state)
    .filter(({ number }) => base === null || pullRequestOf(world, number).base === base)
    .filter(({ number }) => head === null || head === `${world.owner}:${pullRequestOf(world, number).branch}`)
    .sort(
      byTime(
        (issue) => (sort === "updated" ? issue.updatedAt : issue.createdAt),
        ({ number }) => number,
        direction,
      ),
    );
  const { items, headers } = pageOf(found, call);
  const body = items.map(({ number }) => simplePullRequestReply(world, number));
  return answer("pulls/list", 200, body, headers);
};

/** The files that differ from where the pull request left its base: at most 3,000. */
export const listFiles: Handler = (call, world) => {
  const pullRequest = world.pullRequests.get(Number(call.parts[0]));
  if (pullRequest === undefined) return notFound();
  const head = headOf(pullRequest);
  const changes = changedFiles(world, mergeBase(world, pullRequest.baseSha, head).sha, head);
  const { items, headers } = pageOf(changes.slice(0, 3000), call);
  const body = items.map((change) => diffEntryReply(world, change, head));
  return answer("pulls/list-files", 200, body, headers);
};

/** Pull requests that hold a commit or were merged as it: open and merged ones, never those closed without. */
export const listPullRequestsOfCommit: Handler = (call, world) => {
  const sha = call.parts[0] ?? "";
  if (!world.commits.has(sha)) {
    return invalid({
      resource: "Commit",
      code: "custom",
      field: "sha",
      message: `No commit found for SHA: ${sha}`,
    });
  }
  const found = [...world.pullRequests.values()].filter(
    (pullRequest) => isAlive(world, pullRequest) && holds(pullRequest, sha),
  );
  const { items, headers } = pageOf(found, call);
  const body = items.map(({ number }) => simplePullRequestReply(world, number));
  return answer("repos/list-pull-requests-associated-with-commit", 200, body, headers);
};

function isAlive(world: World, { number, merged }: FakePullRequest): boolean {
  return merged !== null || world.issues.get(number)?.state === "open";
}

function holds({ commits, landed }: FakePullRequest, sha: string): boolean {
  return commits.includes(sha) || landed.includes(sha);
}

/** Opens one from a branch of the repository; refused where there is an open one already, or nothing to merge. */
export const createPullRequest: Handler = (call, world) => {
  const [title, branch, base] = ["title", "head", "base"].map((name) => String(field(call.body, name) ?? ""));
  const body = field(call.body, "body");
  const [tip, baseSha] = [world.branches.get(branch ?? ""), world.branches.get(base ?? "")];
  const fault = { resource: "PullRequest", code: "custom" };
  if (!title || !branch || !base || tip === undefined || baseSha === undefined) {
    return invalid({ ...fault, code: "invalid", field: "head" });
  }
  const isThere = [...world.pullRequests.values()].some(
    (pull) => pull.branch === branch && pull.base === base && world.issues.get(pull.number)?.state === "open",
  );
  if (isThere) return invalid({ ...fault, message: `A pull request already exists for ${branch}.` });
  const commits = commitsBetween(world, baseSha, tip).map(({ sha }) => sha);
  if (commits.length === 0) return invalid({ ...fault, message: `No commits between ${base} and ${branch}` });
  const { number } = addIssue(world, { author: world.login, title, body: String(body ?? "") });
  const pull = { number, base, baseSha, branch, headRepository: "same", merged: null } as const;
  world.pullRequests.set(number, { ...pull, commits, landed: [] });
  return answer("pulls/create", 201, pullRequestReply(world, number));
};

export const updatePullRequest: Handler = (call, world) => {
  const issue = world.issues.get(Number(call.parts[0]));
  if (issue === undefined || !world.pullRequests.has(issue.number)) return notFound();
  const [title, body, state] = ["title", "body", "state"].map((name) => field(call.body, name));
  if (typeof title === "string") issue.title = title;
  if (typeof body === "string") issue.body = body;
  if (state === "closed" || state === "open") setIssueState(world, issue, state);
  return answer("pulls/update", 200, pullRequestReply(world, issue.number));
};
