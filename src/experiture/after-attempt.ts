import { type AccessError, ApiError, type NetworkError } from "../domain/errors.ts";
import type { HttpAnswer, HttpResult } from "../http/http.ts";
import type { Admitted } from "../patience/breaker.ts";
import type { Lane } from "../patience/lane.ts";
import { isPassing, isTrouble, nextStep, type Step } from "../patience/retry.ts";
import { accessErrorOf, attemptOf, errorOf, refusalOf, throttledError } from "./answers.ts";
import type { Call, CallState, Shared } from "./call.ts";
import type { SentAt } from "./pacer.ts";

/** A refusal for rate is outlasted for as long as the server accepts anything of its kind. */
export function decide(
  { clock, random, limits, acceptedAt }: Shared,
  { lane, repeat }: Call,
  result: HttpResult,
  { begun, history }: CallState,
): Step {
  const elapsedMs = begun === null ? 0 : clock.monotonic() - Math.max(begun, acceptedAt[lane]);
  return nextStep({
    attempt: attemptOf(result),
    repeat,
    history,
    elapsedMs,
    now: clock.now(),
    random,
    limits,
  });
}

/** Tells the pacer and the breaker of an answer, and whoever is to know of the first refusal for rate. */
export function noteAnswer(shared: Shared, { lane }: Call, { status }: HttpAnswer, sentAt: SentAt): void {
  const { pacer, clock, breakers } = shared;
  if (status === 429) {
    pacer.refused(sentAt);
    if (shared.throttled === "never") shared.onThrottled();
    shared.throttled = "told";
    return;
  }
  pacer.accepted(sentAt);
  // A 503 or 425 that asks to wait is no acceptance either.
  if (status >= 500 || status === 425) return;
  shared.acceptedAt[lane] = clock.monotonic();
  // Refused credentials, too, are the answer of a server that is well.
  if (!isPassing(status)) breakers[lane].succeeded();
}

/**
 * Tells the breaker how the server did, and gives its error when the budget of failures is used up. A connection that
 * had gone stale is nobody's fault and not counted.
 */
export function failureBudget(
  { breakers, clock }: Shared,
  call: Call,
  { result, step, as }: { readonly result: HttpResult; readonly step: Step; readonly as: Admitted },
): NetworkError | null {
  if (!isTrouble(attemptOf(result), clock.now())) return null;
  if (step.kind === "repeat" && step.delayMs === 0) return null;
  return breakers[call.lane].failed(errorOf(result, call), as);
}

/** Too long to sleep, or refused for too long: until then, further calls of this lane get the same answer unsent. */
export function giveUp(
  { clock, stops, limits }: Shared,
  call: Call,
  answer: HttpAnswer,
  step: Step & { kind: "come-back" },
): ApiError {
  const error = throttledError(answer, call, { ...step, now: clock.now() });
  // Or each in turn would be patient for as long.
  stops.stopLane(call.lane, step.why === "too-long" ? step.waitMs : limits.throttleDeadlineMs, error);
  return error;
}

/** What ends with a scope that is missing. A run is nothing without its reads and writes, but goes on without the rest. */
const ENDS_WITH_SCOPE: Readonly<Record<Lane, "run" | "lane">> = {
  read: "run",
  write: "run",
  size: "lane",
  clone: "lane",
};

/** Stops what the answer refuses: what is not sent yet gets the same error. What was answered has its own, with its own id. */
export function forbidden(shared: Shared, call: Call, answer: HttpAnswer): AccessError {
  if (ENDS_WITH_SCOPE[call.lane] === "run") return stopRun(shared, call, answer);
  const own = accessErrorOf(answer, call, shared.credentials);
  shared.stops.stopLane(call.lane, Number.POSITIVE_INFINITY, own);
  return own;
}

/** Stops the run: what is not sent yet gets the first such error. */
export function stopRun({ stops, credentials }: Shared, call: Call, answer: HttpAnswer): AccessError {
  const own = accessErrorOf(answer, call, credentials);
  stops.stopAll(own);
  return own;
}

/**
 * A 401 to this call alone, so that the run goes on: others are answered with the same token; or (`undecided`) earlier
 * requests were accepted, and nobody else is there to try the token that this one was refused with.
 */
export function ownRefusal(call: Call, answer: HttpAnswer, cause: "own" | "undecided"): ApiError {
  const refusal = refusalOf(answer, call);
  const why =
    cause === "own"
      ? "Other requests were answered with the same token, so it is this campaign alone that is refused."
      : "Earlier requests of this run were accepted, so either it is this campaign alone, or the access ended just now.";
  return new ApiError(`${refusal.message} ${why}`, refusal);
}
