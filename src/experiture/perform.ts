import { AccessError, ApiError, ApiResponseError, NetworkError } from "../domain/errors.ts";
import type { HttpFailure } from "../http/failure.ts";
import type { HttpAnswer } from "../http/http.ts";
import { NO_HISTORY, type Step } from "../patience/retry.ts";
import { decide, failureBudget, giveUp, noteAnswer, ownRefusal, stopRun } from "./after-attempt.ts";
import { type Accepted, acceptedBody, accessErrorOf, labelOf, redactAnswer } from "./answers.ts";
import type { CallState, Request, Shared } from "./call.ts";
import type { Turn } from "./line.ts";
import type { SentAt } from "./pacer.ts";
import type { Lease } from "./token.ts";

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

/** One call from its first request to its last: a turn for each, until one settles it. A sleeping call holds no slot. */
export async function perform(shared: Shared, request: Request): Promise<Accepted> {
  const call: CallState = {
    standing: "first",
    begun: null,
    admitted: "usual",
    history: NO_HISTORY,
    unauthorized: null,
    heldBack: 0,
  };
  const { pacer, stops } = shared;
  for (;;) {
    const end = await pacer.run((sends) => takeTurn(shared, request, call, sends), turnOf(request, call));
    switch (end.kind) {
      case "settled":
        return acceptedBody(end.answer, request);
      case "repeat":
        call.history = end.history;
        // A refusal for rate keeps its place in line. After a failure others go first: they may fare better.
        call.standing = end.history.throttled > 0 ? "again" : "first";
        request.guard?.refused();
        await stops.sleep(end.delayMs, request.signal);
        break;
      case "not-yet":
        await stops.sleep(end.delayMs, request.signal);
        break;
      case "held-back":
        call.heldBack += 1;
        if (call.heldBack > MOST_HELD_BACK) throw alwaysTooLate(request);
        await request.guard?.readAgain();
        break;
      case "unauthorized":
        call.standing = "front";
        request.guard?.refused();
        break;
    }
  }
}

function turnOf({ rank, signal, by, guard }: Request, { standing }: CallState): Turn {
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
async function takeTurn(
  shared: Shared,
  request: Request,
  call: CallState,
  sends: () => SentAt,
): Promise<TurnEnd> {
  const { session, stops, breakers } = shared;
  stops.throwIfStopped(request.method);
  const admission = breakers[request.method].admit(call.begun === null ? "new" : "tried");
  if (admission.kind === "refused") throw admission.error;
  if (admission.kind === "wait") return { kind: "not-yet", delayMs: admission.ms };
  call.admitted = admission.as;
  const lease = await leaseOrStop(shared, request, call);
  try {
    stops.throwIfStopped(request.method);
    const { result, sentAt } = await send(shared, request, lease.value, sends);
    if (result.kind === "failure" && result.failure === "held-back") {
      breakers[request.method].unsent(admission.as);
      return { kind: "held-back" };
    }
    call.begun ??= sentAt;
    call.heldBack = 0;
    if (result.kind === "answer") {
      noteAnswer(shared, request, result, sentAt);
      if (result.status === 401) return unauthorized(shared, request, call, lease, result);
      session.accepted(lease);
      if (result.status === 403) throw stopRun(shared, request, result);
    }
    return afterResult(shared, request, call, result);
  } finally {
    session.release(lease);
  }
}

function unauthorized(
  shared: Shared,
  request: Request,
  call: CallState,
  lease: Lease,
  answer: HttpAnswer,
): TurnEnd {
  call.unauthorized = answer;
  shared.refusal = accessErrorOf(answer, request, shared.credentials);
  shared.session.rejected(lease);
  return { kind: "unauthorized" };
}

function afterResult(
  shared: Shared,
  request: Request,
  call: CallState,
  result: HttpAnswer | HttpFailure,
): TurnEnd {
  const step = decide(shared, request, result, call);
  const spent = failureBudget(shared, request, { result, step, as: call.admitted });
  // A failed write keeps its own error: whoever sent it must find out whether it landed.
  if (spent !== null && request.method === "GET") throw spent;
  if (step.kind === "repeat") return step;
  if (result.kind === "failure") throw result.error;
  if (step.kind === "come-back") throw giveUp(shared, request, result, step);
  return { kind: "settled", answer: result };
}

/** A token for the request. Where the session has none for this call, or for any, the last 401 makes the error. */
async function leaseOrStop(shared: Shared, request: Request, call: CallState): Promise<Lease> {
  const { session, stops } = shared;
  const leased = await session.lease(call, request.signal).catch((error: unknown) => {
    if (error instanceof AccessError) throw stops.stopAll(error);
    throw request.guard === null ? error : unsent(error);
  });
  if (leased.kind === "lease") return leased.lease;
  const { unauthorized: answer } = call;
  if (leased.verdict === "final") {
    if (answer !== null) throw stopRun(shared, request, answer);
    throw shared.refusal === null ? new Error("Nobody was refused.") : stops.stopAll(shared.refusal);
  }
  throw answer === null
    ? new Error("This call was not refused.")
    : ownRefusal(request, answer, leased.verdict);
}

async function send(
  shared: Shared,
  request: Request,
  token: string,
  sends: () => SentAt,
): Promise<{ readonly result: HttpAnswer | HttpFailure; readonly sentAt: SentAt }> {
  const { method, path, body, guard } = request;
  let sentAt = shared.clock.monotonic();
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
    mayGo() {
      if (guard !== null && !guard.pass()) return false;
      sentAt = sends();
      return true;
    },
  });
  return { result: result.kind === "answer" ? redactAnswer(result, shared.redact) : result, sentAt };
}

/** For want of a token nothing was sent, whatever its endpoint answered: that says nothing of the write. */
function unsent(error: unknown): unknown {
  const isTrouble =
    error instanceof ApiError || error instanceof ApiResponseError || error instanceof NetworkError;
  return isTrouble ? new NetworkError(error.message, { cause: error, sent: "withheld" }) : error;
}

function alwaysTooLate(request: Request): NetworkError {
  return new NetworkError(
    `${labelOf(request)} was not sent: each time the campaign had been read, more than a second went by until the write could have been sent. Is this machine, or the way to the API, overloaded?`,
    { sent: "withheld" },
  );
}
