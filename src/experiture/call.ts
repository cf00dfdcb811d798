import type { AccessError } from "../domain/errors.ts";
import type { Clock, WriteGuard } from "../domain/ports.ts";
import type { Http, HttpAnswer } from "../http/http.ts";
import type { Admitted, Breaker } from "../patience/breaker.ts";
import type { Limits } from "../patience/limits.ts";
import type { History } from "../patience/retry.ts";
import type { Stops } from "../patience/stops.ts";
import type { Call } from "./answers.ts";
import type { Rank } from "./line.ts";
import type { Pacer } from "./pacer.ts";
import type { TokenSession } from "./token.ts";

/** The parts of one run; reads, writes and polls share them all. `credentials` only chooses the words of an error. */
export type TransportParts = {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly credentials: "token" | "client";
  readonly userAgent: string;
  readonly http: Http;
  readonly session: TokenSession;
  readonly pacer: Pacer;
  /** Rate classes are independent (API sheet, 4), and so may be what fails behind them. */
  readonly breakers: Readonly<Record<Call["method"], Breaker>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: Limits;
  readonly redact: (text: string) => string;
  readonly onThrottled: () => void;
};

/** The parts, and what all calls of the run learn on the way. */
export type Shared = TransportParts & {
  readonly stops: Stops;
  /** When the server last accepted a call of each kind: that reads are accepted says nothing of writes. */
  readonly acceptedAt: Record<Call["method"], number>;
  throttled: "never" | "told";
  /** The last 401, for those who are told that no token will do before they sent anything. */
  refusal: AccessError | null;
};

/** One call, whole: what is asked for, and until when it is of use (monotonic milliseconds). */
export type Request = Call & {
  readonly body: string | null;
  readonly signal: AbortSignal | undefined;
  readonly rank: Rank;
  readonly by: number | null;
  /** Of a write; null for a read. */
  readonly guard: WriteGuard | null;
};

/** Everything that changes while a call goes on. */
export type CallState = {
  /** Where its next request stands in line: `front` when a renewed token is all it waited for. */
  standing: "first" | "again" | "front";
  /** When it was first handed on, monotonic; null until then. */
  begun: number | null;
  /** How the breaker let the last request through. */
  admitted: Admitted;
  history: History;
  /** The last 401 that it met. */
  unauthorized: HttpAnswer | null;
  /** How often in a row it was not sent, because what had been read for it was too old. */
  heldBack: number;
};
