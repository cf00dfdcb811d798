import { setMaxListeners } from "node:events";
import { InterruptedError } from "../domain/errors.ts";

/**
 * Does work under a signal whose reason is always an {@link InterruptedError}: a caller's own may abort for any reason, a
 * time-out among them, and that ends a run as Ctrl-C does.
 *
 * @param work is also given what to end itself with.
 */
export async function interruptibly<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal, interrupt: (cause: unknown) => void) => Promise<T>,
): Promise<T> {
  const interruption = new AbortController();
  // Every campaign that waits listens: their number is no leak.
  setMaxListeners(0, interruption.signal);
  const interrupt = (cause: unknown): void => interruption.abort(interruptionOf(cause));
  const abort = (): void => interrupt(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  try {
    return await work(interruption.signal, interrupt);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function interruptionOf(reason: unknown): InterruptedError {
  return reason instanceof InterruptedError ? reason : new InterruptedError(null, { cause: reason });
}
