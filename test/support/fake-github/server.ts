import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Repository } from "../../../src/github/run/model.ts";
import { refuse } from "./answer.ts";
import { exchange, type Parts } from "./exchange.ts";
import { type Aim, type Asked, createFailureQueue, type Failure } from "./failures.ts";
import { commitOf } from "./history.ts";
import type { FakeComment, FakeIssue, Received, World } from "./model.ts";
import {
  addComment,
  addCommit,
  addIssue,
  type CommentSeed,
  type CommitSeed,
  checkout,
  editComment,
  type IssueSeed,
  setIssueState,
} from "./seed.ts";
import {
  addPullRequest,
  extendPullRequest,
  headOf,
  type MergeSeed,
  mergePullRequest,
  type PullRequestSeed,
  pullRequestOf,
} from "./seed-pull-request.ts";
import { createWorld } from "./world.ts";

export type FakeGitHubOptions = {
  readonly repository?: Repository;
  /** Whose token it is; default `github-actions[bot]`. */
  readonly login?: string;
  readonly token?: string;
  /** Where people look; default https://github.com. */
  readonly serverUrl?: string;
  /** `enterprise`: REST below /api/v3, GraphQL at /api/graphql. */
  readonly product?: "github.com" | "enterprise";
  /** Milliseconds since the epoch; default the machine's clock. */
  readonly now?: () => number;
};

/** A GitHub of one repository on 127.0.0.1 that remembers what it is told. */
export type FakeGitHub = {
  /** What GITHUB_API_URL is to be. */
  readonly url: string;
  readonly serverUrl: string;
  readonly token: string;
  readonly login: string;
  readonly repository: Repository;
  readonly world: World;
  /** Everything received so far, in order. */
  readonly requests: readonly Received[];
  /** What no endpoint was found for. */
  readonly unexpected: readonly Received[];
  forgetRequests(): void;

  /** Adds a commit to a branch, default `main`; returns its SHA. */
  addCommit(seed?: CommitSeed & { readonly branch?: string }): string;
  /** Opens a pull request; returns its number. */
  addPullRequest(seed?: PullRequestSeed): number;
  /** Pushes commits to a pull request; returns the new head. */
  extendPullRequest(number: number, commits: readonly CommitSeed[]): string;
  /** Merges a pull request; returns the base branch's new tip. */
  mergePullRequest(number: number, seed: MergeSeed): string;
  /** Closes an issue, or a pull request without merging it. */
  closeIssue(number: number): void;
  addIssue(seed: IssueSeed): FakeIssue;
  addComment(issue: number, seed: CommentSeed): FakeComment;
  editComment(id: number, edit: { readonly by: string; readonly body: string }): void;
  deleteComment(id: number): void;

  /** The comments on an issue or pull request, the oldest first. */
  comments(issue: number): readonly FakeComment[];
  /** All issues that are no pull requests, the oldest first. */
  issues(): readonly FakeIssue[];
  tip(branch: string): string;
  head(pullRequest: number): string;
  /** The files of a branch or commit, by path. */
  checkout(ref: string): Readonly<Record<string, string>>;

  /** Answers 403 to these from now on, as to a token that lacks the permission. */
  forbid(...operations: readonly Asked[]): void;
  allow(...operations: readonly Asked[]): void;
  failNext(failure: Failure, aim?: Aim): void;
  /** Waits this many milliseconds before each answer. */
  slowDown(ms: number): void;
  /** Ends it; rejects when the fake itself had a bug. */
  close(): Promise<void>;
};

/** Starts an empty repository: a branch `main` of one commit, no issue, no pull request. */
export async function startFakeGitHub(options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const closing = new AbortController();
  const bugs: unknown[] = [];
  const holder: { parts: Parts | null } = { parts: null };
  const server = createServer((request, response) => {
    const { parts } = holder;
    if (parts === null) return;
    exchange(request, response, parts).catch((error: unknown) => {
      if (closing.signal.aborted || response.destroyed) return;
      bugs.push(error);
      const { status, headers, text } = refuse(500, `Bug in the fake GitHub: ${error}`);
      response.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const parts = createParts(options, origin, closing.signal);
  holder.parts = parts;
  const close = async () => {
    closing.abort();
    const ended = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await ended;
    if (bugs.length > 0) throw bugs[0];
  };
  return { ...facade(parts), ...seeding(parts.world), ...reading(parts.world), close };
}

function createParts(options: FakeGitHubOptions, origin: string, closing: AbortSignal): Parts {
  const { repository = { owner: "acme", repo: "campaigns" }, login = "github-actions[bot]" } = options;
  const rest = options.product === "enterprise" ? "/api/v3" : "";
  const graphql = options.product === "enterprise" ? "/api/graphql" : "/graphql";
  const { serverUrl = "https://github.com", now = Date.now } = options;
  return {
    world: createWorld({ ...repository, serverUrl, apiUrl: `${origin}${rest}`, login, now }),
    token: options.token ?? "ghs_fakeTokenOfTheInstallation",
    failures: createFailureQueue(),
    requests: [],
    unexpected: [],
    paths: { rest, graphql },
    closing,
    latencyMs: 0,
  };
}

function facade(parts: Parts) {
  const { world, token, requests, unexpected, failures } = parts;
  return {
    url: world.apiUrl,
    serverUrl: world.serverUrl,
    token,
    login: world.login,
    repository: { owner: world.owner, repo: world.repo },
    world,
    requests,
    unexpected,
    forgetRequests: () => {
      requests.length = 0;
      unexpected.length = 0;
    },
    forbid: (...operations: readonly Asked[]) => {
      for (const operation of operations) world.forbidden.add(operation);
    },
    allow: (...operations: readonly Asked[]) => {
      for (const operation of operations) world.forbidden.delete(operation);
    },
    failNext: failures.add,
    slowDown: (ms: number) => {
      parts.latencyMs = ms;
    },
  };
}

function seeding(world: World) {
  return {
    addCommit: (seed?: CommitSeed & { readonly branch?: string }) => addCommit(world, seed),
    addPullRequest: (seed?: PullRequestSeed) => addPullRequest(world, seed),
    extendPullRequest: (number: number, commits: readonly CommitSeed[]) =>
      extendPullRequest(world, number, commits),
    mergePullRequest: (number: number, seed: MergeSeed) => mergePullRequest(world, number, seed),
    closeIssue: (number: number) => {
      const issue = world.issues.get(number);
      if (issue === undefined) throw new Error(`The fake GitHub has no issue ${number}.`);
      setIssueState(world, issue, "closed");
    },
    addIssue: (seed: IssueSeed) => addIssue(world, seed),
    addComment: (issue: number, seed: CommentSeed) => addComment(world, issue, seed),
    editComment: (id: number, edit: { readonly by: string; readonly body: string }) =>
      editComment(world, id, edit),
    deleteComment: (id: number) => {
      if (!world.comments.delete(id)) throw new Error(`The fake GitHub has no comment ${id}.`);
    },
  };
}

function reading(world: World) {
  return {
    comments: (issue: number) => [...world.comments.values()].filter((comment) => comment.issue === issue),
    issues: () => [...world.issues.values()].filter(({ number }) => !world.pullRequests.has(number)),
    tip: (branch: string) => commitOf(world, world.branches.get(branch) ?? branch).sha,
    head: (number: number) => headOf(pullRequestOf(world, number)),
    checkout: (ref: string) => checkout(world, ref),
  };
}
