import { expect, test } from "vitest";
import { NetworkError } from "../../src/domain/errors.ts";
import { createTokenSession } from "../../src/experiture/token.ts";
import { createRenewingSource } from "../../src/experiture/token-renewal.ts";
import type { FreshToken } from "../../src/patience/token-life.ts";
import { LIMITS } from "../support/api/token-session.ts";
import { seededRandom } from "../support/chance/seeded-random.ts";
import { virtualClock } from "../support/clocks/virtual-clock.ts";

const SEEDS = 100;
const CALLS = 200;

type Chance = { readonly random: () => number; between(low: number, high: number): number };

function createChance(seed: number): Chance {
  const random = seededRandom(seed);
  return { random, between: (low, high) => low + random() * (high - low) };
}

/** Tokens that end when they say, or early; an endpoint that fails for a while, but never for the first token. */
function drawScenario({ random, between }: Chance) {
  const lifeMs = between(2_000, 60_000);
  const downFrom = between(0, 60_000);
  return {
    workers: Math.ceil(random() * 8),
    lifeMs,
    isLifeTold: random() < 0.7,
    takenForMs: random() < 0.5 ? lifeMs * between(0.6, 1) : lifeMs,
    downFrom,
    downUntil: downFrom + (random() < 0.5 ? between(0, 90_000) : 0),
    /** Answers 401 whatever the token. Never among the first, which a run cannot tell from wrong credentials. */
    oddAt: random() < 0.6 ? 20 + Math.floor(random() * (CALLS - 20)) : -1,
    /** How many requests get no answer. */
    lost: random() < 0.3 ? 0.1 : 0,
  };
}

type Scenario = ReturnType<typeof drawScenario>;

/** What there is at the other end of the line. */
function openWorld(scenario: Scenario, { random, between }: Chance, revokedAt: number) {
  const clock = virtualClock();
  const end = new AbortController();
  const gotAt = new Map<string, number>();
  const fetchToken = async (): Promise<FreshToken> => {
    await clock.sleep(between(10, 300));
    const now = clock.monotonic();
    if (gotAt.size > 0 && now > scenario.downFrom && now < scenario.downUntil) throw new NetworkError("down");
    const value = `token-${gotAt.size + 1}`;
    gotAt.set(value, now);
    const { lifeMs, isLifeTold } = scenario;
    return { value, renewAfterMs: lifeMs * 0.9, endsAfterMs: isLifeTold ? lifeMs : null };
  };
  const session = createTokenSession((changed) =>
    createRenewingSource({ fetchToken, clock, limits: LIMITS, signal: end.signal }, changed),
  );
  let lateRequests = 0;
  return {
    clock,
    session,
    lateRequests: () => lateRequests,
    /** One request: whether its token was good is seen when it arrives, and told later, or never. */
    async send(token: string, isOdd: boolean): Promise<"accepted" | "rejected" | "lost"> {
      if (clock.monotonic() >= revokedAt) lateRequests += 1;
      await clock.sleep(between(1, 100));
      const now = clock.monotonic();
      const isTaken = !isOdd && now < revokedAt && now - (gotAt.get(token) ?? 0) < scenario.takenForMs;
      const isLost = random() < scenario.lost;
      await clock.sleep(between(1, 100));
      if (isLost) return "lost";
      return isTaken ? "accepted" : "rejected";
    },
  };
}

/** One call of up to three requests that are answered, and what came of it. */
async function perform(
  { session, send, clock }: ReturnType<typeof openWorld>,
  { random, between }: Chance,
  isOdd: boolean,
): Promise<string> {
  const call = {};
  let more = isOdd ? 0 : Math.floor(random() * 3);
  for (;;) {
    const leased = await session.lease(call);
    if (leased.kind === "refused") return leased.cause;
    const { lease } = leased;
    const answer = await send(lease.value, isOdd);
    if (answer !== "lost") session[answer](lease);
    session.release(lease);
    if (answer === "accepted" && more === 0) return "done";
    if (answer === "accepted") {
      more -= 1;
      await clock.sleep(between(0, 2_000));
    }
  }
}

/** Many calls, some at a time. */
async function play(seed: number, change: Partial<Scenario> = {}, revokedAt = Number.POSITIVE_INFINITY) {
  const chance = createChance(seed);
  const scenario = { ...drawScenario(chance), ...change };
  const world = openWorld(scenario, chance, revokedAt);
  const outcomes: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < CALLS) {
      const mine = next;
      next += 1;
      outcomes[mine] = await perform(world, chance, mine === scenario.oddAt).catch(
        (error: Error) => error.message,
      );
      await world.clock.sleep(chance.between(0, 50));
    }
  };
  await Promise.all(Array.from({ length: scenario.workers }, work));
  return { seed, scenario, outcomes, lateRequests: world.lateRequests() };
}

test("case 31: tokens end early, the endpoint is down, one campaign is odd: every other call is done", async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { scenario, outcomes } = await play(seed);
    const { oddAt } = scenario;
    const failed = outcomes.filter((outcome, index) => outcome !== "done" && index !== oddAt);
    expect({ seed, failed }).toEqual({ seed, failed: [] });
    if (oddAt >= 0)
      expect({ seed, odd: outcomes[oddAt] }).toEqual({
        seed,
        odd: expect.stringMatching(/^(own|undecided)$/),
      });
  }
});

test("case 30: access is revoked for good: what is in flight and a few more are asked, and the run is told", async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { scenario, outcomes, lateRequests } = await play(seed, { lost: 0, oddAt: -1 }, 1_500);
    expect({ seed, last: outcomes.at(-1) }).toEqual({ seed, last: "final" });
    expect({ seed, few: lateRequests <= 2 * scenario.workers + 4 }).toEqual({ seed, few: true });
    expect({ seed, own: outcomes.filter((outcome) => outcome === "own") }).toEqual({ seed, own: [] });
  }
});
