import { AccessError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { abortable } from "./abortable.ts";

/** A token as the endpoint gave it, to be renewed after so many milliseconds from its request. */
export type FreshToken = { readonly value: string; readonly renewAfterMs: number };

/** A token lent to one request. Give it back with `release`. */
type Lease = { readonly value: string; readonly generation: number };

/** Lends the run's token to requests and renews it. */
export type TokenSession = {
  /** A token to send. Waits for a renewal that is under way, and behind the one request that tries an unproven one. */
  lease(signal?: AbortSignal): Promise<Lease>;
  /** The API took the token. */
  accepted(lease: Lease): void;
  /** The API answered 401. `renewed`: another token is there or can be had; `final`: no token will do. */
  rejected(lease: Lease): "renewed" | "final";
  /** The request is over; whoever waits for its verdict goes on. */
  release(lease: Lease): void;
};

/** A ready token: used as it is, and nothing can be done when it is refused. */
export function createReadySession(token: string): TokenSession {
  const lease: Lease = { value: token, generation: 0 };
  return {
    lease: async () => lease,
    accepted: () => {},
    rejected: () => "final",
    release: () => {},
  };
}

/**
 * Tokens from the token endpoint: cached, renewed before they expire and once after a 401, one request for all who
 * wait. A token that replaces a refused one is unproven: a single request tries it while the others wait, so that a
 * server that refuses every token is not asked by all of them again.
 *
 * @param coolDownMs how long a failure of the token endpoint is the answer for everybody.
 */
export function createClientSession(
  fetchToken: () => Promise<FreshToken>,
  clock: Clock,
  coolDownMs: number,
): TokenSession {
  const cache = createCache(fetchToken, clock, coolDownMs);
  let unproven = false;
  let probe: Probe | null = null;
  return {
    async lease(signal) {
      for (;;) {
        signal?.throwIfAborted();
        const lease = await abortable(cache.obtain(), signal);
        if (!unproven) return lease;
        if (probe === null) {
          probe = createProbe(lease);
          return lease;
        }
        await abortable(probe.over, signal);
      }
    },
    accepted(lease) {
      if (cache.isLatest(lease)) unproven = false;
    },
    rejected(lease) {
      if (!cache.isLatest(lease)) return "renewed";
      if (unproven) return "final";
      cache.drop();
      unproven = true;
      return "renewed";
    },
    release(lease) {
      if (probe?.lease !== lease) return;
      probe.end();
      probe = null;
    },
  };
}

/** Keeps the latest token and gets another when it is time. A generation begins when its token is asked for. */
type Cache = {
  obtain(): Promise<Lease>;
  isLatest(lease: Lease): boolean;
  /** Forgets the token, so that the next `obtain` asks for another. */
  drop(): void;
};

function createCache(fetchToken: () => Promise<FreshToken>, clock: Clock, coolDownMs: number): Cache {
  let generation = 0;
  let current: { readonly lease: Lease; readonly renewAt: number } | null = null;
  let fetching: Promise<Lease> | null = null;
  let failure: { readonly error: unknown; readonly until: number } | null = null;

  const renew = async (): Promise<Lease> => {
    const begun = clock.monotonic();
    generation += 1;
    const mine = generation;
    try {
      const fresh = await fetchToken();
      const lease: Lease = { value: fresh.value, generation: mine };
      current = { lease, renewAt: begun + fresh.renewAfterMs };
      return lease;
    } catch (error) {
      // Refused credentials will not get better in this run; a failing endpoint may.
      const pauseMs = error instanceof AccessError ? Number.POSITIVE_INFINITY : coolDownMs;
      failure = { error, until: clock.monotonic() + pauseMs };
      throw error;
    } finally {
      fetching = null;
    }
  };
  return {
    async obtain() {
      const now = clock.monotonic();
      if (current !== null && now < current.renewAt) return current.lease;
      if (fetching === null && failure !== null && now < failure.until) throw failure.error;
      fetching ??= renew();
      return fetching;
    },
    isLatest: (lease) => lease.generation === generation,
    drop() {
      current = null;
      generation += 1;
    },
  };
}

type Probe = { readonly lease: Lease; readonly over: Promise<void>; readonly end: () => void };

function createProbe(lease: Lease): Probe {
  let end: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { lease, over, end };
}
