import type { components } from "@octokit/openapi-types";
import type { FakePullRequest } from "../fake-github/model.ts";
import { pullRequestReply } from "../fake-github/replies/pull-request.ts";
import { repositoryReply } from "../fake-github/replies/repository.ts";
import { userReply } from "../fake-github/replies/user.ts";
import { pullRequestOf, testMerge } from "../fake-github/seed-pull-request.ts";
import type { FakeGitHub } from "../fake-github/server.ts";

type Schemas = components["schemas"];

/** What starts a run: the event, its payload, and the commit and refs that the runner tells of it. */
export type RunEvent = {
  readonly name: string;
  readonly payload: unknown;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** GITHUB_REF. */
  readonly ref: string;
  /** GITHUB_HEAD_REF and GITHUB_BASE_REF: empty but for pull requests. */
  readonly headRef?: string;
  readonly baseRef?: string;
};

/** What every payload says. */
function commonPart({ world }: FakeGitHub) {
  return { repository: repositoryReply(world, world.owner), sender: userReply(world, "marketer") };
}

/**
 * A pull request that was opened, pushed to or reopened. Where its head is, here, in a fork or in a deleted one,
 * is as it was seeded. GITHUB_SHA is a test merge; on `pull_request_target` the tip of the base branch.
 */
export function pullRequestEvent(
  github: FakeGitHub,
  number: number,
  options: {
    readonly name?: "pull_request" | "pull_request_target";
    readonly action?: "opened" | "synchronize" | "reopened" | "closed";
  } = {},
): RunEvent {
  const { name = "pull_request", action = "synchronize" } = options;
  const pullRequest = pullRequestOf(github.world, number);
  const isTarget = name === "pull_request_target";
  return {
    name,
    payload: {
      action,
      number,
      pull_request: pullRequestReply(github.world, number),
      ...commonPart(github),
    },
    sha: isTarget ? github.tip(pullRequest.base) : mergeToTest(github, pullRequest),
    ref: isTarget ? `refs/heads/${pullRequest.base}` : `refs/pull/${number}/merge`,
    headRef: pullRequest.branch,
    baseRef: pullRequest.base,
  };
}

function mergeToTest(github: FakeGitHub, pullRequest: FakePullRequest): string {
  const merge = testMerge(github.world, pullRequest);
  if (merge === null) throw new Error("GitHub starts nothing for a pull request that has conflicts.");
  return merge;
}

const NO_COMMIT = "0".repeat(40);

/** A push to a branch; `before` null: the branch is new. */
export function pushEvent(
  github: FakeGitHub,
  push: { readonly before: string | null; readonly after: string; readonly branch?: string },
): RunEvent {
  const { before, after, branch = "main" } = push;
  const ref = `refs/heads/${branch}`;
  const payload: Pick<
    Schemas["webhook-push"],
    "ref" | "before" | "after" | "created" | "deleted" | "forced" | "base_ref" | "compare" | "commits"
  > = {
    ref,
    before: before ?? NO_COMMIT,
    after,
    created: before === null,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${github.serverUrl}/${github.repository.owner}/${github.repository.repo}/compare`,
    commits: [],
  };
  return { name: "push", payload: { ...payload, ...commonPart(github) }, sha: after, ref };
}

/** A tag that was pushed. */
export function tagEvent(github: FakeGitHub, tag: string, after: string): RunEvent {
  const ref = `refs/tags/${tag}`;
  const payload = { ref, before: NO_COMMIT, after, created: true, deleted: false, ...commonPart(github) };
  return { name: "push", payload, sha: after, ref };
}

/** A merge queue that asks for checks on what it would merge. */
export function mergeGroupEvent(
  github: FakeGitHub,
  group: { readonly headSha: string; readonly baseSha: string; readonly branch?: string },
): RunEvent {
  const { headSha, baseSha, branch = "main" } = group;
  const ref = `refs/heads/gh-readonly-queue/${branch}/pr-1-${baseSha}`;
  const person = { name: "marketer", email: "marketer@example.com" };
  const mergeGroup: Schemas["merge-group"] = {
    head_sha: headSha,
    head_ref: ref,
    base_sha: baseSha,
    base_ref: `refs/heads/${branch}`,
    head_commit: {
      id: headSha,
      tree_id: headSha,
      message: "Change audiences",
      timestamp: "2026-11-24T10:00:00Z",
      author: person,
      committer: person,
    },
  };
  const payload = { action: "checks_requested", merge_group: mergeGroup, ...commonPart(github) };
  return { name: "merge_group", payload, sha: headSha, ref };
}

/** The clock; always on the tip of the default branch. */
export function scheduleEvent(github: FakeGitHub, cron = "17 4 * * *"): RunEvent {
  const payload = { schedule: cron, workflow: ".github/workflows/drift.yml", ...commonPart(github) };
  return { name: "schedule", payload, sha: github.tip("main"), ref: "refs/heads/main" };
}

/** Somebody who pressed the button. */
export function workflowDispatchEvent(
  github: FakeGitHub,
  options: { readonly branch?: string; readonly inputs?: Readonly<Record<string, string>> } = {},
): RunEvent {
  const { branch = "main", inputs = null } = options;
  const ref = `refs/heads/${branch}`;
  const payload: Pick<Schemas["webhook-workflow-dispatch"], "inputs" | "ref" | "workflow"> = {
    inputs,
    ref,
    workflow: ".github/workflows/apply.yml",
  };
  const sha = github.tip(branch);
  return { name: "workflow_dispatch", payload: { ...payload, ...commonPart(github) }, sha, ref };
}
