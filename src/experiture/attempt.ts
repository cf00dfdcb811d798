import { AccessError } from "../errors.ts";
import { accessErrorOf, labelOf, redactAnswer, refusalOf } from "./answers.ts";
import type { Progress, Request, Result, Shared } from "./call.ts";
import type { HttpAnswer } from "./http.ts";
import type { SentAt } from "./pacer.ts";
import type { Lease } from "./token.ts";

/** Nothing was sent: the server fails, and whether it does so for all is being tried. */
export type NotYet = { readonly kind: "not-yet"; readonly delayMs: number };

/** One request on the wire, or none when the run has meanwhile been stopped. */
export async function attempt(
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
  const lease = await leaseOrStop(shared, request, progress);
  try {
    stops.throwIfStopped(request.method);
    const sentAt = sends();
    progress.begun ??= sentAt;
    const result = await send(shared, request, lease.value);
    if (result.kind === "failure") return result;
    tellPacer(shared, request, result, sentAt);
    if (result.status === 401) {
      session.rejected(lease);
      progress.refusal = result;
      shared.refusal = accessErrorOf(result, request, shared.credentials);
      return "token-renewed";
    }
    session.accepted(lease);
    if (result.status === 403) throw refused(shared, request, result);
    return result;
  } finally {
    session.release(lease);
  }
}

function tellPacer(shared: Shared, { method }: Request, { status }: HttpAnswer, sentAt: SentAt): void {
  const { pacer, clock } = shared;
  if (status === 429) {
    pacer.refused(sentAt);
    if (shared.throttled === "never") shared.onThrottled();
    shared.throttled = "told";
    return;
  }
  pacer.accepted(sentAt);
  // A 503 that asks to wait is no acceptance either.
  if (status < 500) shared.acceptedAt[method] = clock.monotonic();
}

async function leaseOrStop(shared: Shared, request: Request, progress: Progress): Promise<Lease> {
  const { session, stops } = shared;
  const leased = await session.lease(progress, request.signal).catch((error: unknown) => {
    throw error instanceof AccessError ? stops.stopAll(error) : error;
  });
  if (leased.kind === "lease") return leased.lease;
  const { refusal } = progress;
  if (leased.verdict === "final") {
    if (refusal !== null) throw refused(shared, request, refusal);
    throw shared.refusal === null ? new Error("Nobody was refused.") : stops.stopAll(shared.refusal);
  }
  throw refusal === null ? new Error("This call was not refused.") : refusalOf(refusal, request);
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
