import { GitHubError } from "../run/github-error.ts";
import type { Client } from "./client.ts";
import { fieldsOf } from "./wire.ts";

/** What a branch has by now that a commit does not have. */
export type BranchSince = {
  /** Whether the commit is one of the branch: not after a force push, nor where the branch went another way. */
  readonly hasCommit: boolean;
  /** Paths that differ, old and new ones; null where GitHub does not name them all. */
  readonly files: ReadonlySet<string> | null;
};

/** GitHub names no more files of a comparison than this. Source: "Compare two commits", GitHub docs. */
const MOST_FILES = 300;

/**
 * What a branch has by now that a commit does not have; null when its tip is that commit.
 *
 * @param commit full SHA of what is checked out.
 * @param branch its name, or the full SHA of another commit.
 */
export async function branchSince(
  client: Client,
  commit: string,
  branch: string,
): Promise<BranchSince | null> {
  const path = "/repos/{owner}/{repo}/compare/{basehead}";
  const values = { basehead: `${commit}...${branch}`, per_page: 1 };
  try {
    const since = await client.read({ path, values, permission: "contents: read" }, decodeSince);
    return since === "nothing" ? null : since;
  } catch (error) {
    // After a force push the commit may be gone, and with it any way to name what differs.
    if (error instanceof GitHubError && error.reason === "not-found")
      return { hasCommit: false, files: null };
    throw error;
  }
}

function decodeSince(value: unknown): BranchSince | "nothing" | null {
  const { status, files } = fieldsOf(value);
  if (status === "identical") return "nothing";
  // Files are those since the common ancestor: on a branch that went another way they do not tell all that differs.
  if (status !== "ahead") return typeof status === "string" ? { hasCommit: false, files: null } : null;
  return { hasCommit: true, files: namesOf(files) };
}

function namesOf(files: unknown): ReadonlySet<string> | null {
  if (!Array.isArray(files) || files.length >= MOST_FILES) return null;
  const names = files.flatMap((file: unknown) => {
    const { filename, previous_filename: previous } = fieldsOf(file);
    return [filename, previous].filter((name) => typeof name === "string");
  });
  return new Set(names);
}
