import type { Author } from "../review/login.ts";
import type { MergedPullRequest } from "../run/model.ts";

/** A comment on an issue or a pull request, as the REST API shows it. */
export type WireComment = {
  readonly id: number;
  readonly nodeId: string;
  readonly url: string;
  readonly body: string;
  /** Null for a deleted account. */
  readonly author: Author | null;
  /** The issue or pull request it is on. */
  readonly issueNumber: number;
  /** Whether nobody ever edited it: GitHub shows no later time than that of its creation. */
  readonly isUnedited: boolean;
};

/** An issue, or a pull request in the list of issues. */
export type WireIssue = {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
  readonly isPullRequest: boolean;
  readonly author: Author | null;
};

/** A pull request, merged or not. */
export type WirePullRequest = Omit<MergedPullRequest, "mergedAt"> & {
  readonly mergedAt: string | null;
  readonly baseRef: string;
  /** `owner/name`; null when the repository is gone. */
  readonly baseRepository: string | null;
  readonly mergeCommit: string | null;
  readonly isOpen: boolean;
  readonly labels: readonly string[];
};

/** Reads a comment; null when it is not what GitHub documents. */
export function decodeComment(value: unknown): WireComment | null {
  const { id, node_id, html_url, body, user, issue_url, created_at, updated_at } = fieldsOf(value);
  const issueNumber = Number(/\/(\d+)$/.exec(String(issue_url))?.[1]);
  if (!isId(id) || !isId(issueNumber)) return null;
  if (!isText(node_id) || !isText(html_url) || !isText(created_at)) return null;
  const text = body ?? "";
  if (!isText(text)) return null;
  const author = decodeAuthor(user);
  const isUnedited = updated_at === created_at;
  return { id, nodeId: node_id, url: html_url, body: text, author, issueNumber, isUnedited };
}

/** Reads an issue; null when it is not what GitHub documents. */
export function decodeIssue(value: unknown): WireIssue | null {
  const { number, html_url, title, body, state, user, pull_request } = fieldsOf(value);
  // GitHub shows an empty body as null.
  const text = body ?? "";
  if (!isId(number) || !isText(html_url) || !isText(title) || !isText(text) || !isText(state)) return null;
  return {
    number,
    url: html_url,
    title,
    body: text,
    isOpen: state === "open",
    isPullRequest: pull_request !== undefined && pull_request !== null,
    author: decodeAuthor(user),
  };
}

/** Reads a pull request; null when it is not what GitHub documents. */
export function decodePullRequest(value: unknown): WirePullRequest | null {
  const { number, html_url, state, merged_at, merge_commit_sha, base, head, labels } = fieldsOf(value);
  const { ref, repo } = fieldsOf(base);
  const { full_name } = fieldsOf(repo);
  if (!isId(number) || !isText(html_url) || !isText(state) || !isText(ref)) return null;
  return {
    number,
    url: html_url,
    mergedAt: textOrNull(merged_at),
    baseRef: ref,
    baseRepository: textOrNull(full_name),
    mergeCommit: textOrNull(merge_commit_sha),
    headSha: textOrNull(fieldsOf(head).sha),
    isOpen: state === "open",
    labels: namesOfLabels(labels),
  };
}

function namesOfLabels(labels: unknown): readonly string[] {
  return Array.isArray(labels) ? labels.map((label) => fieldsOf(label).name).filter(isText) : [];
}

/** Reads a name of somebody: the REST API says `type`, GraphQL `__typename`. Null for a deleted account. */
export function decodeAuthor(value: unknown): Author | null {
  const { login, type, __typename } = fieldsOf(value);
  return isText(login) ? { login, isBot: (type ?? __typename) === "Bot" } : null;
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function textOrNull(value: unknown): string | null {
  return isText(value) && value !== "" ? value : null;
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
