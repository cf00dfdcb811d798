import type { components } from "@octokit/openapi-types";
import { time } from "../answer.ts";
import { changedFiles, mergeBase } from "../history.ts";
import type { FakeIssue, FakePullRequest, World } from "../model.ts";
import { headOf, pullRequestOf, testMerge } from "../seed-pull-request.ts";
import { repositoryReply } from "./repository.ts";
import { userReply } from "./user.ts";

type Simple = components["schemas"]["pull-request-simple"];
type Full = components["schemas"]["pull-request"];

/** Fields that both forms of a pull request share. */
type Shared = Pick<Simple & Full, Extract<keyof Simple, keyof Full>>;

/** Who the forks of this repository belong to. */
const FORK_OWNER = "outsider";

/**
 * Where a pull request comes from. The description says that `repo` is always there; GitHub answers null when the
 * fork was deleted, so the fake does too and only the type is bent.
 */
function headReply(world: World, pullRequest: FakePullRequest): Full["head"] {
  const { headRepository, branch } = pullRequest;
  const owner = headRepository === "same" ? world.owner : FORK_OWNER;
  const repo = headRepository === "deleted" ? null : repositoryReply(world, owner);
  return {
    label: headRepository === "deleted" ? "unknown repository" : `${owner}:${branch}`,
    ref: branch,
    sha: headOf(pullRequest),
    user: userReply(world, owner),
    repo: repo as Full["head"]["repo"],
  };
}

/** The addresses that a pull request has twice: as fields, and as links. */
function addressesOf(world: World, pullRequest: FakePullRequest) {
  const { number } = pullRequest;
  const repository = `${world.apiUrl}/repos/${world.owner}/${world.repo}`;
  const self = `${repository}/pulls/${number}`;
  const issue = `${repository}/issues/${number}`;
  return {
    self,
    html: `${world.serverUrl}/${world.owner}/${world.repo}/pull/${number}`,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${self}/comments`,
    review_comment: `${repository}/pulls/comments{/number}`,
    commits: `${self}/commits`,
    statuses: `${repository}/statuses/${headOf(pullRequest)}`,
  };
}

function addressFields(world: World, pullRequest: FakePullRequest) {
  const addresses = addressesOf(world, pullRequest);
  return {
    url: addresses.self,
    html_url: addresses.html,
    diff_url: `${addresses.html}.diff`,
    patch_url: `${addresses.html}.patch`,
    issue_url: addresses.issue,
    comments_url: addresses.comments,
    review_comments_url: addresses.review_comments,
    review_comment_url: addresses.review_comment,
    commits_url: addresses.commits,
    statuses_url: addresses.statuses,
    _links: {
      self: { href: addresses.self },
      html: { href: addresses.html },
      issue: { href: addresses.issue },
      comments: { href: addresses.comments },
      review_comments: { href: addresses.review_comments },
      review_comment: { href: addresses.review_comment },
      commits: { href: addresses.commits },
      statuses: { href: addresses.statuses },
    },
  };
}

/** A label as an issue or a pull request shows it. */
export function labelReply(
  world: World,
  name: string,
  index: number,
): Full["labels"][number] & Simple["labels"][number] {
  return {
    id: index + 1,
    node_id: `LA_fake${index + 1}`,
    url: `${world.apiUrl}/repos/${world.owner}/${world.repo}/labels/${encodeURIComponent(name)}`,
    name,
    description: "",
    color: "ededed",
    default: false,
  };
}

function sharedReply(world: World, issue: FakeIssue, pullRequest: FakePullRequest): Shared {
  return {
    ...addressFields(world, pullRequest),
    id: issue.id + 100_000,
    node_id: `PR_fake${issue.id}`,
    number: pullRequest.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: userReply(world, issue.author ?? "ghost"),
    body: issue.body,
    labels: issue.labels.map((name, index) => labelReply(world, name, index)),
    milestone: null,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : time(issue.closedAt),
    merged_at: pullRequest.merged === null ? null : time(pullRequest.merged.at),
    merge_commit_sha: pullRequest.merged?.sha ?? testMerge(world, pullRequest),
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: headReply(world, pullRequest),
    base: {
      label: `${world.owner}:${pullRequest.base}`,
      ref: pullRequest.base,
      sha: pullRequest.baseSha,
      user: userReply(world, world.owner),
      repo: repositoryReply(world, world.owner),
    },
    author_association: "CONTRIBUTOR",
    auto_merge: null,
    draft: false,
  };
}

function issueOf(world: World, number: number): FakeIssue {
  const issue = world.issues.get(number);
  if (issue === undefined) throw new Error(`The fake GitHub has no issue ${number}.`);
  return issue;
}

/** A pull request as lists show it. */
export function simplePullRequestReply(world: World, number: number): Simple {
  return sharedReply(world, issueOf(world, number), pullRequestOf(world, number));
}

/** A pull request as it is shown alone, and in the payload of an event. */
export function pullRequestReply(world: World, number: number): Full {
  const pullRequest = pullRequestOf(world, number);
  const { merged } = pullRequest;
  const head = headOf(pullRequest);
  const base = mergeBase(world, pullRequest.baseSha, head).sha;
  const mergeable = merged === null ? testMerge(world, pullRequest) !== null : null;
  return {
    ...sharedReply(world, issueOf(world, number), pullRequest),
    merged: merged !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? "unknown" : mergeable ? "clean" : "dirty",
    merged_by: userReply(world, merged?.by ?? null),
    comments: [...world.comments.values()].filter((comment) => comment.issue === number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: pullRequest.commits.length,
    additions: 1,
    deletions: 1,
    changed_files: changedFiles(world, base, head).length,
  };
}
