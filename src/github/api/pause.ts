import type { Clock } from "../../domain/ports.ts";

/** A pause that a signal ends early and without an error: whoever paused looks at the signal before the next request. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
