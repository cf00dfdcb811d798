import type { AccessError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { Call } from "./answers.ts";
import type { Circuit } from "./circuit.ts";
import type { HttpFailure } from "./failure.ts";
import type { Http, HttpAnswer } from "./http.ts";
import type { Limits } from "./limits.ts";
import type { Pacer, Rank } from "./pacer.ts";
import type { History } from "./retry.ts";
import type { Stops } from "./stops.ts";
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
  readonly circuits: Readonly<Record<Call["method"], Circuit>>;
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

/** One call, whole. */
export type Request = Call & {
  readonly body: string | null;
  readonly signal: AbortSignal | undefined;
  readonly rank: Rank;
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
};

/** What one call has gone through. */
export type Progress = {
  as: "usual" | "trial";
  begun: number | null;
  /** When the caller last made sure that the request still is what it wants. */
  checkedAt: number;
  /** The last 401. */
  refusal: HttpAnswer | null;
  history: History;
};

/** What came of one request on the wire. */
export type Result = HttpAnswer | HttpFailure;
