import { setMaxListeners } from "node:events";
import type { AccessError, ApiError } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";

type Method = "GET" | "PUT";

/** What keeps further requests from being sent: refused credentials for ever, a refusal for rate for its time. */
export type Stops = {
  /** Stops every method for the rest of the run and wakes the sleepers. Returns the first such error. */
  stopAll(error: AccessError): AccessError;
  /** Stops one method until its refusal for rate is over: rate classes are independent (API sheet, 4). */
  stopUntil(method: Method, waitMs: number, error: ApiError): ApiError;
  /** @throws the error that stopped this method. */
  throwIfStopped(method: Method): void;
  /** Sleeps before a repeat; rejects at once with the signal's reason or the error that stopped the run. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
};

/** One for the whole run. */
export function createStops(clock: Clock): Stops {
  const all = new AbortController();
  // Every sleeper listens to it.
  setMaxListeners(0, all.signal);
  const byMethod = new Map<Method, { readonly error: ApiError; readonly until: number }>();
  return {
    stopAll(error) {
      // Aborting again changes nothing, so the first reason stays.
      all.abort(error);
      return all.signal.reason;
    },
    stopUntil(method, waitMs, error) {
      byMethod.set(method, { error, until: clock.monotonic() + waitMs });
      return error;
    },
    throwIfStopped(method) {
      all.signal.throwIfAborted();
      const stop = byMethod.get(method);
      if (stop !== undefined && clock.monotonic() < stop.until) throw stop.error;
    },
    sleep(ms, signal) {
      if (ms === 0) return Promise.resolve();
      return clock.sleep(ms, signal === undefined ? all.signal : AbortSignal.any([signal, all.signal]));
    },
  };
}
