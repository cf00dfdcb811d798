import { NetworkError } from "../errors.ts";
import type { Clock } from "../ports.ts";

/** What to do with a request: send it, alone or as a trial for others, look again after a while, or give up. */
type Passage =
  | { readonly kind: "go"; readonly as: "usual" | "trial" }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "refused"; readonly error: NetworkError };

/** Keeps a run from hammering a server that fails: a budget of failures, and a pause when it is used up. */
export type Circuit = {
  /** Whether a request may go. A `new` one belongs to a call that has not been sent yet. */
  passage(call: "new" | "tried"): Passage;
  /** The server answered sensibly. */
  succeeded(): void;
  /** Counts a failed attempt; returns the error to give up with when the budget is used up. */
  failed(error: Error, as: "usual" | "trial"): NetworkError | null;
};

const FULL_BUDGET = 18;

/** How long a call that was never sent waits before one of its kind is tried. */
const FIRST_PROBE_MS = 1000;
const PROBE_LOOK_MS = 100;

type Open = {
  readonly error: NetworkError;
  /** No request goes before. */
  readonly until: number;
  /** When one that was never sent is tried. */
  readonly probeAt: number;
  readonly probe: "none" | "under-way" | "failed";
};

const GO: Passage = { kind: "go", as: "usual" };

/**
 * One for the whole run. A failure costs one of 18, a success gives one back. With nothing left, what has failed gives
 * up. What was never sent waits: some campaigns that always fail say nothing of the others, so one of these is tried. Its
 * success opens the way, its failure refuses them all with one error for `coolDownMs`; then a single one may try again.
 */
export function createCircuit(clock: Clock, coolDownMs: number): Circuit {
  let budget = FULL_BUDGET;
  let open: Open | null = null;

  const trip = (cause: Error, as: "usual" | "trial"): NetworkError => {
    const now = clock.monotonic();
    const error = open?.error ?? new NetworkError(explain(cause, coolDownMs), { cause, sent: "withheld" });
    const probe = as === "trial" ? "failed" : (open?.probe ?? "none");
    open = { error, until: now + coolDownMs, probeAt: open?.probeAt ?? now + FIRST_PROBE_MS, probe };
    return error;
  };
  const passNew = (now: number, state: Open): Passage | null => {
    if (state.probe === "failed") return null;
    if (now < state.probeAt) {
      const ms = state.probe === "under-way" ? PROBE_LOOK_MS : state.probeAt - now;
      return { kind: "wait", ms };
    }
    // A trial may come to nothing, being refused for rate or given up by its caller: then another one is made.
    open = { ...state, probe: "under-way", probeAt: now + coolDownMs };
    return { kind: "go", as: "trial" };
  };
  return {
    passage(call) {
      if (open === null) return GO;
      const now = clock.monotonic();
      const passed = call === "new" ? passNew(now, open) : null;
      if (passed !== null) return passed;
      if (now < open.until) return { kind: "refused", error: open.error };
      open = { ...open, until: now + coolDownMs };
      return GO;
    },
    succeeded() {
      budget = Math.min(FULL_BUDGET, budget + 1);
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
