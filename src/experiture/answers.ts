import { isMissingScope } from "../domain/api-codes.ts";
import { AccessError, ApiError, ApiResponseError } from "../domain/errors.ts";
import type { HttpAnswer, HttpResult } from "../http/http.ts";
import type { Attempt } from "../patience/retry.ts";
import { parseHttpDate, parseRetryAfter } from "../patience/retry-after.ts";
import { printable, quote, quoteReason } from "../text/quote.ts";
import type { Call } from "./call.ts";
import { type AnswerFacts, decodeRefusal } from "./wire/wire.ts";

/** What a message names of a call. */
type Named = { readonly method: string; readonly path: string };

/** A decoded answer to a call that was accepted. */
export type Accepted = AnswerFacts & { readonly body: unknown };

/** Method and path, which begins every message about a call. */
export function labelOf(call: Named): string {
  return `${call.method} ${call.path}`;
}

/** Correlation id and time of an answer. The id is in the header, else in the body (API sheet, 2). */
export function answerFactsOf(answer: HttpAnswer): AnswerFacts {
  return factsWith(answer, () => jsonOf(answer.body));
}

function factsWith(answer: HttpAnswer, body: () => unknown): AnswerFacts {
  const id = answer.headers["x-correlation-id"] ?? decodeRefusal(body()).correlationId;
  return {
    status: answer.status,
    correlationId: printableOrNull(id),
    serverTime: parseHttpDate(answer.headers.date ?? null),
  };
}

/**
 * The body of an accepted call: status 200 with JSON. Every other status is an error, redirects included.
 *
 * @throws ApiError for 4xx and 5xx; ApiResponseError for whatever is not documented.
 */
export function acceptedBody(answer: HttpAnswer, call: Named): Accepted {
  if (answer.status >= 400) throw refusalOf(answer, call);
  if (answer.status !== 200) throw unexpectedStatus(answer, labelOf(call), "the API URL");
  const body = jsonOf(answer.body);
  if (body === undefined) throw notJson(answer, labelOf(call));
  return { ...factsWith(answer, () => body), body };
}

/** The error for an answer of 400 and above. */
export function refusalOf(answer: HttpAnswer, call: Named): ApiError {
  const { code, words } = refusalWords(answer);
  const { correlationId, serverTime } = answerFactsOf(answer);
  return new ApiError(`${labelOf(call)} was refused: ${words}.`, {
    ...call,
    status: answer.status,
    code,
    correlationId,
    retryAfterMs: parseRetryAfter(answer.headers["retry-after"] ?? null, serverTime ?? Number.NaN),
  });
}

/**
 * The error for a 401 or 403: what is wrong with the credentials and how to mend it. The status decides; which code
 * the campaigns endpoints give with a 401 is not documented (API sheet, 3).
 *
 * @param kind which credentials the run uses.
 */
export function accessErrorOf(
  answer: HttpAnswer,
  call: Named & Pick<Call, "scope">,
  kind: "token" | "client",
): AccessError {
  const refusal = refusalOf(answer, call);
  const advice =
    answer.status === 403 ? forbiddenAdvice(call, refusal.code) : TOKEN_ADVICE[kind] + inBetween(refusal);
  return new AccessError(`${refusal.message} ${advice}`, refusal);
}

const TOKEN_ADVICE = {
  token:
    "The token is missing, expired or revoked. Put a fresh one into EXPERITURE_TOKEN; or set EXPERITURE_CLIENT_ID, EXPERITURE_CLIENT_SECRET and EXPERITURE_TOKEN_URL instead, and tokens are renewed by themselves.",
  client:
    "A token just got from EXPERITURE_TOKEN_URL was refused: it is expired or revoked, or meant for another API. Check that EXPERITURE_TOKEN_URL, EXPERITURE_CLIENT_ID and the API URL belong together.",
} as const;

/** Anything may stand before the API and say 403; that a scope is missing is known only from the API's own code. */
function forbiddenAdvice({ scope }: Pick<Call, "scope">, code: string): string {
  const need = NEEDS[scope];
  const portal = "the portal (My Organization, API Access)";
  return isMissingScope(code)
    ? `${need} needs the scope ${scope}: give it to the OAuth client in ${portal}.`
    : `Nothing in it says that a scope is missing. Likely causes: a firewall or proxy in between, an IP address that is not let in, or an OAuth client without the scope ${scope}; ${portal} shows its scopes.`;
}

const NEEDS: Readonly<Record<Call["scope"], string>> = {
  "campaigns:read": "Reading campaigns",
  "campaigns:update": "Replacing audiences",
  "cdp:audiences:preview": "Counting an audience",
};

