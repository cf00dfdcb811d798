import { checkParallelism } from "../text/option-values.ts";
import { type BlindRefusals, createBlindRefusals } from "./blind-refusals.ts";

/** How fast to send: learned from what the server accepts and refuses for rate. Knows no clock: it is told the time. */
export type Pace = {
  /** Most requests in flight at this moment. */
  inFlight(): number;
  /** Milliseconds from one request to the next; 0 while nothing was refused. */
  intervalMs(now: number): number;
  /** A request was answered and not refused for rate. Times are monotonic milliseconds. */
  accepted(sentAt: number): void;
  /** A request was refused for rate. */
  refused(sentAt: number, now: number): void;
};

/** In flight at first, and how many acceptances allow one more: so few are under way when the first is refused. */
const START = { inFlight: 8, acceptedForOneMore: 8 } as const;

/** What is tried after the first refusal, of a rate that still counts what the server had in store; or had not. */
const FIRST_TRY = { stored: 0.1, bare: 0.8 } as const;

/** Milliseconds. Where nothing was sent for longer, somebody was asked, or requests hung: that shows no rate. */
const PAUSE_MS = 5_000;

/** So many acceptances double the rate: from nothing known, from one measure to the second, and without a store. */
const DOUBLING = { guess: 9, approach: 24, bare: 500 } as const;

/** No rate grows by more between two refusals: then something else than a rate holds the requests up. */
const MOST_DOUBLINGS = 10;

/** With fewer acceptances between two refusals their time measures nothing: it goes on counting. */
const MEASURES = 6;

/** With so many a measure is worth falling back to, when the rate above it is refused at once. */
const LONG = 20;

/** What is sent of a measured rate. */
const MARGIN = 0.97;

/** Refused while sending at a rate: by a measure it falls to no less than this part, and without one to no more. */
const FALL = { guess: 0.45, approach: 0.7, measured: 0.85, unmeasured: 0.7 } as const;

/**
 * With so few acceptances of what went before the first refusal the server is taken to have nothing in store. Then a
 * request is refused as soon as the rate is at the limit, or two arrive a little too close, and no measure says more
 * than that: the rate falls to this part and soon grows again.
 */
const BARE = { accepted: 1, fall: { guess: 0.8, bare: 0.92 } } as const;

/** One request a second, in requests a millisecond: the refusals themselves say how long to wait. */
const SLOWEST = 0.001;

/**
 * Once measured, the rate grows with the cube of what passed since: by `growth` at so many acceptances or so long. With
 * the time it also grows where nothing is in store, or a limit that is shared no longer would be found out too late. Time
 * in which little was accepted shows little: so many acceptances are needed for each time the rate that is added.
 */
const PROBE = { accepted: 110, ms: 4_400, growth: 0.05, acceptedForOnceMore: 5 } as const;

/** What is known once a request was refused. */
type Learned = {
  /** Requests a millisecond, right after the last refusal. */
  rate: number;
  /** How well the rate is known; `bare` is all that can be known where nothing is in store. */
  kind: "guess" | "approach" | "measured" | "bare";
  acceptedSince: number;
  /** The first refusal, and how many were accepted of what was sent before it. */
  readonly first: { readonly at: number; accepted: number };
  /** The last refusal that a measure began with: the server's allowance was used up then. */
  measure: { from: number; accepted: number; pausedMs: number };
  /** The rate that the last measure came to; 0 where it was short, or was fallen back to. */
  fallBack: number;
  /** What was sent before went at the old rate: its refusal says nothing new. */
  changedAt: number;
  readonly blind: BlindRefusals;
};

/**
 * Paces nothing before the first refusal, but lets the number in flight grow from a few to `parallelism`. A refusal
 * says that the server's allowance is used up: what it accepts between two of them, over their time, is its rate, at
 * least where it stores allowance. What is sent stays a little below, and grows again slowly, since an allowance may be
 * raised, or be shared no longer.
 *
 * @throws UsageError for a parallelism with which nothing could be sent.
 */
