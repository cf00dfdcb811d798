import { TimeoutError } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";

/** Runs work that ends with a {@link TimeoutError} after `ms`, or with the signal's reason. */
export async function withDeadline<T>(
  ms: number,
  clock: Clock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timer = createTimer(ms, clock);
  timer.start(() => new TimeoutError("No answer came within the time to wait."));
  try {
    return await work(AbortSignal.any([signal, timer.signal]));
  } finally {
    timer.stop();
  }
}

/** Runs work that a first interruption does not cut off, but that then has only `ms` left. */
export async function withGrace<T>(
  ms: number,
  clock: Clock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timer = createTimer(ms, clock);
  const onAbort = () => timer.start(() => signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort);
  try {
    return await work(timer.signal);
  } finally {
    signal.removeEventListener("abort", onAbort);
    timer.stop();
  }
}

/** A signal that aborts `ms` after the start, unless it was stopped by then. */
function createTimer(ms: number, clock: Clock) {
  const late = new AbortController();
  const over = new AbortController();
  return {
    signal: late.signal,
    start(reason: () => unknown): void {
      clock.sleep(ms, over.signal).then(
        () => late.abort(reason()),
        () => undefined,
      );
    },
    stop: () => over.abort(OVER),
  };
}

/** Nobody is told it. Where none is given, each call would make one with its whole trace. */
const OVER = new Error("The work is over.");
