import { GitHubError, unlessGone } from "../run/github-error.ts";
import type { MergedPullRequest } from "../run/model.ts";
import type { Client } from "./client.ts";
import { isDenied } from "./identity.ts";
import { decodePullRequest, fieldsOf, type WirePullRequest } from "./wire.ts";

/** The commits of a push. `before` is null for a branch that is new. */
export type PushedRange = {
  readonly before: string | null;
  readonly after: string;
  readonly branch: string;
};

/** A longer push is not looked through: what it missed is found by its comment, see `plannedEarlier`. */
const MOST_COMMITS = 250;
const PAGE_SIZE = 100;

/** The pull requests that a push brought into its branch, each once, the newest merge first. */
export async function mergedPullRequests(
  client: Client,
  range: PushedRange,
): Promise<readonly MergedPullRequest[]> {
  const commits = await pushedCommits(client, range);
  // The client has at most five reads under way.
  const found = await Promise.all(commits.map((sha) => pullRequestsOf(client, sha)));
  const merged = new Map<number, MergedPullRequest>();
  // The newest commit first: of pull requests that a queue merged in the same second, the last one merged stays first.
  for (const pull of found.reverse().flat()) {
    const mergedPull = mergedInto(pull, client, range.branch);
    if (mergedPull !== null) merged.set(pull.number, mergedPull);
  }
  return [...merged.values()].sort(byNewestMerge);
}

/** Reads one pull request. */
export async function readPullRequest(client: Client, number: number): Promise<WirePullRequest> {
  const path = "/repos/{owner}/{repo}/pulls/{pull_number}";
  const ask = { path, values: { pull_number: number }, permission: "pull-requests: read" } as const;
  return client.read(ask, decodePullRequest);
}

/** A pull request as a merged one; null when it is not merged into this branch of this repository. */
export function mergedInto(
  pull: WirePullRequest,
  { repository: { owner, repo } }: Pick<Client, "repository">,
  branch: string,
): MergedPullRequest | null {
  const { number, url, mergedAt, headSha, baseRef, baseRepository } = pull;
  // A commit may also belong to pull requests of a fork, or of the repository this one is a fork of.
  const isHere = baseRepository?.toLowerCase() === `${owner}/${repo}`.toLowerCase();
  return mergedAt !== null && isHere && baseRef === branch ? { number, url, mergedAt, headSha } : null;
}

/** For a sort by time of the merge that leaves those of the same second as they are. */
export function byNewestMerge(a: MergedPullRequest, b: MergedPullRequest): number {
  return Date.parse(b.mergedAt) - Date.parse(a.mergedAt);
}

/** To sort by time of the merge, the newest first; those of the same second by number. */
export function newestFirst(a: MergedPullRequest, b: MergedPullRequest): number {
  return byNewestMerge(a, b) || b.number - a.number;
}

/**
 * Whether the branch at `head` has this commit in its history: a run of an older push must not answer for a pull
 * request that was merged after it.
 */
export async function isWithin(client: Client, commit: string, head: string): Promise<boolean> {
  const path = "/repos/{owner}/{repo}/compare/{basehead}";
  const values = { basehead: `${commit}...${head}`, per_page: 1 };
  const asked = client.read({ path, values, permission: "contents: read" }, (value) => {
    const said = fieldsOf(value).status;
    return typeof said === "string" ? said : null;
  });
  // After a force push a commit may be gone.
  const status = await unlessGone(asked);
  return status === "ahead" || status === "identical";
}

/** The newest commits of a push, at most 250; only the last one where there is nothing to compare it with. */
async function pushedCommits(client: Client, { before, after }: PushedRange): Promise<readonly string[]> {
  if (before === null || /^0+$/.test(before)) return [after];
  const page = (number: number): Promise<Commits> => {
    const path = "/repos/{owner}/{repo}/compare/{basehead}";
    const values = { basehead: `${before}...${after}`, per_page: PAGE_SIZE, page: number };
    return client.read({ path, values, permission: "contents: read" }, decodeCommits);
  };
  // After a force push the commit before it may be gone.
  const first = await unlessGone(page(1));
  if (first === null) return [after];
  // The oldest commits come first, so the newest are on the last pages.
  const last = Math.ceil(first.total / PAGE_SIZE);
  const from = Math.max(2, Math.floor((first.total - MOST_COMMITS) / PAGE_SIZE) + 1);
  const numbers = Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => from + index);
  const rest = await Promise.all(numbers.map(page));
  const commits = [first, ...rest].flatMap(({ shas }) => shas);
  return [...new Set([...commits, after])].slice(-MOST_COMMITS);
}

type Commits = { readonly total: number; readonly shas: readonly string[] };

function decodeCommits(value: unknown): Commits | null {
  const { total_commits: total, commits } = fieldsOf(value);
  if (typeof total !== "number" || !Array.isArray(commits)) return null;
  const shas = commits.map((commit: unknown) => fieldsOf(commit).sha);
  return shas.every((sha) => typeof sha === "string") ? { total, shas } : null;
}

async function pullRequestsOf(client: Client, sha: string): Promise<readonly WirePullRequest[]> {
  const path = "/repos/{owner}/{repo}/commits/{commit_sha}/pulls";
  const ask = { path, values: { commit_sha: sha }, permission: "pull-requests: read" } as const;
  const pulls: WirePullRequest[] = [];
  for await (const page of client.readPages(ask, decodePullRequest)) pulls.push(...page);
  return pulls;
}

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