/** A body that is no envelope says by how it begins who refused: a firewall's page, say. */
function refusalWords(answer: HttpAnswer): { readonly code: string; readonly words: string } {
  const { code: given, message } = decodeRefusal(jsonOf(answer.body));
  const code = printableOrNull(given);
  const said = quoteReason(message ?? (code === null ? (answer.body ?? "") : ""));
  const words = `${answer.status}${code === null ? "" : ` ${code}`}${said === null ? "" : `, ${said}`}`;
  return { code: code ?? `http-${answer.status}`, words };
}

/** What to add to advice on credentials where the answer may not be that of who should know them. Begins with a blank. */
export function inBetween({ code }: ApiError): string {
  return code.startsWith("http-")
    ? " The answer has no error code, so it may also be of a firewall or proxy in between."
    : "";
}

/** Null also when there is nothing but blanks. */
function printableOrNull(text: string | null): string | null {
  const shown = printable(text ?? "");
  return shown === "" ? null : shown;
}

/**
 * The error for a refusal for rate that was not, or no longer, waited for: it says when to come back.
 *
 * @param stop why it was given up, what the API asks to wait, and the wall clock now.
 */
export function throttledError(
  answer: HttpAnswer,
  call: Named,
  stop: { readonly why: "too-long" | "deadline"; readonly waitMs: number; readonly now: number },
): ApiError {
  const refusal = refusalOf(answer, call);
  const advice =
    stop.why === "too-long"
      ? `The API asks to wait ${Math.ceil(stop.waitMs / 1_000)} s, which is not slept. Come back ${comeBack(stop)}.`
      : "The API kept refusing for rate until the time for this call was over. Come back later, or lower --parallelism.";
  return new ApiError(`${refusal.message} ${advice}`, refusal);
}

function comeBack({ now, waitMs }: { readonly now: number; readonly waitMs: number }): string {
  const time = new Date(now + waitMs);
  return Number.isNaN(time.getTime()) ? "much later" : `after ${time.toISOString()}`;
}

/**
 * The error for a status that is neither 200 nor a refusal. A redirect is not followed; where it points is told.
 *
 * @param setting what holds the URL that was asked.
 */
export function unexpectedStatus(answer: HttpAnswer, label: string, setting: string): ApiResponseError {
  const { location } = answer.headers;
  const redirect =
    answer.status >= 300 && answer.status < 400 && location !== undefined
      ? ` It points to ${quote(location)}; redirects are not followed, since credentials would go along. Check ${setting}.`
      : "";
  return new ApiResponseError(`${label}: unexpected status ${answer.status} in place of 200.${redirect}`, {
    ...answerFactsOf(answer),
    pointer: "",
  });
}

/** The error for a 200 that is no JSON, such as a login page: names the content type and how it begins. */
function notJson(answer: HttpAnswer, label: string): ApiResponseError {
  const type = answer.headers["content-type"];
  const kind = type === undefined ? "no content type" : `content type ${quote(type)}`;
  const start = answer.body === null ? "it is not UTF-8" : `it begins ${quote(answer.body)}`;
  const message = `${label}: the answer is not JSON (${kind}); ${start}. Is the API URL right, and no login page or proxy in between?`;
  return new ApiResponseError(message, { ...answerFactsOf(answer), pointer: "" });
}

/** The parsed body; `undefined` when it is no JSON. */
export function jsonOf(body: string | null): unknown {
  if (body === null) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    // JSON.parse quotes the text in its own words; ours name the content type and escape the text.
    return undefined;
  }
}

/** An attempt's result, as far as a repeat depends on it. */
export function attemptOf(result: HttpResult): Attempt {
  if (result.kind === "failure") return { kind: "failure", failure: result.failure };
  const { status, headers } = result;
  return {
    kind: "answer",
    status,
    retryAfter: headers["retry-after"] ?? null,
    serverTime: parseHttpDate(headers.date ?? null),
  };
}

/** The error that a failed attempt stands for. */
export function errorOf(result: HttpResult, call: Named): Error {
  return result.kind === "failure" ? result.error : refusalOf(result, call);
}

/** The same answer without the secrets that the server may have echoed. */
export function redactAnswer(answer: HttpAnswer, redact: (text: string) => string): HttpAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) headers[name] = redact(value);
  return { ...answer, headers, body: answer.body === null ? null : redactBody(answer.body, redact) };
}

/** JSON may write any character as `\u002B`, which hides a secret from a search until the answer is parsed. */
function redactBody(body: string, redact: (text: string) => string): string {
  const clean = redact(body);
  const value = clean.includes("\\u") ? jsonOf(clean) : undefined;
  if (value === undefined) return clean;
  const plain = JSON.stringify(value);
  const redacted = redact(plain);
  return redacted === plain ? clean : redacted;
}
