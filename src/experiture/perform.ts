import { AccessError, ApiError, ApiResponseError, NetworkError } from "../domain/errors.ts";
import type { HttpAnswer, HttpRequest, HttpResult } from "../http/http.ts";
import type { Lane } from "../patience/lane.ts";
import { NO_HISTORY, type Step } from "../patience/retry.ts";
import {
  decide,
  failureBudget,
  forbidden,
  giveUp,
  noteAnswer,
  ownRefusal,
  stopRun,
} from "./after-attempt.ts";
import { type Accepted, acceptedBody, accessErrorOf, labelOf, redactAnswer } from "./answers.ts";
import type { Call, CallState, Shared } from "./call.ts";
import type { Turn } from "./line.ts";
import type { SentAt } from "./pacer.ts";
import type { Lease } from "./token-breaker.ts";

/** So often in a row a write may be too late for what was read for it, before it is given up unsent. */
const MOST_HELD_BACK = 10;

/** How one turn of a call ended. */
type TurnEnd =
  | { readonly kind: "settled"; readonly answer: HttpAnswer }
  | (Step & { readonly kind: "repeat" })
  /** Unsent: the breaker lets nothing through yet. */
  | { readonly kind: "not-yet"; readonly delayMs: number }
  /** Unsent: what was read for the write is too old by now. */
  | { readonly kind: "held-back" }
  /** The token was refused; another one may do. */
  | { readonly kind: "unauthorized" };

/** Performs calls of some lanes, and of no other. */
export type Perform<L extends Lane = Lane> = (call: Call & { readonly lane: L }) => Promise<Accepted>;

/** One call from its first request to its last: a turn for each, until one settles it. A sleeping call holds no slot. */
export async function perform(shared: Shared, call: Call): Promise<Accepted> {
  const state: CallState = {
    standing: "first",
    begun: null,
    admitted: "usual",
    history: NO_HISTORY,
    unauthorized: null,
    heldBack: 0,
  };
  const { pacer, stops } = shared;
  for (;;) {
    const end = await pacer.run((sends) => takeTurn(shared, call, state, sends), turnOf(call, state));
    switch (end.kind) {
      case "settled":
        return acceptedBody(end.answer, call);
      case "repeat":
        state.history = end.history;
        // A refusal for rate keeps its place in line. After a failure others go first: they may fare better.
        state.standing = end.history.throttled > 0 ? "again" : "first";
        call.guard?.refused();
        await stops.sleep(end.delayMs, call.signal);
        break;
      case "not-yet":
        await stops.sleep(end.delayMs, call.signal);
        break;
      case "held-back":
        state.heldBack += 1;
        if (state.heldBack > MOST_HELD_BACK) throw alwaysTooLate(call);
        await call.guard?.readAgain();
        break;
      case "unauthorized":
        state.standing = "front";
        call.guard?.refused();
        break;
    }
  }
}

function turnOf({ rank, signal, by, guard }: Call, { standing }: CallState): Turn {
  return {
    rank: standing === "front" && rank !== "write" ? "front" : rank,
    as: standing === "first" ? "first" : "again",
    signal,
    by: guard === null ? by : guard.freshUntil(),
  };
}

/**
 * One request: the breaker, a token, the socket; then what follows from its answer. That is decided before the slot is
 * given back: whoever gets it next must already find the run stopped, or the breaker open, if this was the reason.
 */
async function takeTurn(shared: Shared, call: Call, state: CallState, sends: () => SentAt): Promise<TurnEnd> {
  const { session, stops, breakers } = shared;
  stops.throwIfStopped(call.lane);
  const admission = breakers[call.lane].admit(state.begun === null ? "new" : "tried");
  if (admission.kind === "refused") throw admission.error;
  if (admission.kind === "wait") return { kind: "not-yet", delayMs: admission.ms };
  state.admitted = admission.as;
  const lease = await leaseOrStop(shared, call, state);
  try {
    stops.throwIfStopped(call.lane);
    const { result, sentAt } = await send(shared, call, lease.value, sends);
    if (result.kind === "failure" && result.failure === "held-back") {
      breakers[call.lane].unsent(admission.as);
      return { kind: "held-back" };
    }
    state.begun ??= sentAt;
    state.heldBack = 0;
    if (result.kind === "answer") {
      noteAnswer(shared, call, result, sentAt);
      if (result.status === 401) return unauthorized(shared, call, state, lease, result);
      session.accepted(lease);
      if (result.status === 403) throw forbidden(shared, call, result);
    }
    return afterResult(shared, call, state, result);
  } finally {
    session.release(lease);
  }
}

