import { TimeoutError } from "../errors.ts";
import type { Clock } from "../ports.ts";

/** Runs work that ends with a {@link TimeoutError} after `ms`, or with the signal's reason. */
export async function withDeadline<T>(
  ms: number,
  clock: Clock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const over = new AbortController();
  clock.sleep(ms, over.signal).then(
    () => late.abort(new TimeoutError("No answer came within the time to wait.")),
    () => undefined,
  );
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } finally {
    over.abort();
  }
}

/** Runs work that a first interruption does not cut off, but that then has only `ms` left. */
export async function withGrace<T>(
  ms: number,
  clock: Clock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const over = new AbortController();
  const onAbort = () =>
    void clock.sleep(ms, over.signal).then(
      () => late.abort(signal.reason),
      () => undefined,
    );
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await work(late.signal);
  } finally {
    signal.removeEventListener("abort", onAbort);
    over.abort();
  }
}
