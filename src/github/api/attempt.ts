import { toFailure, tookTooLong } from "../../http/failure.ts";
import { parseHttpDate } from "../../patience/retry-after.ts";
import { quote } from "../../text/quote.ts";
import {
  type AskedGitHub,
  failedWith,
  GitHubError,
  limitedFor,
  notUnderstood,
  refusedBy,
} from "../run/github-error.ts";

/**
 * How an attempt failed, as far as a repeat depends on it. `limited`: refused for rate, so nothing was done.
 * `uncertain`: it may have been done. `settled`: GitHub said no.
 */
export type AttemptFailure =
  | { readonly kind: "limited"; readonly waitMs: number; readonly error: GitHubError }
  | { readonly kind: "uncertain" | "settled"; readonly error: GitHubError };

/** An answer of 200 to 299. Header names are in lower case. */
export type GoodAnswer = {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
};

/** An answer that is not a success. Header names are in lower case; `said` is GitHub's message, redacted. */
export type BadAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly said: string;
};

/** When a refusal for rate does not say how long. Source: "Best practices for using the REST API", GitHub docs. */
const UNSAID_WAIT_MS = 60_000;

/** Sorts an answer of 400 and above. @param now wall clock, for an answer without a `Date`. */
export function sortAnswer(answer: BadAnswer, asked: AskedGitHub, now: number): AttemptFailure {
  if (isRateRefusal(answer)) {
    const waitMs = waitOf(answer, now);
    return { kind: "limited", waitMs, error: limitedFor(waitMs, answer.status, asked) };
  }
  if (answer.status >= 500) return { kind: "uncertain", error: failedWith(answer.status, asked) };
  const said = answer.said === "" ? "" : quote(answer.said);
  return { kind: "settled", error: refusedBy(answer.status, said, asked) };
}

/** Whether a success is none: its JSON was cut off, or GraphQL says in it that it refuses for rate. */
export function sortSuccess(
  answer: GoodAnswer,
  asked: AskedGitHub,
  now: number,
): GoodAnswer | AttemptFailure {
  const { status, headers, data } = answer;
  // Octokit hands over JSON that it cannot parse as text.
  if (typeof data !== "object" || data === null) {
    return { kind: "uncertain", error: notUnderstood(status, asked) };
  }
  const errors: readonly unknown[] = "errors" in data && Array.isArray(data.errors) ? data.errors : [];
  const isLimited = errors.some((entry) => (entry as { type?: unknown } | null)?.type === "RATE_LIMITED");
  return isLimited ? sortAnswer({ status: 429, headers, said: "" }, asked, now) : answer;
}

/** How long one request and its whole answer may take, milliseconds. */
export const CALL_MS = 30_000;

/**
 * Sorts a request that got no answer at all. The cause is dropped: it may carry the request, and so the token.
 *
 * @throws the cause where it is a mistake of ours.
 */
export function sortSilence(cause: Error, asked: AskedGitHub): AttemptFailure {
  const failure =
    cause.name === "TimeoutError" ? tookTooLong(asked, CALL_MS, "unknown") : toFailure(cause, asked, "fresh");
  // What fetch itself minds, such as redirects without end, is a plain error.
  if (failure === null && cause.name !== "Error") throw cause;
  const message =
    failure?.error.message ?? `${asked.label}: no answer from ${asked.origin}: ${cause.message}.`;
  const error = new GitHubError(message, {
    reason: "uncertain",
    status: null,
    request: asked.label,
  });
  return { kind: "uncertain", error };
}

/** GitHub refuses for rate with 403 as well as with 429; the primary limit shows in the headers only. */
function isRateRefusal({ status, headers, said }: BadAnswer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers["retry-after"] !== undefined ||
    headers["x-ratelimit-remaining"] === "0" ||
    /\b(?:secondary rate limit|abuse detection)\b/i.test(said)
  );
}

function waitOf({ headers }: BadAnswer, now: number): number {
  const after = secondsOf(headers["retry-after"]);
  if (after !== null) return after * 1_000;
  const reset = headers["x-ratelimit-remaining"] === "0" ? secondsOf(headers["x-ratelimit-reset"]) : null;
  if (reset === null) return UNSAID_WAIT_MS;
  const serverTime = typeof headers.date === "string" ? parseHttpDate(headers.date) : null;
  // A second more, since both clocks are cut to whole seconds.
  return Math.max(0, reset * 1_000 - (serverTime ?? now)) + 1_000;
}

function secondsOf(value: unknown): number | null {
  return typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : null;
}
