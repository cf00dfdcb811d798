import { setMaxListeners } from "node:events";
import { type EndingSignal, InterruptedError } from "../domain/errors.ts";
import { type Condition, exitCodeOf } from "../domain/exit-codes.ts";

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

/** How a run tells a person how it goes: by lines, on one stream. */
export type Telling = {
  /** Said once, at the first signal. */
  readonly interrupted: string;
  /** Says one line. */
  say(line: string): void;
  readonly stream: "stdout" | "stderr";
};

/** Leaves what is known behind: on stdout, in files, as outputs. */
type LastWords = () => void | Promise<void>;

const CONDITIONS: Readonly<Record<EndingSignal, Condition>> = {
  SIGINT: "sigint",
  SIGTERM: "sigterm",
  SIGHUP: "sighup",
  SIGQUIT: "sigquit",
  SIGBREAK: "sigbreak",
  SIGPIPE: "sigpipe",
};

/** A key (Ctrl-C, Ctrl-\, Ctrl-Break), a supervisor, a terminal that was closed. A system ignores those it does not have. */
const LISTENED: readonly EndingSignal[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK"];

/**
 * What it means that nobody reads any more: a terminal that is gone, or a runner, which reads stdout. Who closes a pipe
 * from stderr, as `| head` does, only reads no further.
 */
function lossOf(code: string | undefined, stream: Telling["stream"]): EndingSignal | null {
  if (code === "EIO") return "SIGHUP";
  return code === "EPIPE" && stream === "stdout" ? "SIGPIPE" : null;
}

/** Lets a run that writes nothing come to its end by itself, which is a matter of milliseconds. */
const LET_IT_END: LastWords = () => new Promise(() => undefined);

/** How long last words may take, in milliseconds. */
const LAST_WORDS_MS = 900;

/** Within so many milliseconds the same signal is the same key: `npm run` hands on what the terminal has sent already. */
const SAME_KEY_MS = 100;

/**
 * Turns the first signal, or the loss of who reads what is told, into an abort with an {@link InterruptedError}; a second
 * signal ends the process once its last words are said, a third one at once.
 */
export function listenForSignals({ interrupted, say, stream }: Telling): Interruption {
  const controller = new AbortController();
  // Every campaign that waits listens: their number is no leak.
  setMaxListeners(0, controller.signal);
  let lastWords = LET_IT_END;
  let ending: NodeJS.Timeout | null = null;
  const abort = (name: EndingSignal) => {
    controller.abort(new InterruptedError(name));
    say(interrupted);
  };
  const isAnother = secondSignals();
  const onSignal = (name: EndingSignal) => {
    const another = isAnother(name);
    if (!controller.signal.aborted) return abort(name);
    if (!another) return;
    const exitCode = exitCodeOf([CONDITIONS[name]]);
    if (ending !== null) process.exit(exitCode);
    ending = endAfter(lastWords, exitCode, say);
  };
  const onLost = ({ code }: NodeJS.ErrnoException) => {
    const name = lossOf(code, stream);
    if (name !== null && !controller.signal.aborted) abort(name);
  };
  // A bug that nobody caught ends the process too, by whoever else listens: what is known is said first.
  const onBug = () => void lastWords();
  for (const name of LISTENED) process.on(name, onSignal);
  const told = stream === "stdout" ? process.stdout : process.stderr;
  told.on("error", onLost);
  process.prependListener("uncaughtException", onBug);
  return {
    signal: controller.signal,
    beforeEnd(words) {
      lastWords = words;
    },
    dispose() {
      for (const name of LISTENED) process.off(name, onSignal);
      told.off("error", onLost);
      process.off("uncaughtException", onBug);
      if (ending !== null) clearTimeout(ending);
    },
  };
}

/** Tells a signal that somebody sent on purpose from one that came along with the one before. */
function secondSignals(): (name: EndingSignal) => boolean {
  let last: { readonly name: EndingSignal; readonly at: number } | null = null;
  return (name) => {
    const before = last;
    last = { name, at: performance.now() };
    // When a terminal closes, the system and the shell both say so.
    if (before === null || name === "SIGHUP") return false;
    return before.name !== name || last.at - before.at > SAME_KEY_MS;
  };
}

/** Whatever happens to the last words, the process ends, and what they wrote to stdout has gone out by then. */
function endAfter(lastWords: LastWords, exitCode: number, say: Telling["say"]): NodeJS.Timeout {
  const end = (): never => process.exit(exitCode);
  const flushed = (): void => void process.stdout.write("", end);
  void Promise.resolve()
    .then(lastWords)
    .then(flushed, (error: unknown) => {
      say(`error: The report could not be told in full: ${String(error)}`);
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
