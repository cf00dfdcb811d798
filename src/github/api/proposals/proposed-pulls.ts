import { isOurs } from "../../review/login.ts";
import type { Client } from "../client.ts";
import type { CommentScope } from "../comments/comments.ts";
import { decodeAuthor, fieldsOf } from "../wire.ts";

/** A pull request from a branch of our own. */
export type ProposedPull = {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  /** Whether we have opened it. */
  readonly isOwn: boolean;
};

/** A pull request to be opened, from the branch `head`. */
export type NewPull = Pick<ProposedPull, "title" | "body"> & { readonly head: string; readonly base: string };

/** What may be changed of it; what is left out stays. */
export type PullChange = {
  readonly title?: string;
  readonly body?: string;
  readonly state?: "closed";
};

const PULLS = "/repos/{owner}/{repo}/pulls";
const WRITE = { permission: "pull-requests: write" } as const;

/** The pull requests from a branch of this repository into another, the newest first; of many the newest hundred. */
export async function pullsFrom(
  scope: CommentScope,
  branch: string,
  base: string,
): Promise<readonly ProposedPull[]> {
  const { client } = scope;
  const login = await scope.login();
  const head = `${client.repository.owner}:${branch}`;
  const values = { state: "all", head, base, sort: "created", direction: "desc" };
  const pages = client.readPages({ path: PULLS, values, permission: "pull-requests: read" }, (value) =>
    decodePull(value, login),
  );
  for await (const page of pages) return page;
  return [];
}

/** Opens a pull request from a branch of this repository. */
export async function openPull(scope: CommentScope, pull: NewPull): Promise<ProposedPull> {
  const login = await scope.login();
  return scope.client.create({ path: PULLS, values: pull, ...WRITE }, (value) => decodePull(value, login));
}

/** Changes title, body or state of a pull request. */
export async function changePull(client: Client, number: number, change: PullChange): Promise<void> {
  const values = { pull_number: number, ...change };
  await client.change({ path: `${PULLS}/{pull_number}`, values, ...WRITE }, (value) => decodePull(value, ""));
}

function decodePull(value: unknown, login: string): ProposedPull | null {
  const { number, html_url: url, title, body, state, merged_at: mergedAt, user } = fieldsOf(value);
  if (typeof number !== "number" || typeof url !== "string" || typeof title !== "string") return null;
  const isMerged = mergedAt !== null && mergedAt !== undefined;
  const text = typeof body === "string" ? body : "";
  return {
    number,
    url,
    title,
    body: text,
    isOpen: state === "open",
    isMerged,
    isOwn: isOurs(decodeAuthor(user), login),
  };
}
