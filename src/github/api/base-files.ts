import { UsageError } from "../../domain/errors.ts";
import { isSha } from "../run/event-payload.ts";
import { GitHubError } from "../run/github-error.ts";
import type { Client } from "./client.ts";
import type { Checkout } from "./git-file.ts";

/**
 * Text of a file as it is in a commit: from the checkout when it has the commit, else from GitHub. Null when the commit
 * has no such file. Meant for the base of a pull request, whose files may decide what those of its head may not.
 *
 * @param checkout null to ask GitHub only.
 * @param path from the root of the repository, with slashes.
 * @param commit full SHA.
 * @throws UsageError for a path outside of the repository; GitHubError.
 */
export async function readBaseFile(
  client: Client,
  checkout: Checkout | null,
  path: string,
  commit: string,
): Promise<string | null> {
  checkCommit(commit);
  checkPath(path);
  const local = checkout === null ? ({ kind: "unknown" } as const) : await checkout.read(path, commit);
  switch (local.kind) {
    case "file":
      return local.text;
    case "missing":
      return null;
    case "unknown":
      return readFromGitHub(client, path, commit);
  }
}

/**
 * Text of a file as it is on a branch by now, asked of GitHub. Null when the branch has no such file.
 *
 * @param path from the root of the repository, with slashes.
 * @throws UsageError for a path outside of the repository; GitHubError, also when there is no such branch.
 */
export async function readBranchFile(client: Client, path: string, branch: string): Promise<string | null> {
  checkPath(path);
  return readFromGitHub(client, path, `refs/heads/${branch}`);
}

async function readFromGitHub(client: Client, path: string, ref: string): Promise<string | null> {
  // The path goes into the URL a segment at a time: as one value its slashes would be escaped.
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  try {
    return await client.readText({
      path: `/repos/{owner}/{repo}/contents/${encoded}`,
      values: { ref },
      permission: "contents: read",
    });
  } catch (error) {
    if (!(error instanceof GitHubError) || error.reason !== "not-found") throw error;
    // Only a missing file is no file; without the commit nobody knows.
    if (/No commit found/i.test(error.message)) throw error;
    return null;
  }
}

function checkCommit(commit: string): void {
  if (!isSha(commit)) throw new Error("A commit is not a full SHA.");
}

function checkPath(path: string): void {
  const segments = path.split("/");
  const isOdd = segments.some((segment) => segment === "" || segment === "." || segment === "..");
  if (isOdd || path.startsWith("-") || /[\0\\]/.test(path)) {
    throw new UsageError(
      `The path "${path}" is not one inside of the repository.`,
      "Give it relative to the root of the repository, with slashes and without `..`.",
    );
  }
}
