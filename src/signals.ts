import { setMaxListeners } from "node:events";
import { type Condition, exitCodeOf, InterruptedError } from "./errors.ts";

/** The signal that ends a run, and what to do when the run is over. */
export type Interruption = {
  readonly signal: AbortSignal;
  /**
   * Sets what a second signal, or an error that nobody caught, still does before the process ends: in under a second.
   * Else a second signal lets the run end.
   */
  beforeEnd(lastWords: LastWords): void;
  dispose(): void;
};

/** Leaves what is known behind: on stdout, in files, as outputs. */
type LastWords = () => void | Promise<void>;

const CONDITIONS = { SIGINT: "sigint", SIGTERM: "sigterm" } as const;

/** Lets a run that writes nothing come to its end by itself, which is a matter of milliseconds. */
const LET_IT_END: LastWords = () => new Promise(() => undefined);

/** How long last words may take, in milliseconds. */
const LAST_WORDS_MS = 900;

/**
 * Turns the first SIGINT or SIGTERM into an abort with an {@link InterruptedError}; a second one ends the process once its
 * last words are said, a third one at once.
 *
 * @param tell is told once, at the first signal.
 */
export function listenForSignals(tell: () => void): Interruption {
  const controller = new AbortController();
  // Every campaign that waits listens: their number is no leak.
  setMaxListeners(0, controller.signal);
  let lastWords = LET_IT_END;
  let ending: NodeJS.Timeout | null = null;
  const onSignal = (name: "SIGINT" | "SIGTERM") => {
    if (!controller.signal.aborted) {
      controller.abort(new InterruptedError(name));
      tell();
      return;
    }
    const exitCode = exitCodeOf([CONDITIONS[name]]);
    if (ending !== null) process.exit(exitCode);
    ending = endAfter(lastWords, exitCode);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // A bug that nobody caught ends the process too, by whoever else listens: what is known is said first.
  const onBug = () => void lastWords();
  process.prependListener("uncaughtException", onBug);
  return {
    signal: controller.signal,
    beforeEnd(words) {
      lastWords = words;
    },
    dispose() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
      process.off("uncaughtException", onBug);
      if (ending !== null) clearTimeout(ending);
    },
  };
}

/** Whatever happens to the last words, the process ends, and what they wrote to stdout has gone out by then. */
function endAfter(lastWords: LastWords, exitCode: number): NodeJS.Timeout {
  const end = (): never => process.exit(exitCode);
  const flushed = (): void => void process.stdout.write("", end);
  void Promise.resolve()
    .then(lastWords)
    .then(flushed, (error: unknown) => {
      process.stderr.write(`error: The report could not be told in full: ${String(error)}\n`);
      flushed();
    });
  return setTimeout(end, LAST_WORDS_MS);
}

/** The exit code of a run that came to its end, interrupted or not. */
export function exitCodeAfter(conditions: readonly Condition[], signal: AbortSignal): number {
  return exitCodeOf([...conditions, ...interruptionOf(signal)]);
}

/** What an abort by {@link listenForSignals} says about the exit code; nothing when there was none. */
function interruptionOf(signal: AbortSignal): readonly Condition[] {
  const { reason } = signal;
  if (!(reason instanceof InterruptedError) || reason.signalName === null) return [];
  return [CONDITIONS[reason.signalName]];
}
