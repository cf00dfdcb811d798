import { ApiResponseError, NetworkError, TimeoutError } from "../errors.ts";
import type { Failure } from "./retry.ts";

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

const TLS =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|EPROTO|UND_ERR_PRX_TLS)/;

const PARSER_ERROR = "HTTPParserError";

/** What the library below calls a status below 200 that nobody asked for. */
const UNASKED: Readonly<Record<string, number>> = { "bad response": 100, "bad upgrade": 101 };

/**
 * Sorts what the HTTP library or the system reported, and says it in words.
 *
 * @param stale whether the connection broke before a byte of the answer and had served before.
 */
export function toFailure(cause: Error, asked: Asked, stale: "stale" | "fresh"): HttpFailure {
  const code = codeOf(cause);
  const late = TIMEOUTS[code];
  if (late !== undefined) return timedOut(late, asked, cause, code === CONNECT_TIMEOUT ? "no" : "unknown");
  const unasked = UNASKED[cause.message];
  if (unasked !== undefined) return unexpectedStatus(unasked, asked);
  const { failure, words, sent = "unknown" } = sort(code, cause);
  const text = noAnswer(asked, `${words}${code === "" ? "" : ` (${code})`}`);
  const error = new NetworkError(text, { cause: withoutData(cause), sent });
  return { kind: "failure", failure: failure === "lost" && stale === "stale" ? "stale" : failure, error };
}

/** The whole call took too long, however busy the connection was. `sent` is `no` where it never got to one. */
export function tookTooLong(asked: Asked, callMs: number, sent: "no" | "unknown"): HttpFailure {
  return timedOut(`no complete answer within ${callMs / 1_000} s`, asked, undefined, sent);
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

function timedOut(
  words: string,
  asked: Asked,
  cause: Error | undefined,
  sent: NetworkError["sent"],
): HttpFailure {
  const error = new TimeoutError(noAnswer(asked, words), { cause, sent });
  return { kind: "failure", failure: "timeout", error };
}

type Sorted = { readonly failure: Failure; readonly words: string; readonly sent?: "no" };

function sort(code: string, cause: Error): Sorted {
  const unreachable = UNREACHABLE[code];
  if (unreachable !== undefined) return { failure: "refused", words: unreachable, sent: "no" };
  if (cause.message.includes("before secure TLS connection")) {
    return { failure: "refused", words: "the connection broke while it was being secured (TLS)", sent: "no" };
  }
  if (code === "ENOTFOUND") return { failure: "final", words: "there is no such host", sent: "no" };
  if (TLS.test(code))
    return { failure: "final", words: "no secure connection (TLS) could be made", sent: "no" };
  // An answer cut short is not HTTP either, but comes whole the next time.
  const unparsed = cause.name === PARSER_ERROR && !cause.message.includes("EOF");
  if (unparsed || code === "UND_ERR_HEADERS_OVERFLOW") {
    return { failure: "final", words: "what came back is not HTTP" };
  }
  if (/^Proxy /.test(cause.message))
    return { failure: "final", words: "the proxy refused the connection", sent: "no" };
  return { failure: "lost", words: "the connection broke before the whole answer was there" };
}

/** The parser's error carries what the server said, and that may be an echo of the token. */
function withoutData(cause: Error): Error {
  return cause.name === PARSER_ERROR ? new Error(cause.message) : cause;
}

function noAnswer(asked: Asked, words: string): string {
  return `${asked.label}: no answer from ${asked.origin}: ${words}. Check the address, the network and the proxy.`;
}

function codeOf(error: Error): string {
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