export function createPace(parallelism: number): Pace {
  checkParallelism(parallelism);
  let accepted = 0;
  const busy = createBusyTime();
  let learned: Learned | null = null;
  return {
    inFlight() {
      if (learned !== null) return parallelism;
      return Math.min(parallelism, START.inFlight + Math.floor(accepted / START.acceptedForOneMore));
    },
    intervalMs: (now) => (learned === null ? 0 : 1 / currentRate(learned, now)),
    accepted(sentAt) {
      accepted += 1;
      const pausedMs = busy.sent(sentAt);
      if (learned === null) return;
      learned.measure.pausedMs += pausedMs;
      if (sentAt < learned.first.at) learned.first.accepted += 1;
      learned.acceptedSince += 1;
      learned.measure.accepted += 1;
      learned.blind.accepted(sentAt);
    },
    refused(sentAt, now) {
      const pausedMs = busy.sent(sentAt);
      if (learned === null) {
        learned = guess(accepted, busy.until(now), now);
        return;
      }
      learned.measure.pausedMs += pausedMs;
      const rate = currentRate(learned, now);
      const advice = learned.blind.refused(rate, now);
      if (typeof advice === "object") resume(learned, advice.resumeAt, now);
      else if (advice === "slow-down" && sentAt >= learned.changedAt) learn(learned, rate, now);
    },
  };
}

/** How long there was something to send, in milliseconds. */
function createBusyTime() {
  let from: number | null = null;
  let latest = 0;
  return {
    /** @returns how long nothing was sent before, where that was a pause; else 0. */
    sent(at: number): number {
      const gap = from === null ? 0 : Math.max(0, at - latest);
      const pausedMs = gap > PAUSE_MS ? gap : 0;
      from = (from ?? at) + pausedMs;
      latest = Math.max(latest, at);
      return pausedMs;
    },
    until: (now: number): number => Math.min(now, latest + PAUSE_MS) - (from ?? now),
  };
}

function guess(accepted: number, elapsedMs: number, now: number): Learned {
  const part = FIRST_TRY[accepted > BARE.accepted ? "stored" : "bare"];
  return {
    rate: Math.max(SLOWEST, Math.max(part * accepted, 0.5) / Math.max(1, elapsedMs)),
    kind: "guess",
    acceptedSince: 0,
    first: { at: now, accepted },
    measure: measureFrom(now),
    fallBack: 0,
    changedAt: now,
    blind: createBlindRefusals(now),
  };
}

function learn(learned: Learned, rate: number, now: number): void {
  const { kind, acceptedSince, first, measure } = learned;
  const isBare = first.accepted <= BARE.accepted;
  const elapsedMs = Math.max(1, now - measure.from);
  if (measure.accepted < MEASURES || (isBare && acceptedSince === 0)) {
    const busyMs = Math.max(1, elapsedMs - measure.pausedMs);
    const unmeasured = Math.min(FALL.unmeasured * rate, (measure.accepted + 0.5) / busyMs);
    learned.rate = Math.max(SLOWEST, learned.fallBack, unmeasured);
    // The rate is not what was measured, so it is approached anew.
    if (acceptedSince === 0) learned.kind = "guess";
    else if (kind === "measured" && learned.fallBack === 0) learned.kind = "approach";
    learned.fallBack = 0;
  } else if (isBare) {
    learned.rate = Math.max(SLOWEST, BARE.fall[kind === "guess" ? "guess" : "bare"] * rate);
    learned.kind = "bare";
  } else {
    // A slow stretch loses what the server could not store, so the measure alone may be too low: hence the bound.
    const measured = (MARGIN * measure.accepted) / elapsedMs;
    learned.rate = Math.max(measured, FALL[kind === "bare" ? "measured" : kind] * rate);
    learned.fallBack = measure.accepted < LONG ? 0 : measured;
    learned.kind = kind === "guess" ? "approach" : "measured";
    learned.measure = measureFrom(now);
  }
  learned.acceptedSince = 0;
  learned.changedAt = now + 1 / learned.rate;
}

/** Goes on at a rate that the server took before, and grows from there. */
function resume(learned: Learned, rate: number, now: number): void {
  learned.rate = rate;
  learned.kind = "measured";
  learned.acceptedSince = 0;
  learned.measure = measureFrom(now);
  learned.fallBack = 0;
  learned.changedAt = now;
}

function measureFrom(now: number): Learned["measure"] {
  return { from: now, accepted: 0, pausedMs: 0 };
}

function currentRate({ rate, kind, acceptedSince, changedAt }: Learned, now: number): number {
  const byTime = Math.min(
    probed(Math.max(0, now - changedAt) / PROBE.ms),
    1 + acceptedSince / PROBE.acceptedForOnceMore,
  );
  if (kind === "measured") return rate * Math.max(byTime, probed(acceptedSince / PROBE.accepted));
  const doubled = 2 ** Math.min(MOST_DOUBLINGS, acceptedSince / DOUBLING[kind]);
  return rate * (kind === "bare" ? Math.max(doubled, byTime) : doubled);
}

function probed(passed: number): number {
  return Math.min(2 ** MOST_DOUBLINGS, 1 + PROBE.growth * passed ** 3);
}
