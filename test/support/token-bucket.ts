import { createPacer, type Pacer } from "../../src/experiture/pacer.ts";
import type { Clock } from "../../src/ports.ts";

/** A limit of `rate` requests a second that lets `burst` of them go at once. */
export type Limit = { readonly rate: number; readonly burst: number };

/** What a run under a limit came to. Times in milliseconds of virtual time. */
export type PacedRun = {
  readonly wallMs: readonly number[];
  readonly sent: number;
  readonly refused: number;
};

const LATENCY_MS = 20;

/**
 * Plays clients that each have `requests` to send through a pacer of their own to one server with one limit, in
 * virtual time. Timers come late and the network is uneven, as the seed says.
 */
export async function runUnderLimit(
  limit: Limit,
  client: { readonly requests: number; readonly parallelism: number; readonly clients?: number },
  seed: number,
): Promise<PacedRun> {
  const chance = chanceOf(seed);
  const time = createTime();
  const clock = lateClock(time, chance);
  const server = createServer(limit, time);
  const clients = Array.from({ length: client.clients ?? 1 }, async () => {
    const pacer = createPacer(client.parallelism, clock);
    const all = Array.from({ length: client.requests }, () =>
      request(pacer, server, { time, clock, chance }),
    );
    await Promise.all(all);
    return time.now();
  });
  let wallMs: readonly number[] | null = null;
  void Promise.all(clients).then((ends) => {
    wallMs = ends;
  });
  while (wallMs === null) {
    await new Promise(setImmediate);
    if (wallMs === null) time.next();
  }
  return { wallMs, ...server.counts };
}

type World = { readonly time: Time; readonly clock: Clock; readonly chance: () => number };

async function request(pacer: Pacer, server: Server, { time, clock, chance }: World): Promise<void> {
  for (let as: "first" | "again" = "first"; ; as = "again") {
    const refusedForMs = await pacer.run(
      async (sends) => {
        const sentAt = sends();
        await time.passes(LATENCY_MS / 2 + 0.5 * chance());
        const waitMs = server.arrive();
        await time.passes(LATENCY_MS / 2 + 0.5 * chance());
        if (waitMs === null) pacer.accepted(sentAt);
        else pacer.refused(sentAt);
        return waitMs;
      },
      { rank: "read", as, signal: undefined },
    );
    if (refusedForMs === null) return;
    await clock.sleep(refusedForMs);
  }
}

type Server = {
  readonly counts: { sent: number; refused: number };
  /** Null when accepted, else the milliseconds of `Retry-After`, which has whole seconds. */
  arrive(): number | null;
};

function createServer({ rate, burst }: Limit, time: Time): Server {
  const counts = { sent: 0, refused: 0 };
  let tokens = burst;
  let last = 0;
  return {
    counts,
    arrive() {
      tokens = Math.min(burst, tokens + ((time.now() - last) * rate) / 1000);
      last = time.now();
      counts.sent += 1;
      if (tokens < 1) {
        counts.refused += 1;
        return Math.ceil((1 - tokens) / rate) * 1000;
      }
      tokens -= 1;
      return null;
    },
  };
}

type Time = {
  now(): number;
  passes(ms: number): Promise<void>;
  /** Goes to the next moment at which somebody wakes. */
  next(): void;
};

function createTime(): Time {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    passes: (ms) =>
      new Promise((wake) => {
        const at = now + ms;
        const behind = sleepers.findIndex((sleeper) => sleeper.at > at);
        sleepers.splice(behind === -1 ? sleepers.length : behind, 0, { at, wake });
      }),
    next() {
      const sleeper = sleepers.shift();
      if (sleeper === undefined) throw new Error("Nobody is going to wake.");
      now = sleeper.at;
      sleeper.wake();
    },
  };
}

/** A timer of whole milliseconds that is up to 1 ms late. */
function lateClock(time: Time, chance: () => number): Clock {
  return {
    now: time.now,
    monotonic: time.now,
    sleep: (ms) => time.passes(Math.max(1, Math.ceil(ms)) + chance()),
  };
}

function chanceOf(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}
