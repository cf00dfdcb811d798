import { NetworkError } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";

/** What to do with a request: send it, alone or to try for the others (`half-open`), look again later, or give up. */
type Admission =
  | { readonly kind: "go"; readonly as: Admitted }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "refused"; readonly error: NetworkError };

/** How a request was let through: as usual, or as the one that tries whether the server is back. */
export type Admitted = "usual" | "half-open";

/** Keeps a run from hammering a server that fails: a budget of failures, and a pause when it is used up. */
export type Breaker = {
  /** Whether a request may go. A `new` one belongs to a call that has not been sent yet. */
  admit(call: "new" | "tried"): Admission;
  /** The request that was let through was not sent after all. */
  unsent(as: Admitted): void;
  /** The server answered sensibly. */
  succeeded(): void;
  /** Counts a failed attempt; returns the error to give up with when the budget is used up. */
  failed(error: Error, as: Admitted): NetworkError | null;
};

const BUDGET = 18;

/** How long a call that was never sent waits before one of its kind is tried. */
const HALF_OPEN_MS = 1000;
const LOOK_AGAIN_MS = 100;

type Open = {
  readonly error: NetworkError;
  /** No request goes before. */
  readonly until: number;
  /** When one that was never sent is tried. */
  readonly halfOpenAt: number;
  readonly halfOpen: "not-yet" | "under-way" | "failed";
};

const GO: Admission = { kind: "go", as: "usual" };

/**
 * One for all requests of a kind. A failure costs one of 18, a success gives one back. With nothing left it opens: what
 * has failed gives up. What was never sent waits: some campaigns that always fail say nothing of the others, so one of
 * these is tried, half-open. Its success closes the breaker, its failure refuses them all with one error for
 * `coolDownMs`; then a single one may try again.
 */
export function createBreaker(clock: Clock, coolDownMs: number): Breaker {
  let budget = BUDGET;
  let open: Open | null = null;

  const trip = (cause: Error, as: Admitted): NetworkError => {
    const now = clock.monotonic();
    const error = open?.error ?? new NetworkError(explain(cause, coolDownMs), { cause, sent: "withheld" });
    const halfOpen = as === "half-open" ? "failed" : (open?.halfOpen ?? "not-yet");
    open = { error, until: now + coolDownMs, halfOpenAt: open?.halfOpenAt ?? now + HALF_OPEN_MS, halfOpen };
    return error;
  };
  const admitNew = (now: number, state: Open): Admission | null => {
    if (state.halfOpen === "failed") return null;
    if (now < state.halfOpenAt) {
      const ms = state.halfOpen === "under-way" ? LOOK_AGAIN_MS : state.halfOpenAt - now;
      return { kind: "wait", ms };
    }
    // The one that tries may be refused for rate, or given up by its caller: then another one tries.
    open = { ...state, halfOpen: "under-way", halfOpenAt: now + coolDownMs };
    return { kind: "go", as: "half-open" };
  };
  return {
    admit(call) {
      if (open === null) return GO;
      const now = clock.monotonic();
      const admitted = call === "new" ? admitNew(now, open) : null;
      if (admitted !== null) return admitted;
      if (now < open.until) return { kind: "refused", error: open.error };
      open = { ...open, until: now + coolDownMs };
      return GO;
    },
    unsent(as) {
      if (open === null) return;
      const now = clock.monotonic();
      open = as === "half-open" ? { ...open, halfOpen: "not-yet", halfOpenAt: now } : { ...open, until: now };
    },
    succeeded() {
      budget = Math.min(BUDGET, budget + 1);
      open = null;
    },
    failed(error, as) {
      if (budget === 0) return trip(error, as);
      budget -= 1;
      return null;
    },
  };
}

function explain(cause: Error, coolDownMs: number): string {
  const pause = `${Math.ceil(coolDownMs / 1_000)} s`;
  return `The API fails too often, so it is not asked for ${pause}. The last failure: ${cause.message}`;
}
