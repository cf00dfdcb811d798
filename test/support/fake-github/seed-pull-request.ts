import { changesBetween, commitOf } from "./history.ts";
import type { FakePullRequest, HeadRepository, World } from "./model.ts";
import { addIssue, type CommitSeed, type Files, storeCommit } from "./seed.ts";

export type PullRequestSeed = {
  readonly title?: string;
  readonly author?: string;
  readonly body?: string | null;
  readonly branch?: string;
  readonly base?: string;
  readonly headRepository?: HeadRepository;
  /** Oldest first; default one that changes nothing. */
  readonly commits?: readonly CommitSeed[];
  readonly labels?: readonly string[];
  readonly createdAt?: number;
};

/** Opens a pull request on top of its base branch; returns its number. */
export function addPullRequest(world: World, seed: PullRequestSeed = {}): number {
  const { base = "main", headRepository = "same", commits = [{}] } = seed;
  const baseSha = world.branches.get(base);
  if (baseSha === undefined) throw new Error(`The fake GitHub has no branch ${base}.`);
  const { title = "Change audiences", author = "marketer", ...rest } = seed;
  const { number } = addIssue(world, { ...rest, title, author });
  const branch = seed.branch ?? `change-${number}`;
  const shas = storeLine(world, commits, baseSha);
  world.pullRequests.set(number, {
    number,
    base,
    baseSha,
    branch,
    headRepository,
    commits: shas,
    merged: null,
    landed: [],
  });
  if (headRepository === "same") world.branches.set(branch, shas.at(-1) ?? baseSha);
  return number;
}

/** Pushes more commits to an open pull request; returns the new head. */
export function extendPullRequest(world: World, number: number, commits: readonly CommitSeed[]): string {
  const pullRequest = pullRequestOf(world, number);
  const shas = storeLine(world, commits, headOf(pullRequest));
  pullRequest.commits = [...pullRequest.commits, ...shas];
  if (pullRequest.headRepository === "same") world.branches.set(pullRequest.branch, headOf(pullRequest));
  return headOf(pullRequest);
}

/** A pull request by its number; throws when a test names one that is not there. */
export function pullRequestOf(world: World, number: number): FakePullRequest {
  const pullRequest = world.pullRequests.get(number);
  if (pullRequest === undefined) throw new Error(`The fake GitHub has no pull request ${number}.`);
  return pullRequest;
}

/** The commit that a pull request ends with. */
export function headOf(pullRequest: {
  readonly commits: readonly string[];
  readonly baseSha: string;
}): string {
  return pullRequest.commits.at(-1) ?? pullRequest.baseSha;
}

function storeLine(world: World, commits: readonly CommitSeed[], from: string): readonly string[] {
  let parent = from;
  return commits.map((commit) => {
    parent = storeCommit(world, commit, [parent]);
    return parent;
  });
}

export type MergeSeed = {
  readonly method: "merge" | "squash" | "rebase";
  readonly by?: string;
  /** Milliseconds since the epoch; default now. */
  readonly at?: number;
};

/** Merges an open pull request into its base branch, as the button does; returns the branch's new tip. */
export function mergePullRequest(world: World, number: number, seed: MergeSeed): string {
  const pullRequest = pullRequestOf(world, number);
  const issue = world.issues.get(number);
  const tip = world.branches.get(pullRequest.base);
  if (issue?.state !== "open" || tip === undefined)
    throw new Error(`Pull request ${number} cannot be merged.`);
  pullRequest.landed = land(world, pullRequest.commits, tip, { method: seed.method, number });
  const sha = pullRequest.landed.at(-1) ?? tip;
  world.branches.set(pullRequest.base, sha);
  const at = seed.at ?? world.now();
  pullRequest.merged = { at, by: seed.by ?? "maintainer", sha };
  Object.assign(issue, { state: "closed", stateReason: null, closedAt: at, updatedAt: at });
  return sha;
}

function land(
  world: World,
  commits: readonly string[],
  tip: string,
  { method, number }: { readonly method: MergeSeed["method"]; readonly number: number },
): readonly string[] {
  if (method === "rebase") return rebase(world, commits, tip);
  const head = commits.at(-1) ?? tip;
  const files = withoutConflict(changesOf(world, tip, commits));
  if (method === "squash") {
    return [storeCommit(world, { files, message: `Change audiences (#${number})` }, [tip])];
  }
  return [storeCommit(world, { files, message: `Merge pull request #${number}` }, [tip, head])];
}

function rebase(world: World, commits: readonly string[], tip: string): readonly string[] {
  let parent = tip;
  return commits.map((sha) => {
    const files = withoutConflict(picked(world, parent, sha));
    parent = storeCommit(world, { files, message: commitOf(world, sha).message }, [parent]);
    return parent;
  });
}

/** What a commit changes on another one: as if that one stood on the first one's parent, and both were merged. */
function picked(world: World, onto: string, sha: string): Files | null {
  const { files, parents } = commitOf(world, sha);
  const [parent] = parents;
  if (world.merge === null || parent === undefined) return files;
  return world.merge(storeCommit(world, { files: changesBetween(world, parent, onto) }, [parent]), sha);
}

function withoutConflict(files: Files | null): Files {
  if (files === null) throw new Error("This branch has conflicts that must be resolved.");
  return files;
}

/**
 * The commit that GitHub makes to test the merge of a pull request: of the base branch as it is by now, and the head. It is
 * on no branch. Null: they conflict.
 */
export function testMerge(world: World, pullRequest: FakePullRequest): string | null {
  const tip = world.branches.get(pullRequest.base) ?? pullRequest.baseSha;
  const parents = [tip, headOf(pullRequest)];
  for (const { sha, parents: those, message } of world.commits.values()) {
    if (message === TEST_MERGE && those.join() === parents.join()) return sha;
  }
  const files = changesOf(world, tip, pullRequest.commits);
  return files === null ? null : storeCommit(world, { files, message: TEST_MERGE }, parents);
}

const TEST_MERGE = "Merge the head into the base";

function changesOf(world: World, tip: string, commits: readonly string[]): Files | null {
  if (world.merge !== null) return world.merge(tip, commits.at(-1) ?? tip);
  return Object.assign({}, ...commits.map((sha) => commitOf(world, sha).files)) as Files;
}
