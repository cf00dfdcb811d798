import { setMaxListeners } from "node:events";
import type { WriteGuard } from "../domain/ports.ts";
import { createStops } from "../patience/stops.ts";
import type { Accepted } from "./answers.ts";
import type { Shared, TransportParts } from "./call.ts";
import type { Rank } from "./line.ts";
import { perform } from "./perform.ts";

/** Where a read stands in line, and by when it must have had its turn (monotonic milliseconds; null for no such time). */
type Standing = { readonly rank: Rank; readonly by: number | null };

/** The two calls that this program makes, each with all its waiting and repeating. */
export type Transport = {
  /** GET below the base URL. The signal ends it at any time. */
  read(path: string, signal: AbortSignal | undefined, standing: Standing): Promise<Accepted>;
  /** PUT below the base URL. The signal ends only the wait for a turn or a repeat; what is under way is not cut. */
  write(path: string, body: string, guard: WriteGuard, signal: AbortSignal | undefined): Promise<Accepted>;
};

/** Joins the parts. Sends nothing by itself. */
export function createTransport(parts: TransportParts): Transport {
  const stops = createStops(parts.clock);
  const shared: Shared = {
    ...parts,
    stops,
    acceptedAt: { GET: 0, PUT: 0 },
    throttled: "never",
    refusal: null,
  };
  const listened = (signal: AbortSignal | undefined): AbortSignal | undefined => {
    // One signal ends a whole run, so many calls listen to it at once: no leak, and no warning wanted.
    if (signal !== undefined) setMaxListeners(0, signal);
    return signal;
  };
  return {
    read: (path, signal, standing) =>
      perform(shared, {
        method: "GET",
        path,
        scope: "campaigns:read",
        body: null,
        signal: listened(signal),
        guard: null,
        ...standing,
      }),
    write: (path, body, guard, signal) =>
      perform(shared, {
        method: "PUT",
        path,
        scope: "campaigns:update",
        body,
        signal: listened(signal),
        rank: "write",
        by: null,
        guard,
      }),
  };
}
