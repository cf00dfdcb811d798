import { describe, expect, it } from "vitest";
import { type Limit, runUnderLimit } from "../../support/token-bucket.ts";

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

describe("two runs that share a limit of 50 a second", () => {
  it("case 51: both end, the slower one on average within 2.75 times its lone time, where 2 is the least", async () => {
    const limit = { rate: 50, burst: 10 };
    const slowdowns: number[] = [];
    for (let seed = 1; seed <= 10; seed += 1) {
      const alone = await runUnderLimit(limit, { requests: 250, parallelism: 10 }, seed);
      const both = await runUnderLimit(limit, { requests: 250, parallelism: 10, clients: 2 }, seed);
      expect(both.sent - both.refused).toBe(500);
      slowdowns.push(Math.max(...both.wallMs) / Math.max(...alone.wallMs));
    }
    const mean = slowdowns.reduce((sum, slowdown) => sum + slowdown, 0) / slowdowns.length;
    expect(mean).toBeLessThanOrEqual(2.75);
  });
});