function unauthorized(
  shared: Shared,
  call: Call,
  state: CallState,
  lease: Lease,
  answer: HttpAnswer,
): TurnEnd {
  state.unauthorized = answer;
  shared.refusal = accessErrorOf(answer, call, shared.credentials);
  shared.session.rejected(lease);
  return { kind: "unauthorized" };
}

function afterResult(shared: Shared, call: Call, state: CallState, result: HttpResult): TurnEnd {
  const step = decide(shared, call, result, state);
  const spent = failureBudget(shared, call, { result, step, as: state.admitted });
  // What may have taken effect keeps its own error: whoever sent it must find out.
  if (spent !== null && call.repeat === "safe") throw spent;
  if (step.kind === "repeat") return step;
  if (result.kind === "failure") throw result.error;
  if (step.kind === "come-back") throw giveUp(shared, call, result, step);
  return { kind: "settled", answer: result };
}

/** A token for the call. Where the session has none for this call, or for any, the last 401 makes the error. */
async function leaseOrStop(shared: Shared, call: Call, state: CallState): Promise<Lease> {
  const { session, stops } = shared;
  const leased = await session.lease(state, call.signal).catch((error: unknown) => {
    if (error instanceof AccessError) throw stops.stopAll(error);
    throw call.repeat === "safe" ? error : unsent(error);
  });
  if (leased.kind === "lease") return leased.lease;
  const { unauthorized: answer } = state;
  if (leased.cause === "final") {
    if (answer !== null) throw stopRun(shared, call, answer);
    throw shared.refusal === null ? new Error("Nobody was refused.") : stops.stopAll(shared.refusal);
  }
  throw answer === null ? new Error("This call was not refused.") : ownRefusal(call, answer, leased.cause);
}

async function send(
  shared: Shared,
  call: Call,
  token: string,
  sends: () => SentAt,
): Promise<{ readonly result: HttpResult; readonly sentAt: SentAt }> {
  const { method, path, body, guard, repeat, sift } = call;
  let sentAt = shared.clock.monotonic();
  const result = await shared.http.send({
    method,
    url: urlOf(shared.base, path),
    label: labelOf(call),
    headers: {
      accept: "application/json",
      authorization: `Bearer ${token}`,
      "user-agent": shared.userAgent,
      ...(body === null ? {} : { "content-type": "application/json" }),
    },
    body,
    signal: repeat === "once" ? undefined : call.signal,
    sift,
    mayGo() {
      if (guard !== null && !guard.pass()) return false;
      sentAt = sends();
      return true;
    },
  });
  return { result: result.kind === "answer" ? redactAnswer(result, shared.redact) : result, sentAt };
}

/** That of a path below the base URL, which is taken apart once for all calls. */
function urlOf({ origin, pathname }: Shared["base"], path: string): HttpRequest["url"] {
  const query = path.indexOf("?");
  const end = query === -1 ? path.length : query;
  return { origin, pathname: pathname + path.slice(0, end), search: path.slice(end) };
}

/** For want of a token nothing was sent, whatever its endpoint answered: that says nothing of the write. */
function unsent(error: unknown): unknown {
  const isTrouble =
    error instanceof ApiError || error instanceof ApiResponseError || error instanceof NetworkError;
  return isTrouble ? new NetworkError(error.message, { cause: error, sent: "withheld" }) : error;
}

function alwaysTooLate(call: Call): NetworkError {
  return new NetworkError(
    `${labelOf(call)} was not sent: each time the campaign had been read, more than a second went by until the write could have been sent. Is this machine, or the way to the API, overloaded?`,
    { sent: "withheld" },
  );
}
