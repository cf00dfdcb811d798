import type { Token } from "./token-source.ts";

/** A token lent to one request of a call. `lentAs`: freely, or alone, while the token is half-open. */
export type Lease = {
  readonly value: string;
  readonly token: Token;
  readonly call: object;
  readonly lentAs: "closed" | "half-open";
};

/**
 * Why a call gets no token any more. `final`: a token that nobody has had accepted was refused, so no call will get one.
 * `own`: others were accepted with the token that this call was refused on, so the 401 is about the call. `undecided`:
 * the call was refused on a new token too and nobody else is there to try it; the next call that comes decides.
 */
export type RefusalCause = "final" | "own" | "undecided";

/** What a call that wants to send does with the token. `replace`: the token is over, another one is needed. */
type Step = "send" | "wait" | "replace" | "undecided";

/** Tells from 401s and other answers whether a token is over, or all of them, or only one call is refused. */
export type TokenBreaker = {
  /** The latest token; null where there is none. */
  see(token: Token | null): void;
  /** What holds for a call whatever token there is. */
  refusalCause(call: object): "final" | "own" | null;
  /** @param othersTry whether another call waits that would try the token. */
  ask(call: object, othersTry: () => boolean): Step;
  /** Whether a call, given its turn, would try the token: not if it was refused on it. */
  wouldTry(call: object): boolean;
  lend(token: Token, call: object): Lease;
  accepted(lease: Lease): void;
  /** Says whether the token is over and another one can be had. */
  rejected(lease: Lease): "keep" | "replace";
  release(lease: Lease): void;
};

/**
 * So many different calls must be refused, with none accepted in between, before no call will do. Where no token of the
 * run was ever accepted one is enough. Else two campaigns that are refused whatever the token may stand side by side:
 * while somebody waits who has not been refused, up to four try.
 */
const FINAL = { first: 1, later: 2, whileOthersWait: 4 } as const;

/**
 * A token is closed, as a circuit is, while nothing speaks against it: all may send it at once. A 401 on a token that
 * was accepted is its end, and the one that replaces it is half-open: one request at a time tries it, so that a server
 * that refuses every token is not asked by all of them again. A refusal of a token that was never accepted, or that
 * cannot be replaced, makes it half-open too. An acceptance closes it, and then the refused calls know that the fault is
 * their own. So many different calls refused in a row end it for the run, unless it was accepted before and can be
 * replaced.
 *
 * @param othersWait whether anybody waits who would try the token.
 */
export function createTokenBreaker(renewable: boolean, othersWait: () => boolean): TokenBreaker {
  const calls = createCallRecords();
  let token: Token | null = null;
  let state: Lease["lentAs"] = "closed";
  let accepted: "none" | "earlier" | "this" = "none";
  let inFlight = 0;

  const isReplaceable = () => renewable && accepted === "this";
  const isRefusedEnough = () => calls.count() >= refusalsToEnd(accepted, othersWait);
  const isFinal = () => inFlight === 0 && !isReplaceable() && isRefusedEnough();
  const replace = (): "replace" => {
    calls.forget();
    state = "half-open";
    token = null;
    return "replace";
  };
  return {
    see(latest) {
      if (latest === null || latest === token) return;
      token = latest;
      inFlight = 0;
      // Who was refused on a token that was good once has nothing against this one.
      if (accepted === "this") calls.forget();
      if (accepted === "this") accepted = "earlier";
    },
    refusalCause: (call) => (isFinal() ? "final" : calls.isOwn(call) ? "own" : null),
    wouldTry: (call) => !calls.isRefused(call) && !calls.isOwn(call),
    ask(call, othersTry) {
      if (state === "closed") return "send";
      if (inFlight > 0) return "wait";
      if (!calls.isRefused(call)) return "send";
      if (othersTry()) return "wait";
      return isReplaceable() && calls.refusals(call) < MOST_REFUSALS ? replace() : "undecided";
    },
    lend(lent, call) {
      inFlight += 1;
      return { value: lent.value, token: lent, call, lentAs: state };
    },
    accepted(lease) {
      calls.accepted(lease.call);
      if (accepted === "none") accepted = "earlier";
      // Sent before the token that had been accepted was refused: says nothing of it as it is now.
      const isOld = accepted === "this" && state === "half-open" && lease.lentAs === "closed";
      if (isOld || lease.token !== token) return;
      calls.areOwn();
      state = "closed";
      accepted = "this";
    },
    rejected(lease) {
      const times = calls.refused(lease.call, lease.token === token ? "this token" : "another");
      if (lease.token !== token) return "keep";
      if (state === "closed" && isReplaceable() && times === 1 && !calls.anyOwn()) return replace();
      state = "half-open";
      return isReplaceable() && calls.count() > 1 ? replace() : "keep";
    },
    release(lease) {
      if (lease.token === token) inFlight -= 1;
    },
  };
}

function refusalsToEnd(accepted: "none" | "earlier" | "this", othersWait: () => boolean): number {
  if (accepted === "none") return FINAL.first;
  return othersWait() ? FINAL.whileOthersWait : FINAL.later;
}

/** Refused so often with nothing accepted in between, a call is no reason for one more token. */
const MOST_REFUSALS = 3;

/** What is known of calls. Once a 401 was a call's own, the next one is held against its call first. */
function createCallRecords() {
  /** Refused on the token since it was last accepted. */
  const refused = new Set<object>();
  /** How often each was refused since it was accepted itself. */
  const refusals = new WeakMap<object, number>();
  const own = new WeakSet<object>();
  let anyOwn = false;
  return {
    isRefused: (call: object) => refused.has(call),
    count: () => refused.size,
    forget: () => refused.clear(),
    refusals: (call: object) => refusals.get(call) ?? 0,
    refused(call: object, on: "this token" | "another"): number {
      const times = (refusals.get(call) ?? 0) + 1;
      refusals.set(call, times);
      if (on === "this token") refused.add(call);
      return times;
    },
    accepted: (call: object) => void refusals.delete(call),
    /** The token is good, so the 401s of those that it refused are about them. */
    areOwn(): void {
      anyOwn ||= refused.size > 0;
      for (const call of refused) own.add(call);
      refused.clear();
    },
    isOwn: (call: object) => own.has(call),
    anyOwn: () => anyOwn,
  };
}
