import type { CommitFacts, FileEdit } from "../../review/drift-branch.ts";
import { GitHubError, unlessGone } from "../../run/github-error.ts";
import type { Client } from "../client.ts";
import { fieldsOf } from "../wire.ts";

/** The newest commit of a branch. */
export type BranchTip = CommitFacts & { readonly sha: string };

const GIT = "/repos/{owner}/{repo}/git";
const WRITE = { permission: "contents: write" } as const;

/** The newest commit of a branch; null where there is no such branch. */
export function readBranchTip(client: Client, branch: string): Promise<BranchTip | null> {
  return unlessGone(readTip(client, branch));
}

async function readTip(client: Client, branch: string): Promise<BranchTip> {
  const path = `${GIT}/ref/heads/${encodedBranch(branch)}`;
  const sha = await client.read({ path, permission: "contents: read" }, (value) =>
    shaOf(fieldsOf(value).object),
  );
  return { sha, ...(await readCommit(client, sha)) };
}

/**
 * Makes a commit on no branch yet, with other texts for some files of its parent.
 *
 * @param messageOf is given the SHA of the new tree.
 */
export async function commitEdits(
  client: Client,
  parent: string,
  edits: readonly FileEdit[],
  messageOf: (tree: string) => string,
): Promise<string> {
  const { tree: base } = await readCommit(client, parent);
  const entries = edits.map(({ path, text }) => ({ path, mode: "100644", type: "blob", content: text }));
  const values = { base_tree: base, tree: entries };
  const tree = await client.create({ path: `${GIT}/trees`, values, ...WRITE }, shaOf);
  const commit = { message: messageOf(tree), tree, parents: [parent] };
  return client.create({ path: `${GIT}/commits`, values: commit, ...WRITE }, shaOf);
}

/** Lets a branch that is not there yet begin at a commit. */
export async function createBranch(client: Client, branch: string, sha: string): Promise<void> {
  const values = { ref: `refs/heads/${branch}`, sha };
  await client.create({ path: `${GIT}/refs`, values, ...WRITE }, anything);
}

/** Moves a branch to a commit, whatever it has by now: only for a branch of our own. */
export async function moveBranch(client: Client, branch: string, sha: string): Promise<void> {
  const path = `${GIT}/refs/heads/${encodedBranch(branch)}`;
  await client.change({ path, values: { sha, force: true }, ...WRITE }, anything);
}

/** Takes a branch away; nothing happens where somebody has done so already. */
export async function deleteBranch(client: Client, branch: string): Promise<void> {
  try {
    await client.remove({ path: `${GIT}/refs/heads/${encodedBranch(branch)}`, ...WRITE });
  } catch (error) {
    // GitHub answers 422 for a reference that is not there.
    if (!(error instanceof GitHubError) || (error.status !== 422 && error.reason !== "not-found"))
      throw error;
  }
}

async function readCommit(client: Client, sha: string): Promise<CommitFacts> {
  const ask = { path: `${GIT}/commits/{sha}`, values: { sha }, permission: "contents: read" } as const;
  return client.read(ask, decodeCommit);
}

function decodeCommit(value: unknown): CommitFacts | null {
  const { message, tree, parents } = fieldsOf(value);
  const treeSha = shaOf(tree);
  if (typeof message !== "string" || treeSha === null || !Array.isArray(parents)) return null;
  return { message, tree: treeSha, parents: parents.flatMap((parent) => shaOf(parent) ?? []) };
}

function shaOf(value: unknown): string | null {
  const { sha } = fieldsOf(value);
  return typeof sha === "string" ? sha : null;
}

function anything(value: unknown): object | null {
  return typeof value === "object" ? value : null;
}

/** A branch has slashes, which stay as they are. */
function encodedBranch(branch: string): string {
  return branch.split("/").map(encodeURIComponent).join("/");
}
