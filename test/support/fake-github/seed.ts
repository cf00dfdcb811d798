import { commitSha } from "./git-objects.ts";
import { commitOf, filesAfter, filesAt } from "./history.ts";
import type { FakeComment, FakeIssue, World } from "./model.ts";

/** What a commit changes, by path; null removes a file. */
export type Files = Readonly<Record<string, string | null>>;

export type CommitSeed = {
  readonly sha?: string;
  readonly message?: string;
  readonly email?: string;
  readonly files?: Files;
};

/** Adds a commit on top of a branch, `main` unless told, and moves the branch to it. */
export function addCommit(world: World, seed: CommitSeed & { readonly branch?: string } = {}): string {
  const branch = seed.branch ?? "main";
  const tip = world.branches.get(branch) ?? world.branches.get("main");
  const sha = storeCommit(world, seed, tip === undefined ? [] : [tip]);
  world.branches.set(branch, sha);
  return sha;
}

/** Adds a commit under the given parents, on no branch. */
export function storeCommit(world: World, seed: CommitSeed, parents: readonly string[]): string {
  for (const parent of parents) commitOf(world, parent);
  const { message = "Change campaigns", email = `marketer+${world.commits.size}@example.com` } = seed;
  const commit = { parents, message, email, at: world.now(), files: seed.files ?? {} };
  const sha = seed.sha ?? commitSha(commit, filesAfter(world, commit));
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new Error(`${sha} is no full SHA.`);
  if (world.commits.has(sha)) throw new Error(`There is a commit ${sha} already.`);
  world.commits.set(sha, { sha, ...commit });
  return sha;
}

export type CommentSeed = {
  readonly author: string | null;
  readonly body: string;
  /** Milliseconds since the epoch; default now. */
  readonly createdAt?: number;
  readonly updatedAt?: number;
  /** Somebody who has edited it since. */
  readonly editedBy?: string;
};

/** Adds a comment by anybody on an issue or a pull request. */
export function addComment(world: World, issue: number, seed: CommentSeed): FakeComment {
  const on = world.issues.get(issue);
  if (on === undefined) throw new Error(`The fake GitHub has no issue ${issue}.`);
  const id = world.nextId();
  const createdAt = seed.createdAt ?? world.now();
  const updatedAt = seed.updatedAt ?? createdAt;
  const { author, body, editedBy = null } = seed;
  const lastEditedAt = editedBy === null ? null : updatedAt;
  const nodeId = `IC_fake${id}`;
  const comment = { id, nodeId, issue, author, body, createdAt, updatedAt, editor: editedBy, lastEditedAt };
  world.comments.set(id, comment);
  on.updatedAt = Math.max(on.updatedAt, updatedAt);
  return comment;
}

/** Changes the text of a comment, as its author or a maintainer may. */
export function editComment(
  world: World,
  id: number,
  edit: { readonly by: string; readonly body: string },
): void {
  const comment = world.comments.get(id);
  if (comment === undefined) throw new Error(`The fake GitHub has no comment ${id}.`);
  const now = world.now();
  Object.assign(comment, { body: edit.body, editor: edit.by, lastEditedAt: now, updatedAt: now });
}

export type IssueSeed = {
  readonly author: string | null;
  readonly title: string;
  readonly body?: string | null;
  readonly state?: "open" | "closed";
  readonly labels?: readonly string[];
  readonly createdAt?: number;
};

/** Adds an issue under the next number. */
export function addIssue(world: World, seed: IssueSeed): FakeIssue {
  const createdAt = seed.createdAt ?? world.now();
  const { author, title, body = null, state = "open", labels = [] } = seed;
  const issue: FakeIssue = {
    number: world.nextNumber(),
    id: world.nextId(),
    author,
    createdAt,
    title,
    body,
    state,
    stateReason: state === "open" ? null : "completed",
    labels,
    updatedAt: createdAt,
    closedAt: state === "open" ? null : createdAt,
  };
  for (const label of labels) world.labels.add(label.toLowerCase());
  world.issues.set(issue.number, issue);
  return issue;
}

/** Opens, closes or reopens an issue; nothing happens when it is so already. */
export function setIssueState(
  world: World,
  issue: FakeIssue,
  state: "open" | "closed",
  reason: FakeIssue["stateReason"] = null,
): void {
  if (issue.state === state) return;
  issue.state = state;
  issue.stateReason = state === "open" ? "reopened" : (reason ?? "completed");
  issue.closedAt = state === "open" ? null : world.now();
}

/** The files of a branch or commit, by path, for a test to check out. */
export function checkout(world: World, ref: string): Readonly<Record<string, string>> {
  return Object.fromEntries(filesAt(world, world.branches.get(ref) ?? ref));
}
