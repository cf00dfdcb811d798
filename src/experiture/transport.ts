import { setMaxListeners } from "node:events";
import { AccessError, type ApiError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import {
  type Accepted,
  acceptedBody,
  accessErrorOf,
  attemptOf,
  type Call,
  errorOf,
  labelOf,
  redactAnswer,
  throttledError,
} from "./answers.ts";
import type { Circuit } from "./circuit.ts";
import type { HttpFailure } from "./failure.ts";
import type { Http, HttpAnswer } from "./http.ts";
import type { Limits } from "./limits.ts";
import type { Pacer, Rank, SentAt } from "./pacer.ts";
import { type History, isTrouble, NO_HISTORY, nextStep, type Step } from "./retry.ts";
import { createStops, type Stops } from "./stops.ts";
import type { TokenSession } from "./token.ts";

/** The two calls that this program makes, each with all its waiting and repeating. */
export type Transport = {
  /** GET below the base URL. The signal ends it at any time. */
  read(path: string, signal: AbortSignal | undefined, rank: Rank): Promise<Accepted>;
  /** PUT below the base URL. The signal ends only the wait for a turn or a repeat; what is under way is not cut. */
  write(
    path: string,
    body: string,
    signal: AbortSignal | undefined,
    beforeRepeat?: () => Promise<void>,
  ): Promise<Accepted>;
};

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
};

type Shared = TransportParts & { readonly stops: Stops; acceptedAt: number };
type Request = Call & {
  readonly body: string | null;
  readonly signal: AbortSignal | undefined;
  readonly rank: Rank;
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
};
type Progress = {
  as: "usual" | "trial";
  begun: number | null;
  /** When the caller last made sure that the request still is what it wants. */
  checkedAt: number;
  renewed: "not-yet" | "once";
  history: History;
};

/** Joins the parts. Sends nothing by itself. */
export function createTransport(parts: TransportParts): Transport {
  const shared: Shared = { ...parts, stops: createStops(parts.clock), acceptedAt: 0 };
  return {
    read: (path, signal, rank) =>
      perform(shared, { method: "GET", path, scope: "campaigns:read", body: null, signal, rank }),
    write: (path, body, signal, beforeRepeat) =>
      perform(shared, {
        method: "PUT",
        path,
        scope: "campaigns:update",
        body,
        signal,
        rank: "write",
        beforeRepeat,
      }),
  };
}

/** One call: turns, each in a slot of its own, until one settles it. A sleeping repeat holds no slot. */
async function perform(shared: Shared, request: Request): Promise<Accepted> {
  // One signal ends a whole run, so many calls listen to it at once: no leak, and no warning wanted.
  if (request.signal !== undefined) setMaxListeners(0, request.signal);
  const { pacer, stops, clock } = shared;
  const progress = beginAt(clock.monotonic());
  for (;;) {
    const turn = await pacer.run((sends) => takeTurn(shared, request, progress, sends), {
      rank: request.rank,
      as: progress.history.throttled === 0 ? "first" : "again",
      signal: request.signal,
    });
    if (turn !== "token-renewed") {
      if (turn.kind === "settled") return acceptedBody(turn.answer, request);
      if (turn.kind === "repeat") progress.history = turn.history;
      await stops.sleep(turn.delayMs, request.signal);
    }
    const mayBeOld = turn === "token-renewed" || turn.kind === "repeat";
    if (mayBeOld || clock.monotonic() - progress.checkedAt >= FRESH_MS) {
      await request.beforeRepeat?.();
      progress.checkedAt = clock.monotonic();
    }
  }
}

/** What waits for others, unsent, is made sure of again after this long. */
const FRESH_MS = 1000;

function beginAt(now: number): Progress {
  return { as: "usual", begun: null, checkedAt: now, renewed: "not-yet", history: NO_HISTORY };
}

type Turn =
  | { readonly kind: "settled"; readonly answer: HttpAnswer }
  | (Step & { readonly kind: "repeat" })
  | NotYet
  | "token-renewed";

/** Nothing was sent: the server fails, and whether it does so for all is being tried. */
type NotYet = { readonly kind: "not-yet"; readonly delayMs: number };

/**
 * One attempt and what follows from it. Decided before the slot is given back: whoever gets it next must already
 * find the run stopped, or the circuit open, if this attempt was the reason.
 */
async function takeTurn(
  shared: Shared,
  request: Request,
  progress: Progress,
  sends: () => SentAt,
): Promise<Turn> {
  const result = await attempt(shared, request, progress, sends);
  if (result === "token-renewed" || result.kind === "not-yet") return result;
  const step = decide(shared, request, result, progress);
  account(shared, request, { result, step, as: progress.as });
  if (step.kind === "repeat") return step;
  if (result.kind === "failure") throw result.error;
  if (step.kind === "come-back") throw giveUp(shared, request, result, step);
  return { kind: "settled", answer: result };
}

