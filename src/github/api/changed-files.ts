import { GitHubError } from "../run/github-error.ts";
import type { Client } from "./client.ts";
import { isDenied } from "./identity.ts";
import { fieldsOf } from "./wire.ts";

/**
 * Paths of the files that a pull request changes, from the root of the repository; null when the token may not read
 * them. GitHub lists at most 3,000.
 */
export async function changedFiles(client: Client, pullNumber: number): Promise<ReadonlySet<string> | null> {
  const path = "/repos/{owner}/{repo}/pulls/{pull_number}/files";
  const ask = { path, values: { pull_number: pullNumber }, permission: "pull-requests: read" } as const;
  const files = new Set<string>();
  try {
    for await (const page of client.readPages(ask, fileName)) for (const name of page) files.add(name);
    return files;
  } catch (error) {
    if (error instanceof GitHubError && isDenied(error)) return null;
    throw error;
  }
}

function fileName(value: unknown): string | null {
  const { filename } = fieldsOf(value);
  return typeof filename === "string" ? filename : null;
}
