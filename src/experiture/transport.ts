import { setMaxListeners } from "node:events";
import { account, decide, giveUp } from "./after-attempt.ts";
import { type Accepted, acceptedBody } from "./answers.ts";
import { attempt, type NotYet } from "./attempt.ts";
import type { Progress, Request, Shared, TransportParts } from "./call.ts";
import type { HttpAnswer } from "./http.ts";
import type { Rank, SentAt } from "./pacer.ts";
import { NO_HISTORY, type Step } from "./retry.ts";
import { createStops } from "./stops.ts";

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

/** Joins the parts. Sends nothing by itself. */
export function createTransport(parts: TransportParts): Transport {
  const stops = createStops(parts.clock);
  const shared: Shared = {
    ...parts,
    stops,
    acceptedAt: { GET: 0, PUT: 0 },
    throttled: "never",
    refusal: null,
  };
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
  return { as: "usual", begun: null, checkedAt: now, refusal: null, history: NO_HISTORY };
}

type Turn =
  | { readonly kind: "settled"; readonly answer: HttpAnswer }
  | (Step & { readonly kind: "repeat" })
  | NotYet
  | "token-renewed";

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
