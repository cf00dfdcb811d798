import type { Limits } from "./limits.ts";
import { parseRetryAfter } from "./retry-after.ts";
import { meaningOfStatus } from "./write-answers.ts";

/**
 * Why no answer came. `refused`: no connection; `lost`: it broke; `stale`: it broke before a byte of the answer, on a
 * connection that had served before; `timeout`; `final`: asking again cannot help (TLS, unknown host, not HTTP); `held-back`: the
 * sender itself said, as it was to go out, that it is too late for it.
 */
export type Failure = "refused" | "lost" | "stale" | "timeout" | "final" | "held-back";

/** How one attempt ended, as far as a repeat depends on it. */
export type Attempt =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly retryAfter: string | null;
      /** The answer's `Date`, milliseconds since the epoch. */
      readonly serverTime: number | null;
    }
  | { readonly kind: "failure"; readonly failure: Failure };

/** What one call has gone through so far: how often each kind of repeat was made. */
export type History = {
  readonly throttled: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly stale: number;
};

/** A call at its first attempt. */
export const NO_HISTORY: History = { throttled: 0, failed: 0, timedOut: 0, stale: 0 };

/** `safe`: asked twice is as good as once, so that a lost answer may be asked for again. `once`: it may take effect. */
export type Repeat = "safe" | "once";

/** Everything that the decision depends on. */
export type Situation = {
  readonly attempt: Attempt;
  readonly repeat: Repeat;
  readonly history: History;
  /** Milliseconds since the call's first attempt, monotonic. */
  readonly elapsedMs: number;
  /** Wall clock, only used against a `Retry-After` date when the answer has no `Date` of its own. */
  readonly now: number;
  readonly random: () => number;
  readonly limits: Limits;
};

/** What to do next. `settled`: the attempt's result is the call's. `come-back`: refused for rate for too long. */
export type Step =
  | { readonly kind: "settled" }
  | { readonly kind: "repeat"; readonly delayMs: number; readonly history: History }
  | { readonly kind: "come-back"; readonly why: "too-long" | "deadline"; readonly waitMs: number };

const SETTLED: Step = { kind: "settled" };

/** A server that answers, if badly, is worth more patience than one that cannot be reached (3.75 s in all). */
const MOST_REPEATS = { answered: 6, unreachable: 4, timeout: 1 } as const;
const BACKOFF = { floorMs: 50, firstMs: 250, ceilingMs: 4_000 } as const;
const THROTTLE = { firstMs: 1_000, ceilingMs: 30_000 } as const;
const RETRY_AFTER_JITTER_MS = 500;

/** Decides on the HTTP status alone: 4xx are answers but for those below, and so is a campaign's 409. */
export function nextStep(situation: Situation): Step {
  const { attempt } = situation;
  const isSafe = situation.repeat === "safe";
  if (attempt.kind === "failure") return isSafe ? afterFailure(attempt.failure, situation) : SETTLED;
  const waitMs = retryAfterOf(attempt, situation.now);
  if (!isSafe) {
    return meaningOfStatus(attempt.status).next === "wait-and-send"
      ? afterThrottle(waitMs, situation)
      : SETTLED;
  }
  if (attempt.status === 429 || isMaintenance(attempt.status, waitMs))
    return afterThrottle(waitMs, situation);
  return isPassing(attempt.status) ? afterTrouble(MOST_REPEATS.answered, situation) : SETTLED;
}

/** Whether an attempt speaks against the server as a whole, and so uses up the run's budget. */
export function isTrouble(attempt: Attempt, now: number): boolean {
  if (attempt.kind === "failure") return true;
  return (
    (attempt.status >= 500 || (isPassing(attempt.status) && attempt.status !== 425)) &&
    !isMaintenance(attempt.status, retryAfterOf(attempt, now))
  );
}

/** A 503 that says when to come back is treated like a 429. */
function isMaintenance(status: number, waitMs: number | null): boolean {
  return status === 503 && waitMs !== null;
}

/** Below 500: the server or a gateway gave up waiting (408; 460 and 499 of gateways), or wants it later (425). */
const PASSING_REFUSALS: readonly number[] = [408, 425, 460, 499];

/** Not implemented, wrong version, wrong set-up, more wanted, sign in to the network first: waiting changes nothing. */
const LASTING_TROUBLE: readonly number[] = [501, 505, 506, 510, 511];

/** What RFC 9110 and common gateways mean to pass by itself, so that a read is worth repeating. */
export function isPassing(status: number): boolean {
  return status >= 500 ? !LASTING_TROUBLE.includes(status) : PASSING_REFUSALS.includes(status);
}

function afterFailure(failure: Failure, situation: Situation): Step {
  const { history } = situation;
  switch (failure) {
    case "final":
    case "held-back":
      return SETTLED;
    case "timeout":
      return history.timedOut < MOST_REPEATS.timeout
        ? repeat(backoff(history.timedOut, situation.random), { ...history, timedOut: history.timedOut + 1 })
        : SETTLED;
    case "stale":
      // The server closed an idle connection just as we used it: nobody's fault, so at once and uncounted, once.
      return history.stale === 0
        ? repeat(0, { ...history, stale: 1 })
        : afterTrouble(MOST_REPEATS.answered, situation);
    case "lost":
      return afterTrouble(MOST_REPEATS.answered, situation);
    case "refused":
      return afterTrouble(MOST_REPEATS.unreachable, situation);
  }
}

function afterTrouble(most: number, { history, random }: Situation): Step {
  if (history.failed >= most) return SETTLED;
  return repeat(backoff(history.failed, random), { ...history, failed: history.failed + 1 });
}

function afterThrottle(waitMs: number | null, situation: Situation): Step {
  const { history, random, limits, elapsedMs } = situation;
  if (waitMs !== null && waitMs > limits.retryAfterCapMs)
    return { kind: "come-back", why: "too-long", waitMs };
  const delayMs =
    waitMs === null ? throttleBackoff(history.throttled, random) : waitMs + random() * RETRY_AFTER_JITTER_MS;
  if (elapsedMs + delayMs > limits.throttleDeadlineMs) {
    return { kind: "come-back", why: "deadline", waitMs: delayMs };
  }
  return repeat(delayMs, { ...history, throttled: history.throttled + 1 });
}

function repeat(delayMs: number, history: History): Step {
  return { kind: "repeat", delayMs, history };
}

/** Full jitter over a doubling span, with a floor so that it is never a hot loop. */
function backoff(repeats: number, random: () => number): number {
  const span = Math.min(BACKOFF.ceilingMs, BACKOFF.firstMs * 2 ** repeats);
  return BACKOFF.floorMs + random() * (span - BACKOFF.floorMs);
}

/** Our own pace when a refusal for rate does not say when: the upper half of a doubling span. */
function throttleBackoff(repeats: number, random: () => number): number {
  const span = Math.min(THROTTLE.ceilingMs, THROTTLE.firstMs * 2 ** repeats);
  return span * (0.5 + 0.5 * random());
}

function retryAfterOf(attempt: Attempt & { kind: "answer" }, now: number): number | null {
  return parseRetryAfter(attempt.retryAfter, attempt.serverTime ?? now);
}
