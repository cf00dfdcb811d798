import { countText } from "../../text/figures.ts";

/**
 * Why a request to GitHub came to nothing. `uncertain`: no answer, a broken one or a 5xx, so it may have been done all
 * the same. `interrupted`: the run was told to end. `rate-limit`: GitHub wants us to come back later than we wait. `refused`: every other 4xx.
 */
export type GitHubReason =
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "rate-limit"
  | "refused"
  | "uncertain"
  | "interrupted";

/** A permission of the job's token, as a workflow file spells it. */
export type Permission =
  | "contents: read"
  | "contents: write"
  | "issues: read"
  | "issues: write"
  | "pull-requests: read"
  | "pull-requests: write";

/** GitHub did not do what was asked. The message says what, why and how to mend it, and never holds the token. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  readonly reason: GitHubReason;
  /** Null when no answer came. */
  readonly status: number | null;
  /** Method and path, such as `GET /repos/o/r/issues`. */
  readonly request: string;
  constructor(
    message: string,
    facts: { readonly reason: GitHubReason; readonly status: number | null; readonly request: string },
  ) {
    super(message);
    this.reason = facts.reason;
    this.status = facts.status;
    this.request = facts.request;
  }
}

/** An answer of GitHub; null where what it is about does not exist, or not any more. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitHubError && error.reason === "not-found") return null;
    throw error;
  }
}

/** What was asked, for messages: `label` is method and path, `origin` the server. */
export type AskedGitHub = {
  readonly label: string;
  readonly origin: string;
  /** What the token needs for it; null when nothing in particular. */
  readonly permission: Permission | null;
};

/** What is not sent, or not waited for, since the run was told to end. */
export function notAsked({ label }: AskedGitHub): GitHubError {
  const message = `${label}: GitHub was not waited for any longer, since the run was interrupted.`;
  return new GitHubError(message, { reason: "interrupted", status: null, request: label });
}

/** An answer that says no, in a sentence. `said` is GitHub's own message, already fit to print. */
export function refusedBy(status: number, said: string, asked: AskedGitHub): GitHubError {
  const facts = { status, request: asked.label };
  const start = `${asked.label}: GitHub answered ${status}${said === "" ? "" : ` (${said})`}.`;
  const closed = status === 403 || status === 422 ? setAgainst(said) : null;
  if (closed !== null) return new GitHubError(`${closed} ${start}`, { ...facts, reason: "forbidden" });
  switch (status) {
    case 401:
      return new GitHubError(
        `${start} The token is not valid or has expired: check the input github-token.`,
        {
          ...facts,
          reason: "unauthorized",
        },
      );
    case 403:
      return new GitHubError(`${start} The token may not do this.${needs(asked)}`, {
        ...facts,
        reason: "forbidden",
      });
    case 404:
      return new GitHubError(`${start} It does not exist, or the token may not see it.${needs(asked)}`, {
        ...facts,
        reason: "not-found",
      });
    case 410:
      return new GitHubError(`${start} It is gone, or issues are turned off in the repository's settings.`, {
        ...facts,
        reason: "refused",
      });
    default:
      return new GitHubError(start, { ...facts, reason: "refused" });
  }
}

/** Why no permission would help; null for another refusal. */
function setAgainst(said: string): string | null {
  if (/\bis locked\b/i.test(said)) return "The conversation is locked: unlock it and run the job again.";
  if (/not permitted to create or approve pull requests/i.test(said)) {
    return "Allow GitHub Actions to create pull requests, in the repository's settings under Actions, General.";
  }
  const most = /more than ([\d,]*\d) comments/i.exec(said)?.[1];
  if (most === undefined) return null;
  return `The conversation has ${countText(Number(most.replaceAll(",", "")))} comments, and GitHub takes no more.`;
}

/** An answer that says no and is not JSON, as GitHub's own are. `said` is how it begins, already fit to print. */
export function refusedOnTheWay(status: number, said: string, asked: AskedGitHub): GitHubError {
  return new GitHubError(
    `${asked.label}: something on the way to ${asked.origin} answered ${status} (${said}), since GitHub answers in JSON. Check the firewall and the proxy.`,
    { reason: "refused", status, request: asked.label },
  );
}

/** A 5xx: nobody can say whether it was done. */
export function failedWith(status: number, asked: AskedGitHub): GitHubError {
  return new GitHubError(
    `${asked.label}: GitHub answered ${status}. This is trouble on ${asked.origin}; run the job again later.`,
    { reason: "uncertain", status, request: asked.label },
  );
}

/** An answer that is not what GitHub documents, such as one that was cut off. */
export function notUnderstood(status: number | null, asked: AskedGitHub): GitHubError {
  return new GitHubError(
    `${asked.label}: the answer of ${asked.origin} was cut off or is not what GitHub documents. Run the job again; check GITHUB_API_URL and the proxy when it stays so.`,
    { reason: "uncertain", status, request: asked.label },
  );
}

/** @param waitMs how long GitHub wants us to wait, milliseconds. */
export function limitedFor(waitMs: number, status: number, asked: AskedGitHub): GitHubError {
  const wait = `${Math.ceil(waitMs / 1_000)} s`;
  return new GitHubError(
    `${asked.label}: GitHub refuses more requests with this token for another ${wait} (${status}, rate limit). Run the job again after that; a token of its own (input github-token) has a limit of its own.`,
    { reason: "rate-limit", status, request: asked.label },
  );
}

function needs({ permission }: AskedGitHub): string {
  return permission === null ? "" : ` It needs "${permission}": add that under permissions of the job.`;
}
