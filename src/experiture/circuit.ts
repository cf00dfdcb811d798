import { NetworkError } from "../errors.ts";
import type { Clock } from "../ports.ts";

/** Keeps a run from hammering a server that fails: a budget of failures, and a pause when it is used up. */
export type Circuit = {
  /** The error to give instead of sending, or null when the request may go. */
  refusal(): NetworkError | null;
  /** The server answered sensibly. */
  succeeded(): void;
  /** Counts a failed attempt; returns the error to give up with when the budget is used up. */
  failed(error: Error): NetworkError | null;
};

const FULL_BUDGET = 20;

/**
 * One for the whole run. A failure costs one of 20, a success gives one back. With nothing left, requests fail at
 * once with one error for `coolDownMs`; then a single one may try, and its success opens the way.
 */
export function createCircuit(clock: Clock, coolDownMs: number): Circuit {
  let budget = FULL_BUDGET;
  let open: { error: NetworkError; until: number } | null = null;

  const trip = (cause: Error): NetworkError => {
    const error = open?.error ?? new NetworkError(explain(cause, coolDownMs), { cause });
    open = { error, until: clock.monotonic() + coolDownMs };
    return error;
  };
  return {
    refusal() {
      if (open === null) return null;
      const now = clock.monotonic();
      if (now < open.until) return open.error;
      open = { ...open, until: now + coolDownMs };
      return null;
    },
    succeeded() {
      budget = Math.min(FULL_BUDGET, budget + 1);
      open = null;
    },
    failed(error) {
      if (budget === 0) return trip(error);
      budget -= 1;
      return null;
    },
  };
}

function explain(cause: Error, coolDownMs: number): string {
  const pause = `${Math.ceil(coolDownMs / 1_000)} s`;
  return `The API fails too often, so it is not asked for ${pause}. The last failure: ${cause.message}`;
}
