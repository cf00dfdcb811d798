import { whenAborted } from "../patience/aborts.ts";
import { createTokenBreaker, type Lease, type RefusalCause } from "./token-breaker.ts";
import type { TokenSource } from "./token-source.ts";

/** A token to send, or why there is none for this call. The 401 that the call holds says the rest. */
export type Leased =
  | { readonly kind: "lease"; readonly lease: Lease }
  | { readonly kind: "refused"; readonly cause: RefusalCause };

/** Lends the run's token to requests, and learns from their answers whether it is still good. */
export type TokenSession = {
  /**
   * A token to send, or why this call, or the run, gets none. Waits while there is no token, and while a half-open
   * one is with another call.
   *
   * @param call stands for the caller's whole call: the same object over all its repeats.
   * @throws what the token endpoint throws (AccessError where it refuses the client: for the rest of the run), or the
   *   signal's reason.
   */
  lease(call: object, signal?: AbortSignal): Promise<Leased>;
  /** The API looked past the token: any answer but a 401. */
  accepted(lease: Lease): void;
  /** The API answered 401. Release it and ask for another: `lease` then gives one, or says why not. */
  rejected(lease: Lease): void;
  /** The request is over, whatever came of it. */
  release(lease: Lease): void;
};

type Failed = { readonly kind: "failed"; readonly error: unknown };

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
  const breaker = createTokenBreaker(source.renewable, () => othersTry(null));

  function serve(): void {
    for (const waiter of waiting) {
      const answer = answerTo(waiter.call);
      if (answer !== null && waiting.delete(waiter)) settle(waiter, answer);
    }
  }
  /** Null while it must wait. */
  function answerTo(call: object): Leased | Failed | null {
    const known = breaker.refusalCause(call);
    if (known !== null) return { kind: "refused", cause: known };
    const supply = source.supply();
    if (supply.kind === "failed") return supply;
    if (supply.kind === "none-yet") return null;
    breaker.see(supply.token);
    const step = breaker.ask(call, () => othersTry(call));
    switch (step) {
      case "wait":
        return null;
      case "send":
        return { kind: "lease", lease: breaker.lend(supply.token, call) };
      case "undecided":
        return { kind: "refused", cause: step };
      case "replace":
        source.drop(supply.token);
        return answerTo(call);
    }
  }
  function othersTry(call: object | null): boolean {
    for (const other of waiting) if (other.call !== call && breaker.wouldTry(other.call)) return true;
    return false;
  }
  return {
    async lease(call, signal) {
      signal?.throwIfAborted();
      // Nearly always at once, without a place in the line.
      const answer = waiting.size === 0 ? answerTo(call) : null;
      if (answer === null) return waitInLine({ waiting, serve }, call, signal);
      if (answer.kind === "failed") throw answer.error;
      return answer;
    },
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

function settle({ resolve, reject }: Waiter, answer: Leased | Failed): void {
  if (answer.kind === "failed") reject(answer.error);
  else resolve(answer);
}

/** Resolves or rejects when it is served; an abort leaves the line at once. */
async function waitInLine(
  { waiting, serve }: { readonly waiting: Set<Waiter>; readonly serve: () => void },
  call: object,
  signal: AbortSignal | undefined,
): Promise<Leased> {
  let unwatch = (): void => {};
  try {
    return await new Promise<Leased>((resolve, reject) => {
      const waiter = { call, resolve, reject };
      unwatch = whenAborted(signal, () => {
        // Who was served just before has a lease, and must give it back.
        if (!waiting.delete(waiter)) return;
        reject(signal?.reason);
        serve();
      });
      waiting.add(waiter);
      serve();
    });
  } finally {
    unwatch();
  }
}
