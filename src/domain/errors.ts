/**
 * Every error class, and the one table from what happened to the exit code.
 *
 * An author's mistake in a file is a `Diagnostic`, not an error class; reach that is not ready is a value.
 */

import { CHANGED_SINCE } from "./api-codes.ts";
import type { Diagnostic } from "./model.ts";

/** A wrong flag, input, environment variable or saved plan: nothing was sent. `hint` says how to mend it. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
  readonly hint: string | null;
  constructor(message: string, hint: string | null = null) {
    super(message);
    this.hint = hint;
  }
}

/** Files with errors. The message tells each with its place; `diagnostics` has them as data. */
export class InvalidFilesError extends UsageError {
  override readonly name = "InvalidFilesError";
  readonly diagnostics: readonly Diagnostic[];
  constructor(message: string, diagnostics: readonly Diagnostic[]) {
    super(message);
    this.diagnostics = diagnostics;
  }
}

type RequestFacts = {
  readonly method: string;
  /** Path below the base URL, without query. */
  readonly path: string;
  /** `x-correlation-id`, else the body's `correlationId`, else null. */
  readonly correlationId: string | null;
};

/** The API answered, and said no. `code` is its own (`JOURNEY_API...`), or `http-STATUS` when it gave none. */
export class ApiError extends Error {
  override readonly name: string = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly method: string;
  readonly path: string;
  readonly correlationId: string | null;
  /** How long the answer asks to wait, in milliseconds; null where it does not. */
  readonly retryAfterMs: number | null;
  constructor(
    message: string,
    facts: RequestFacts & {
      readonly status: number;
      readonly code: string;
      readonly retryAfterMs?: number | null;
    },
  ) {
    super(message);
    this.status = facts.status;
    this.code = facts.code;
    this.method = facts.method;
    this.path = facts.path;
    this.correlationId = facts.correlationId;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** 401 or 403, or the token endpoint refused the client: the run stops. The message names the scope that is missing. */
export class AccessError extends ApiError {
  override readonly name = "AccessError";
}

type Sent = "no" | "withheld" | "unknown";

/**
 * No answer came: refused, reset, cut off, no such host, bad certificate. See `cause`. `sent` is `no` where the request
 * cannot have reached the API, since no connection was made; `withheld` where, after many failures, none was tried.
 */
export class NetworkError extends Error {
  override readonly name: string = "NetworkError";
  readonly code: string = "no-answer";
  readonly sent: Sent;
  constructor(message: string, options: { readonly cause?: unknown; readonly sent?: Sent } = {}) {
    super(message, { cause: options.cause });
    this.sent = options.sent ?? "unknown";
  }
}

/** No answer within the time limit. */
export class TimeoutError extends NetworkError {
  override readonly name = "TimeoutError";
  override readonly code = "timeout";
}

/**
 * An answer came that cannot be understood: not JSON, too large, another status than documented, a field missing.
 * `pointer` is the JSON pointer of the culprit, empty for the whole document.
 */
export class ApiResponseError extends Error {
  override readonly name = "ApiResponseError";
  readonly code = "not-understood";
  readonly status: number;
  readonly pointer: string;
  readonly correlationId: string | null;
  constructor(
    message: string,
    facts: { readonly status: number; readonly pointer: string; readonly correlationId: string | null },
  ) {
    super(message);
    this.status = facts.status;
    this.pointer = facts.pointer;
    this.correlationId = facts.correlationId;
  }
}

/** A campaign that is to be put back was changed since: what somebody did there stands. */
export class ChangedSinceError extends Error {
  override readonly name = "ChangedSinceError";
  readonly code = CHANGED_SINCE;
}

/** What ends a run from outside. `SIGPIPE` stands for a reader that went away: Node is never sent it. */
export type EndingSignal = "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT" | "SIGBREAK" | "SIGPIPE";

/** The user, the system or the caller asked the run to end. `signalName` is null where no signal did. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  readonly signalName: EndingSignal | null;
  constructor(signalName: EndingSignal | null, options: { readonly cause?: unknown } = {}) {
    super(signalName === null ? "Interrupted by the caller." : `Interrupted by ${signalName}.`, options);
    this.signalName = signalName;
  }
}
