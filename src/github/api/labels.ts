import { GitHubError, unlessGone } from "../run/github-error.ts";
import type { Client } from "./client.ts";
import { isDenied } from "./identity.ts";

const LABELS = "/repos/{owner}/{repo}/issues/{issue_number}/labels";

/**
 * Adds labels to an issue or a pull request. GitHub makes those that the repository does not have, if the token may; where
 * it may not, those that are there are added all the same.
 *
 * @throws GitHubError of the last label that could not be added.
 */
export async function addLabels(client: Client, number: number, labels: readonly string[]): Promise<void> {
  try {
    await add(client, number, labels);
  } catch (error) {
    if (labels.length < 2 || !(error instanceof GitHubError) || !isDenied(error)) throw error;
    await addEach(client, number, labels);
  }
}

async function addEach(client: Client, number: number, labels: readonly string[]): Promise<void> {
  const failures: GitHubError[] = [];
  for (const label of labels) {
    try {
      await add(client, number, [label]);
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      failures.push(error);
    }
  }
  const last = failures.at(-1);
  if (last !== undefined) throw last;
}

/** To add what is there already changes nothing, so this may be repeated: it is no creation to be made once only. */
async function add(client: Client, number: number, labels: readonly string[]): Promise<void> {
  const values = { issue_number: number, labels };
  await client.create({ path: LABELS, values, permission: "pull-requests: write" }, asList);
}

/** Takes a label off an issue or a pull request; nothing happens where somebody has done so already. */
export async function removeLabel(client: Client, number: number, label: string): Promise<void> {
  const values = { issue_number: number, name: label };
  await unlessGone(client.remove({ path: `${LABELS}/{name}`, values, permission: "pull-requests: write" }));
}

function asList(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}
