import type { AttemptFailure } from "./attempt.ts";

/** Whether a request may be sent again when nobody knows if it was done; one that creates something may not. */
export type Repeatable = "repeatable" | "once";

/** What one request has gone through so far. */
export type RepeatHistory = {
  readonly limited: number;
  readonly limitedMs: number;
  readonly uncertain: number;
};

/** A request at its first attempt. */
export const FIRST_ATTEMPT: RepeatHistory = { limited: 0, limitedMs: 0, uncertain: 0 };

const MOST_LIMITED = 2;
/** Within reason: a secondary limit usually ends after 60 s, a primary one may take an hour. */
const MOST_LIMITED_MS = 120_000;
const MOST_UNCERTAIN = 3;
const FIRST_BACKOFF_MS = 1_000;

/**
 * How long to wait before the next attempt, milliseconds; null when the failure is final. A refusal for rate is
 * repeated whatever the request, since nothing was done: twice, and not for more than 120 s in all.
 */
export function nextAttempt(
  failure: AttemptFailure,
  repeatable: Repeatable,
  history: RepeatHistory,
  random: () => number,
): { readonly delayMs: number; readonly history: RepeatHistory } | null {
  switch (failure.kind) {
    case "settled":
      return null;
    case "limited":
      return afterLimit(failure.waitMs, history);
    case "uncertain":
      if (repeatable === "once" || history.uncertain >= MOST_UNCERTAIN) return null;
      return {
        delayMs: FIRST_BACKOFF_MS * 2 ** history.uncertain * (0.5 + 0.5 * random()),
        history: { ...history, uncertain: history.uncertain + 1 },
      };
  }
}

function afterLimit(
  waitMs: number,
  history: RepeatHistory,
): { readonly delayMs: number; readonly history: RepeatHistory } | null {
  const limitedMs = history.limitedMs + waitMs;
  if (history.limited >= MOST_LIMITED || limitedMs > MOST_LIMITED_MS) return null;
  return { delayMs: waitMs, history: { ...history, limited: history.limited + 1, limitedMs } };
}
