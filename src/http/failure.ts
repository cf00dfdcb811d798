import { ApiResponseError, NetworkError, TimeoutError } from "../domain/errors.ts";
import { type Failure, isPassing } from "../patience/retry.ts";
import { quote } from "../text/quote.ts";
import { certificateWords } from "./certificate.ts";
import { ProxyError } from "./proxy-error.ts";

/** An attempt without a usable answer: what it means for a repeat, and the error for the caller. */
export type HttpFailure = {
  readonly kind: "failure";
  readonly failure: Failure;
  readonly error: NetworkError | ApiResponseError;
};

/** What was asked of whom, for messages: `label` is method and path, `origin` the server. */
export type Asked = { readonly label: string; readonly origin: string };

const CONNECT_TIMEOUT = "UND_ERR_CONNECT_TIMEOUT";

const TIMEOUTS: Readonly<Record<string, string>> = {
  [CONNECT_TIMEOUT]: "no connection was made in time",
  ERR_SOCKET_CONNECTION_TIMEOUT: "no connection was made in time",
  UND_ERR_HEADERS_TIMEOUT: "the server accepted the request and did not answer in time",
  UND_ERR_BODY_TIMEOUT: "the answer stopped in the middle",
  ETIMEDOUT: "the connection timed out",
};

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  EADDRNOTAVAIL: "the address cannot be reached",
  EAI_AGAIN: "the host name could not be looked up for the moment",
};

const TLS = /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO)/;

/** What the system was asked for when there was no connection yet. */
const BEFORE_CONNECTION: Readonly<Record<string, string>> = {
  getaddrinfo: "the host name could not be looked up",
  connect: "no connection could be made",
};

/** A word that the HTTP library or a socket has for a call of ours that makes no sense. */
const MISUSE = /^(?:UND_ERR_(?:INVALID|NOT_SUPPORTED|REQ_)|ERR_(?!STREAM_|SOCKET_C))/;

/** What the system, its sockets and the HTTP library report. */
const REPORTED = /^(?:E[A-Z]|UND_ERR|HPE_)/;

const CHECK = "Check the address, the network and the proxy.";

const PARSER_ERROR = "HTTPParserError";

/** What the library below calls a status below 200 that nobody asked for. */
const UNASKED: Readonly<Record<string, number>> = { "bad response": 100, "bad upgrade": 101 };

/**
 * Sorts what the HTTP library or the system reported, and says it in words. Null for an error that neither of them
 * reports of a connection.
 *
 * @param end `stale` where the connection broke before a byte of the answer and had served before; `garbled` where it
 * stood, and what came is not HTTP.
 */
export function toFailure(
  cause: Error,
  asked: Asked,
  end: "stale" | "garbled" | "fresh",
): HttpFailure | null {
  const unasked = UNASKED[cause.message];
  if (unasked !== undefined) return unexpectedStatus(unasked, asked);
  const sorted = cause instanceof ProxyError ? sortProxy(cause, asked) : sort(cause, end);
  if (sorted === null) return null;
  const failure = sorted.failure === "lost" && end === "stale" ? "stale" : sorted.failure;
  return noAnswer(asked, { ...sorted, failure }, withoutData(cause));
}

/** The whole call took too long, however busy the connection was. `sent` is `no` where it never got to one. */
export function tookTooLong(asked: Asked, callMs: number, sent: "no" | "unknown"): HttpFailure {
  const words = `no complete answer within ${callMs / 1_000} s`;
  return noAnswer(asked, { failure: "timeout", words, sent }, undefined);
}

/** Its sender kept it from going out. */
export function heldBack(asked: Asked): HttpFailure {
  const error = new NetworkError(`${asked.label} was not sent.`, { sent: "withheld" });
  return { kind: "failure", failure: "held-back", error };
}

/** The answer was larger than anything the API documents. */
export function tooLarge(
  asked: Asked,
  facts: { readonly status: number; readonly correlationId: string | null; readonly maxBytes: number },
): HttpFailure {
  const error = new ApiResponseError(
    `${asked.label}: the answer from ${asked.origin} is larger than ${facts.maxBytes} bytes and was not read to its end.`,
    { status: facts.status, pointer: "", correlationId: facts.correlationId },
  );
  return { kind: "failure", failure: "final", error };
}

function unexpectedStatus(status: number, asked: Asked): HttpFailure {
  const error = new ApiResponseError(`${asked.label}: unexpected status ${status} from ${asked.origin}.`, {
    status,
    pointer: "",
    correlationId: null,
  });
  return { kind: "failure", failure: "final", error };
}

type Sorted = {
  readonly failure: Failure;
  readonly words: string;
  readonly advice?: string;
  readonly sent?: NetworkError["sent"];
};

const NOT_HTTP: Sorted = { failure: "final", words: "what came back is not HTTP" };

