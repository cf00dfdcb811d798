import { describe, type TestContext, test } from "vitest";
import {
  makeWorldHere,
  type TestCampaign,
  type TestWorld,
  type WorldOptions,
} from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

async function worldOf(context: TestContext, count: number, options: WorldOptions): Promise<TestWorld> {
  const campaigns = Array.from(
    { length: count },
    (_, index): TestCampaign => ({
      id: campaignId(index),
      desired: binding([1, 2], [8]),
      live: index % 4 === 3 ? binding([1, 2], [8]) : binding([1], [9]),
      ...(index % 5 === 4 ? { seed: { authoringStatus: "scheduled" } } : {}),
    }),
  );
  const world = await makeWorldHere(campaigns, options);
  context.onTestFinished(() => world.end());
  return world;
}

type Outcomes = readonly { readonly campaignId: string; readonly outcome: string }[];

describe("a server that misbehaves now and then", () => {
  test.for([
    ["503:0.2"],
    ["500:0.2"],
    ["reset:0.15"],
    ["truncate:0.15"],
    ["429:0.1"],
    ["lost-answer:0.5"],
    ["bad-json:0.05"],
    ["html:0.05"],
  ])(
    "%s: every campaign has one outcome, none is a lie, and the next run ends what is left",
    async ([fault = ""], context) => {
      const { expect } = context;
      const world = await worldOf(context, 20, { fault, faultSeed: 7 });
      const first = await world.run(["apply", "--yes", "--format", "json"]);
      expect([0, 8]).toContain(first.code);
      const { results } = first.json() as { results: Outcomes };
      expect(results.map((result) => result.campaignId)).toEqual(
        Array.from({ length: 20 }, (_, index) => campaignId(index)),
      );
      const requests = await world.sandbox.requests();
      const written = (id: string) =>
        requests.filter(({ method, path, status }) => method === "PUT" && path.includes(id) && status !== 429)
          .length;
      for (const { campaignId: id, outcome } of results) {
        if (outcome === "unchanged") expect(written(id)).toBe(0);
        if (outcome === "applied") expect(written(id)).toBeGreaterThan(0);
      }
      const locked = Array.from({ length: 20 }, (_, index) => index).filter((index) => index % 5 === 4);
      for (const index of locked) expect(written(campaignId(index))).toBe(0);
      // A different seed of faults is not needed: the faults go by how often a path was asked for.
      const plan = await world.run(["plan", "--format", "json"]);
      const left = (plan.json() as { changes: readonly { action: string; campaignId: string }[] }).changes;
      const applied = new Set(
        results.filter(({ outcome }) => outcome === "applied").map((result) => result.campaignId),
      );
      expect(left.filter(({ action, campaignId: id }) => action === "update" && applied.has(id))).toEqual([]);
    },
  );
});

test("case 53: every write applied with one PUT each, though no answer arrives", async (context) => {
  const { expect } = context;
  const world = await worldOf(context, 4, { fault: "lost-answer" });
  const ran = await world.run(["apply", "--yes", "--format", "json"]);
  expect(ran.code).toBe(0);
  const puts = (await world.sandbox.requests()).filter(({ method }) => method === "PUT");
  expect(puts).toHaveLength(3);
});

test("a rate limit is kept, told once, and all are read", async (context) => {
  const { expect } = context;
  const world = await worldOf(context, 20, { rate: 5, burst: 2 });
  const ran = await world.run(["plan", "--format", "json"]);
  expect(ran.code).toBe(0);
  expect(ran.json()).toMatchObject({ summary: { error: 0 } });
  expect(ran.stderr.match(/The API limits how fast it may be asked \(429\)/g)).toHaveLength(1);
});

test("case 32: shown for what it is, never as a campaign without audiences", async (context) => {
  const { expect } = context;
  const world = await worldOf(context, 1, { fault: "html" });
  const ran = await world.run(["plan"]);
  expect(ran.code).toBe(8);
  expect(ran.stdout).toMatch(/text\/html/);
  expect(ran.stdout).toMatch(/1 errors\.\n$/);
});
