import { Octokit, RequestError } from "octokit";
import type { Clock } from "../../domain/ports.ts";
import { USER_AGENT } from "../../domain/tool.ts";
import { createSecrets } from "../../http/secrets.ts";
import { quoteReason } from "../../text/quote.ts";
import { type AskedGitHub, notAsked, refusedOnTheWay } from "../run/github-error.ts";
import {
  type AttemptFailure,
  CALL_MS,
  type GoodAnswer,
  sortAnswer,
  sortSilence,
  sortSuccess,
} from "./attempt.ts";

/** One request. `url` is a template below the API's address, or a whole address. */
export type GitHubRequest = {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly url: string;
  /** Fills the template; what is left over is the query of a GET, else the JSON body. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What to expect: `text` is a file as it is, whatever its content type. */
  readonly body: "json" | "text";
};

/** One attempt and nothing more: no repeats, no console. */
export type GitHubExchange = {
  attempt(request: GitHubRequest, asked: AskedGitHub): Promise<GoodAnswer | AttemptFailure>;
  /** Method and path of a request, for messages. */
  label(request: GitHubRequest): string;
};

const nothing = (): void => {};
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Octokit with its own repeats, pacing and console turned off: its plugins repeat a 429 twice over and a creation
 * blindly, keep their state in the module and know no clock but the real one. See `repeat.ts` for ours.
 */
export function createExchange(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): GitHubExchange {
  const octokit = new Octokit({
    auth: options.token,
    baseUrl: options.apiUrl,
    userAgent: USER_AGENT,
    log: SILENT,
    request: { log: SILENT },
    retry: { enabled: false },
    throttle: { enabled: false },
  });
  const { redact } = createSecrets([options.token]);
  const send = ({ method, url, values, body }: GitHubRequest) =>
    octokit.request({
      method,
      url,
      ...values,
      ...(body === "text" ? AS_IT_IS : {}),
      request: {
        signal: AbortSignal.any([AbortSignal.timeout(CALL_MS), options.signal]),
        log: SILENT,
        parseSuccessResponseBody: body === "json",
      },
    });
  return {
    async attempt(request, asked) {
      const now = options.clock.now();
      try {
        const { status, headers, data } = await send(request);
        const answer: GoodAnswer = { kind: "answer", status, headers, data };
        return request.body === "text" ? await withText(answer, asked) : sortSuccess(answer, asked, now);
      } catch (error) {
        if (options.signal.aborted) return { kind: "settled", error: notAsked(asked) };
        return sortError(error, asked, redact, now);
      }
    },
    label({ method, url, values }) {
      const whole = octokit.request.endpoint({ method, url, ...values }).url;
      return `${method} ${new URL(whole).pathname}`;
    },
  };
}

const AS_IT_IS = { headers: { accept: "application/vnd.github.raw+json" } };

/** Octokit takes a body that broke off for an empty one when it reads text itself. */
async function withText(answer: GoodAnswer, asked: AskedGitHub): Promise<GoodAnswer | AttemptFailure> {
  if (!(answer.data instanceof ReadableStream)) return { ...answer, data: "" };
  try {
    return { ...answer, data: await new Response(answer.data).text() };
  } catch (error) {
    return sortSilence(rootOf(error), asked);
  }
}

function sortError(
  error: unknown,
  asked: AskedGitHub,
  redact: (text: string) => string,
  now: number,
): AttemptFailure {
  if (!(error instanceof RequestError)) throw error;
  if (error.response === undefined) return sortSilence(rootOf(error.cause), asked);
  const { status, headers, data } = error.response;
  const failure = sortAnswer({ status, headers, said: redact(messageOf(data)) }, asked, now);
  const page = typeof data === "string" ? quoteReason(redact(data)) : null;
  if (failure.kind !== "settled" || page === null) return failure;
  return { kind: "settled", error: refusedOnTheWay(status, page, asked) };
}

/** `fetch` wraps what the system reported. */
function rootOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("An unknown failure.");
  return error.cause instanceof Error ? error.cause : error;
}

/** What GitHub says in its error body, with the first few field errors of a 422. */
function messageOf(data: unknown): string {
  if (typeof data !== "object" || data === null || !("message" in data)) return "";
  const errors = "errors" in data && Array.isArray(data.errors) ? data.errors.slice(0, 3) : [];
  const details = errors.map((entry: unknown) =>
    typeof entry === "object" && entry !== null && "message" in entry ? String(entry.message) : "",
  );
  return [String(data.message), ...details.filter((text) => text !== "")].join(": ");
}