function sort(cause: Error, end: "stale" | "garbled" | "fresh" = "fresh"): Sorted | null {
  const code = codeOf(cause);
  const late = TIMEOUTS[code];
  if (late !== undefined) {
    return { failure: "timeout", words: late, sent: late === TIMEOUTS[CONNECT_TIMEOUT] ? "no" : "unknown" };
  }
  const sorted = end === "garbled" ? NOT_HTTP : sortCode(code, cause);
  if (sorted === null || code === "") return sorted;
  return { ...sorted, words: `${sorted.words} (${code})` };
}

function sortCode(code: string, cause: Error): Sorted | null {
  const unreachable = UNREACHABLE[code];
  if (unreachable !== undefined) return { failure: "refused", words: unreachable, sent: "no" };
  if (cause.message.includes("before secure TLS connection")) {
    return { failure: "refused", words: "the connection broke while it was being secured (TLS)", sent: "no" };
  }
  if (code === "ENOTFOUND") return { failure: "final", words: "there is no such host", sent: "no" };
  const certificate = certificateWords(code);
  if (certificate !== null) return { failure: "final", ...certificate, sent: "no" };
  if (TLS.test(code))
    return { failure: "final", words: "no secure connection (TLS) could be made", sent: "no" };
  // An answer cut short is not HTTP either, but comes whole the next time.
  const unparsed = isParserError(cause) && !cause.message.includes("EOF");
  if (unparsed || code === "UND_ERR_HEADERS_OVERFLOW") return NOT_HTTP;
  const before = BEFORE_CONNECTION["syscall" in cause ? String(cause.syscall) : ""];
  if (before !== undefined) return { failure: "refused", words: before, sent: "no" };
  if (!isParserError(cause) && (!REPORTED.test(code) || MISUSE.test(code))) return null;
  return { failure: "lost", words: "the connection broke before the whole answer was there" };
}

/** Whatever the proxy did, no request got past it. */
function sortProxy(error: ProxyError, asked: Asked): Sorted | null {
  const { proxy, status, cause } = error;
  const { variable } = proxy;
  const name = `the proxy ${proxy.url.origin} (${variable})`;
  if (status !== null) {
    return {
      failure: isForNow(status) ? "refused" : "final",
      words: `${name} answered ${status} to CONNECT`,
      advice: proxyAdvice(error, status, asked),
      sent: "no",
    };
  }
  const sorted = cause instanceof Error ? sort(cause) : null;
  if (sorted === null) return null;
  return {
    failure: sorted.failure === "lost" ? "refused" : sorted.failure,
    words: `${error.where} ${name}, ${sorted.words}`,
    advice:
      sorted.advice ?? `Check ${variable}; NO_PROXY names the servers that are reached without a proxy.`,
    sent: "no",
  };
}

function proxyAdvice({ proxy, challenge }: ProxyError, status: number, { origin }: Asked): string {
  const { variable, authorization } = proxy;
  if (status === 407 && challenge !== null && !/\bbasic\b/i.test(challenge)) {
    return `It does not take a user name and password (Basic), but only ${quote(challenge)}: ask whoever runs it for a way without that.`;
  }
  if (status === 407) {
    return authorization === null
      ? `It wants a user name and a password: write them into ${variable}, as http://user:password@host:port.`
      : `It does not accept the user name and password in ${variable}.`;
  }
  if (isForNow(status)) return `It could not reach ${origin} for now: try again later, and check that URL.`;
  if (FORBIDS.has(status)) {
    return `It does not let this machine reach ${origin}: ask whoever runs it, or name the host in NO_PROXY if it can be reached without a proxy.`;
  }
  return `It may be no proxy: check ${variable}.`;
}

/** What a proxy answers that knows what CONNECT is, and does not want this one. */
const FORBIDS: ReadonlySet<number> = new Set([401, 403, 451]);

function isForNow(status: number): boolean {
  return status === 429 || isPassing(status);
}

function isParserError(error: Error): boolean {
  return error.name === PARSER_ERROR || codeOf(error).startsWith("HPE_");
}

/** A parser's error carries what the server said, and that may be an echo of the token; a proxy's, its password. */
function withoutData(cause: Error): Error {
  if (cause instanceof ProxyError)
    return cause.cause instanceof Error ? withoutData(cause.cause) : new Error(cause.message);
  return isParserError(cause) ? new Error(cause.message) : cause;
}

function noAnswer(
  asked: Asked,
  { failure, words, advice = CHECK, sent = "unknown" }: Sorted,
  cause: Error | undefined,
): HttpFailure {
  const message = `${asked.label}: no answer from ${asked.origin}: ${words}. ${advice}`;
  const Kind = failure === "timeout" ? TimeoutError : NetworkError;
  return { kind: "failure", failure, error: new Kind(message, { cause, sent }) };
}

function codeOf(error: Error): string {
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
