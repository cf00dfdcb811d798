import { describe, expect, it } from "vitest";
import { type Limit, runUnderLimit } from "../../support/api/token-bucket.ts";

const REQUESTS = 500;

const LIMITS: readonly (Limit & { readonly bar: number })[] = [
  { rate: 50, burst: 10, bar: 1.25 },
  { rate: 50, burst: 50, bar: 1.25 },
  { rate: 10, burst: 10, bar: 1.25 },
  { rate: 100, burst: 1, bar: 1.6 },
];

describe.each(LIMITS)("a limit of $rate a second, burst $burst", (limit) => {
  it.each([10, 32])(
    "case 46: all is done within the bar of the ideal, with at most 5 % refused (parallelism %i)",
    async (parallelism) => {
      const ideal = ((REQUESTS - limit.burst) / limit.rate) * 1000;
      for (let seed = 1; seed <= 8; seed += 1) {
        const run = await runUnderLimit(limit, { requests: REQUESTS, parallelism }, seed);
        expect(run.sent - run.refused).toBe(REQUESTS);
        expect(Math.max(...run.wallMs) / ideal, `seed ${seed}`).toBeLessThanOrEqual(limit.bar);
        expect(run.refused / run.sent, `seed ${seed}`).toBeLessThanOrEqual(0.05);
      }
    },
  );
});

/** The slower of two that share the limit, over one that has it alone; the mean of some seeds. 2 is the least. */
async function slowdownOf(requests: number, seeds: number): Promise<number> {
  const limit = { rate: 50, burst: 10 };
  const slowdowns: number[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const alone = await runUnderLimit(limit, { requests, parallelism: 10 }, seed);
    const both = await runUnderLimit(limit, { requests, parallelism: 10, clients: 2 }, seed);
    expect(both.sent - both.refused).toBe(2 * requests);
    slowdowns.push(Math.max(...both.wallMs) / Math.max(...alone.wallMs));
  }
  return slowdowns.reduce((sum, slowdown) => sum + slowdown, 0) / slowdowns.length;
}

describe("two runs that share a limit of 50 a second", () => {
  it("case 51: both end, and with 2,000 requests each the slower one takes on average at most 2.2 times its lone time", async () => {
    expect(await slowdownOf(2_000, 5)).toBeLessThanOrEqual(2.2);
  });

  it("case 51: with 250 each, when the one has hardly learnt the limit when the other ends, at most 2.75 times", async () => {
    expect(await slowdownOf(250, 10)).toBeLessThanOrEqual(2.75);
  });
});

describe("two runs that share a limit of 50 a second without a burst", () => {
  it("case 51: both end, though each is refused whenever the other was a moment before", async () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const both = await runUnderLimit(
        { rate: 50, burst: 1 },
        { requests: 500, parallelism: 10, clients: 2 },
        seed,
      );
      expect(both.sent - both.refused).toBe(1_000);
      expect(Math.max(...both.wallMs), `seed ${seed}`).toBeLessThan(100_000);
    }
  });
});

describe("a server that refuses by chance, or because of others", () => {
  it.each<Limit & { readonly seconds: number }>([
    { rate: 1_000_000, burst: 1_000_000, byChance: 0.05, seconds: 40 },
    { rate: 1_000_000, burst: 1_000_000, byChance: 0.2, seconds: 60 },
    { rate: 100, burst: 10, byChance: 0.1, seconds: 60 },
    { rate: 100, burst: 1, byChance: 0.1, seconds: 60 },
  ])(
    "case 46: refusals that come whatever the rate do not slow a run down for good (%j)",
    async ({ seconds, ...limit }) => {
      for (const parallelism of [10, 32]) {
        for (let seed = 1; seed <= 6; seed += 1) {
          const run = await runUnderLimit(limit, { requests: 1_000, parallelism }, seed);
          expect(run.sent - run.refused).toBe(1_000);
          expect(Math.max(...run.wallMs), `parallelism ${parallelism}, seed ${seed}`).toBeLessThan(
            seconds * 1000,
          );
        }
      }
    },
  );
});
