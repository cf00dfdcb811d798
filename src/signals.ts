import { setMaxListeners } from "node:events";
import { type Condition, exitCodeOf, InterruptedError } from "./errors.ts";

/** The signal that ends a run, and what to do when the run is over. */
export type Interruption = { readonly signal: AbortSignal; dispose(): void };

const CONDITIONS = { SIGINT: "sigint", SIGTERM: "sigterm" } as const;

/**
 * Turns the first SIGINT or SIGTERM into an abort with an {@link InterruptedError}; a second one ends the process at once.
 *
 * @param tell is told once, at the first signal.
 */
export function listenForSignals(tell: () => void): Interruption {
  const controller = new AbortController();
  // Every campaign that waits listens: their number is no leak.
  setMaxListeners(0, controller.signal);
  const onSignal = (name: "SIGINT" | "SIGTERM") => {
    if (controller.signal.aborted) process.exit(exitCodeOf([CONDITIONS[name]]));
    controller.abort(new InterruptedError(name));
    tell();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    dispose() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}

/** The exit code of a run that came to its end, interrupted or not. */
export function exitCodeAfter(conditions: readonly Condition[], signal: AbortSignal): number {
  return exitCodeOf([...conditions, ...interruptionOf(signal)]);
}

/** What an abort by {@link listenForSignals} says about the exit code; nothing when there was none. */
function interruptionOf(signal: AbortSignal): readonly Condition[] {
  if (!(signal.reason instanceof InterruptedError)) return [];
  return [CONDITIONS[signal.reason.signalName]];
}
