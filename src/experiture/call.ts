import type { AccessError } from "../domain/errors.ts";
import type { Clock, WriteGuard } from "../domain/ports.ts";
import type { Http, HttpAnswer, Sift } from "../http/http.ts";
import type { Admitted, Breaker } from "../patience/breaker.ts";
import type { Lane } from "../patience/lane.ts";
import type { Limits } from "../patience/limits.ts";
import type { History, Repeat } from "../patience/retry.ts";
import type { Stops } from "../patience/stops.ts";
import type { Rank } from "./line.ts";
import type { Pacer } from "./pacer.ts";
import type { TokenSession } from "./token.ts";

/**
 * One call, whole: what is asked for, and what may be done to get it. Nothing is decided on the method: a `POST` may be
 * a question that is safe to repeat, or make something that must be made once.
 */
export type Call = {
  readonly method: "GET" | "PUT" | "POST";
  /** Below the base URL. */
  readonly path: string;
  readonly body: string | null;
  /** The scope that the call needs. Source: API sheet, 3. */
  readonly scope: "campaigns:read" | "campaigns:update" | "cdp:audiences:preview";
  /** What is to be done `once` is never cut off while it is under way: its signal ends only the waiting. */
  readonly repeat: Repeat;
  /** Where its requests stand in line. */
  readonly rank: Rank;
  /** Until when its answer is of use, monotonic milliseconds; null for no such time. */
  readonly by: number | null;
  readonly signal: AbortSignal | undefined;
  /** What of an answer may be kept, where that is not all of it: the rest never gets past the socket. */
  readonly sift?: Sift;
} & (
  | { readonly lane: "write"; readonly guard: WriteGuard }
  | { readonly lane: Exclude<Lane, "write">; readonly guard: null }
);

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

/** What all calls of a run share. `credentials` only chooses the words of an error. */
export type Shared = {
  /** The base URL. Its path is without a slash at its end. */
  readonly base: Pick<URL, "origin" | "pathname">;
  readonly credentials: "token" | "client";
  readonly userAgent: string;
  readonly http: Http;
  readonly session: TokenSession;
  readonly pacer: Pacer;
  readonly breakers: Readonly<Record<Lane, Breaker>>;
  readonly stops: Stops;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: Limits;
  readonly redact: (text: string) => string;
  readonly onThrottled: () => void;
  /** When the server last accepted a call of each lane: that reads are accepted says nothing of writes. */
  readonly acceptedAt: Record<Lane, number>;
  throttled: "never" | "told";
  /** The last 401, for those who are told that no token will do before they sent anything. */
  refusal: AccessError | null;
};