type Result = HttpAnswer | HttpFailure;

/** One request on the wire, or none when the run has meanwhile been stopped. */
async function attempt(
  shared: Shared,
  request: Request,
  progress: Progress,
  sends: () => SentAt,
): Promise<Result | NotYet | "token-renewed"> {
  const { session, stops, circuits } = shared;
  stops.throwIfStopped(request.method);
  const passage = circuits[request.method].passage(progress.begun === null ? "new" : "tried");
  if (passage.kind === "refused") throw passage.error;
  if (passage.kind === "wait") return { kind: "not-yet", delayMs: passage.ms };
  progress.as = passage.as;
  const lease = await leaseOrStop(shared, request);
  try {
    stops.throwIfStopped(request.method);
    const sentAt = sends();
    progress.begun ??= sentAt;
    const result = await send(shared, request, lease.value);
    if (result.kind === "failure") return result;
    tellPacer(shared, result, sentAt);
    if (result.status === 401) {
      const verdict = session.rejected(lease);
      if (verdict === "final" || progress.renewed === "once") throw refused(shared, request, result);
      progress.renewed = "once";
      return "token-renewed";
    }
    session.accepted(lease);
    if (result.status === 403) throw refused(shared, request, result);
    return result;
  } finally {
    session.release(lease);
  }
}

function tellPacer(shared: Shared, { status }: HttpAnswer, sentAt: SentAt): void {
  const { pacer, clock } = shared;
  if (status === 429) {
    pacer.refused(sentAt);
    return;
  }
  pacer.accepted(sentAt);
  shared.acceptedAt = clock.monotonic();
}

async function leaseOrStop({ session, stops }: Shared, request: Request) {
  try {
    return await session.lease(request.signal);
  } catch (error) {
    throw error instanceof AccessError ? stops.stopAll(error) : error;
  }
}

/** Stops the run: what is not sent yet gets the first such error. What was answered has its own, with its own id. */
function refused({ stops, credentials }: Shared, request: Request, answer: HttpAnswer): AccessError {
  const own = accessErrorOf(answer, request, credentials);
  stops.stopAll(own);
  return own;
}

async function send(shared: Shared, request: Request, token: string): Promise<Result> {
  const { method, path, body } = request;
  const result = await shared.http.send({
    method,
    url: new URL(shared.baseUrl + path),
    label: labelOf(request),
    headers: {
      accept: "application/json",
      authorization: `Bearer ${token}`,
      "user-agent": shared.userAgent,
      ...(body === null ? {} : { "content-type": "application/json" }),
    },
    body,
    signal: method === "PUT" ? undefined : request.signal,
  });
  return result.kind === "answer" ? redactAnswer(result, shared.redact) : result;
}

/** A refusal for rate is outlasted for as long as the server accepts anything at all. */
function decide(
  { clock, random, limits, acceptedAt }: Shared,
  { method }: Request,
  result: Result,
  { begun, history }: Progress,
): Step {
  const elapsedMs = begun === null ? 0 : clock.monotonic() - Math.max(begun, acceptedAt);
  const safe = method === "GET";
  return nextStep({ attempt: attemptOf(result), safe, history, elapsedMs, now: clock.now(), random, limits });
}

/** Tells the circuit how the server did. A connection that had gone stale is nobody's fault and not counted. */
function account(
  { circuits, clock }: Shared,
  request: Request,
  { result, step, as }: { readonly result: Result; readonly step: Step; readonly as: Progress["as"] },
): void {
  const circuit = circuits[request.method];
  if (isTrouble(attemptOf(result), clock.now())) {
    if (step.kind === "repeat" && step.delayMs === 0) return;
    const open = circuit.failed(errorOf(result, request), as);
    // A failed write keeps its own error: whoever sent it must find out whether it landed.
    if (open !== null && request.method === "GET") throw open;
  } else if (result.kind === "answer" && result.status < 500 && result.status !== 429) {
    circuit.succeeded();
  }
}

/** Too long to sleep: until then, further calls of this kind get the same answer unsent. */
function giveUp(
  { clock, stops }: Shared,
  request: Request,
  answer: HttpAnswer,
  step: Step & { kind: "come-back" },
): ApiError {
  const error = throttledError(answer, request, { ...step, now: clock.now() });
  return step.why === "too-long" ? stops.stopUntil(request.method, step.waitMs, error) : error;
}
