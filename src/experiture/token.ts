import { createTokenBreaker, type Lease, type Verdict } from "./token-breaker.ts";
import type { TokenSource } from "./token-source.ts";

export type { Lease };

/** A token to send, or why there is none for this call. The 401 that the call holds says the rest. */
export type Leased =
  | { readonly kind: "lease"; readonly lease: Lease }
  | { readonly kind: "refused"; readonly verdict: Verdict };

/** Lends the run's token to requests, and learns from their answers whether it is still good. */
export type TokenSession = {
  /**
   * A token to send, or the verdict on this call or on the run. Waits while there is no token, and while a half-open
   * one is with another call.
   *
   * @param call stands for the caller's whole call: the same object over all its repeats.
   * @throws what the token endpoint throws (AccessError where it refuses the client: for the rest of the run), or the
   *   signal's reason.
   */
  lease(call: object, signal?: AbortSignal): Promise<Leased>;
  /** The API looked past the token: any answer but a 401. */
  accepted(lease: Lease): void;
  /** The API answered 401. Release it and ask for another: `lease` then gives one, or the verdict. */
  rejected(lease: Lease): void;
  /** The request is over, whatever came of it. */
  release(lease: Lease): void;
};

type Waiter = {
  readonly call: object;
  readonly resolve: (leased: Leased) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * One line for all who wait, served in the order in which they came.
 *
 * @param openSource is given what to call when there is a token, or the failure to get one.
 */
export function createTokenSession(openSource: (changed: () => void) => TokenSource): TokenSession {
  const waiting = new Set<Waiter>();
  const source = openSource(serve);
  const breaker = createTokenBreaker(source.renewable);

  function serve(): void {
    for (const waiter of waiting) if (isServed(waiter)) waiting.delete(waiter);
  }
  function isServed(waiter: Waiter): boolean {
    const { call, resolve, reject } = waiter;
    const known = breaker.verdictOn(call);
    if (known !== null) return served(resolve, { kind: "refused", verdict: known });
    const supply = source.supply();
    if (supply.kind === "failed") return served(reject, supply.error);
    if (supply.kind === "none-yet") return false;
    breaker.see(supply.token);
    const step = breaker.ask(call, () => othersTry(call));
    switch (step) {
      case "wait":
        return false;
      case "send":
        return served(resolve, { kind: "lease", lease: breaker.lend(supply.token, call) });
      case "undecided":
        return served(resolve, { kind: "refused", verdict: step });
      case "replace":
        source.drop(supply.token);
        return isServed(waiter);
    }
  }
  function othersTry(call: object): boolean {
    for (const other of waiting) if (other.call !== call && breaker.wouldTry(other.call)) return true;
    return false;
  }
  return {
    lease: (call, signal) => waitInLine({ waiting, serve }, call, signal),
    accepted(lease) {
      breaker.see(source.latest());
      breaker.accepted(lease);
    },
    rejected(lease) {
      breaker.see(source.latest());
      if (breaker.rejected(lease) === "replace") source.drop(lease.token);
    },
    release(lease) {
      breaker.see(source.latest());
      breaker.release(lease);
      serve();
    },
  };
}

/** Resolves or rejects when it is served; an abort leaves the line at once. */
async function waitInLine(
  { waiting, serve }: { readonly waiting: Set<Waiter>; readonly serve: () => void },
  call: object,
  signal: AbortSignal | undefined,
): Promise<Leased> {
  signal?.throwIfAborted();
  let abort = (): void => {};
  try {
    return await new Promise<Leased>((resolve, reject) => {
      const waiter = { call, resolve, reject };
      abort = () => {
        // Who was served just before has a lease, and must give it back.
        if (!waiting.delete(waiter)) return;
        reject(signal?.reason);
        serve();
      };
      signal?.addEventListener("abort", abort, { once: true });
      waiting.add(waiter);
      serve();
    });
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

function served<T>(settle: (value: T) => void, value: T): true {
  settle(value);
  return true;
}
