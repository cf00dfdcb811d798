import { setMaxListeners } from "node:events";
import { type Condition, InterruptedError } from "./errors.ts";

/** The signal that ends a run, and what to do when the run is over. */
export type Interruption = { readonly signal: AbortSignal; dispose(): void };

/** Exit codes by convention: 128 and the signal's number. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

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
    if (controller.signal.aborted) process.exit(CODES[name]);
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

/** What an abort by {@link listenForSignals} says about the exit code; nothing when there was none. */
export function interruptionOf(signal: AbortSignal): readonly Condition[] {
  if (!(signal.reason instanceof InterruptedError)) return [];
  return [signal.reason.signalName === "SIGINT" ? "sigint" : "sigterm"];
}
