import type { ApiError } from "../errors.ts";
import { attemptOf, errorOf, throttledError } from "./answers.ts";
import type { Progress, Request, Result, Shared } from "./call.ts";
import type { HttpAnswer } from "./http.ts";
import { isTrouble, nextStep, type Step } from "./retry.ts";

/** A refusal for rate is outlasted for as long as the server accepts anything of its kind. */
export function decide(
  { clock, random, limits, acceptedAt }: Shared,
  { method }: Request,
  result: Result,
  { begun, history }: Progress,
): Step {
  const elapsedMs = begun === null ? 0 : clock.monotonic() - Math.max(begun, acceptedAt[method]);
  const safe = method === "GET";
  return nextStep({ attempt: attemptOf(result), safe, history, elapsedMs, now: clock.now(), random, limits });
}

/** Tells the circuit how the server did. A connection that had gone stale is nobody's fault and not counted. */
export function account(
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
export function giveUp(
  { clock, stops }: Shared,
  request: Request,
  answer: HttpAnswer,
  step: Step & { kind: "come-back" },
): ApiError {
  const error = throttledError(answer, request, { ...step, now: clock.now() });
  return step.why === "too-long" ? stops.stopUntil(request.method, step.waitMs, error) : error;
}
