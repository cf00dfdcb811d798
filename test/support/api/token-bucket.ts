import type { Clock } from "../../../src/domain/ports.ts";
import { createPacer, type Pacer } from "../../../src/experiture/pacer.ts";
import { seededRandom } from "../chance/seeded-random.ts";
import { virtualClock } from "../clocks/virtual-clock.ts";

/** A limit of `rate` requests a second that lets `burst` of them go at once; and which part is refused by chance. */
export type Limit = { readonly rate: number; readonly burst: number; readonly byChance?: number };

/** What a run under a limit came to. Times in milliseconds of virtual time. */
export type PacedRun = {
  readonly wallMs: readonly number[];
  readonly sent: number;
  readonly refused: number;
};

const LATENCY_MS = 20;

/** A client that has `requests` to send; `inLine` of them stand in line at once, or all. */
type Client = {
  readonly requests: number;
  readonly parallelism: number;
  readonly clients?: number;
  readonly inLine?: number;
};

/** For each request: it waits its turn, goes there and comes back, and may go again. */
const SLEEPS_OF_A_REQUEST = 10;

/**
 * Plays clients that each have `requests` to send through a pacer of their own to one server with one limit, in
 * virtual time. Timers come late and the network is uneven, as the seed says.
 */
export async function runUnderLimit(limit: Limit, client: Client, seed: number): Promise<PacedRun> {
  const chance = seededRandom(seed);
  const { requests, clients: count = 1, inLine = requests } = client;
  const time = virtualClock(0, undefined, SLEEPS_OF_A_REQUEST * count * requests);
  const clock = lateClock(time, chance);
  const server = createServer(limit, time, chance);
  const clients = Array.from({ length: count }, async () => {
    const pacer = createPacer(client.parallelism, clock);
    let left = requests;
    const sendOn = async () => {
      for (; left > 0; ) {
        left -= 1;
        await request(pacer, server, { time, clock, chance });
      }
    };
    await Promise.all(Array.from({ length: Math.min(inLine, requests) }, sendOn));
    return time.monotonic();
  });
  return { wallMs: await Promise.all(clients), ...server.counts };
}

/** `time` passes on the network; `clock` is what the pacer has. */
type World = { readonly time: Clock; readonly clock: Clock; readonly chance: () => number };

async function request(pacer: Pacer, server: Server, { time, clock, chance }: World): Promise<void> {
  for (let as: "first" | "again" = "first"; ; as = "again") {
    const refusedForMs = await pacer.run(
      async (sends) => {
        const sentAt = sends();
        await time.sleep(LATENCY_MS / 2 + lateness(chance));
        const waitMs = server.arrive();
        await time.sleep(LATENCY_MS / 2 + lateness(chance));
        if (waitMs === null) pacer.accepted(sentAt);
        else pacer.refused(sentAt);
        return waitMs;
      },
      { rank: "read", as, signal: undefined, by: null },
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

function createServer({ rate, burst, byChance = 0 }: Limit, time: Clock, chance: () => number): Server {
  const counts = { sent: 0, refused: 0 };
  let tokens = burst;
  let last = 0;
  return {
    counts,
    arrive() {
      tokens = Math.min(burst, tokens + ((time.monotonic() - last) * rate) / 1000);
      last = time.monotonic();
      counts.sent += 1;
      if (byChance > 0 && chance() < byChance) {
        counts.refused += 1;
        return 1000;
      }
      if (tokens < 1) {
        counts.refused += 1;
        return Math.ceil((1 - tokens) / rate) * 1000;
      }
      tokens -= 1;
      return null;
    },
  };
}

/** Up to 1 ms, and now and then more: about what a quiet machine of two processors was seen to have. */
function lateness(chance: () => number): number {
  return chance() < 0.3 ? chance() - Math.log(1 - chance()) : chance();
}

/** A timer of whole milliseconds that is late. */
function lateClock(time: Clock, chance: () => number): Clock {
  return { ...time, sleep: (ms) => time.sleep(Math.max(1, Math.ceil(ms)) + lateness(chance)) };
}
