import { setMaxListeners } from "node:events";
import type { AccessError, ApiError } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";
import type { Lane } from "./lane.ts";

/** What keeps further requests from being sent: refused credentials for ever, a refusal for rate for its time. */
export type Stops = {
  /** Stops every lane for the rest of the run and wakes the sleepers. Returns the first such error. */
  stopAll(error: AccessError): AccessError;
  /** Stops one lane until its refusal for rate is over, or for as long as the run lasts. */
  stopLane(lane: Lane, ms: number, error: ApiError): void;
  /** @throws the error that stopped this lane. */
  throwIfStopped(lane: Lane): void;
  /** Sleeps before a repeat; rejects at once with the signal's reason or the error that stopped the run. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
};

/** One for the whole run. */
export function createStops(clock: Clock): Stops {
  const all = new AbortController();
  // Every sleeper listens to it.
  setMaxListeners(0, all.signal);
  const byLane = new Map<Lane, { readonly error: ApiError; readonly until: number }>();
  return {
    stopAll(error) {
      // Aborting again changes nothing, so the first reason stays.
      all.abort(error);
      return all.signal.reason;
    },
    stopLane(lane, ms, error) {
      byLane.set(lane, { error, until: clock.monotonic() + ms });
    },
    throwIfStopped(lane) {
      all.signal.throwIfAborted();
      const stop = byLane.get(lane);
      if (stop !== undefined && clock.monotonic() < stop.until) throw stop.error;
    },
    sleep(ms, signal) {
      if (ms === 0) return Promise.resolve();
      return clock.sleep(ms, signal === undefined ? all.signal : AbortSignal.any([signal, all.signal]));
    },
  };
}
