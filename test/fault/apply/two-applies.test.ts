import { setMaxListeners } from "node:events";
import { expect, test } from "vitest";
import { type ApplyPorts, applyPlan } from "../../../src/apply/apply-plan.ts";
import { plan } from "../../../src/commands/plan.ts";
import { sameBinding } from "../../../src/domain/binding.ts";
import type { ApplyResult, AudienceBinding } from "../../../src/domain/model.ts";
import { type FakeApi, type FakeClock, fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { mortalPorts } from "../../support/api/mortal-ports.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";
import { type Chance, createChance } from "../../support/simulation/chance.ts";

const SEEDS = 200;
const BEFORE = binding([1], [9]);
const DESIRED = [binding([1, 2], [9]), binding([1, 3])] as const;

type Ended = {
  readonly results: readonly ApplyResult[];
  readonly written: ReadonlySet<string>;
  /** What each campaign was when it was last read to verify a write. */
  readonly verified: ReadonlyMap<string, AudienceBinding>;
};

/** One apply among others: it begins at some time, and each of its requests takes its own. */
async function runOne(
  desired: AudienceBinding,
  count: number,
  api: FakeApi,
  clock: FakeClock,
  chance: Chance,
): Promise<Ended> {
  const { ports, begun } = mortalPorts(api, clock, chance, Number.POSITIVE_INFINITY);
  const verified = new Map<string, AudienceBinding>();
  const watched: ApplyPorts = {
    ...ports,
    reader: {
      async readCampaign(id, signal, purpose) {
        const live = await ports.reader.readCampaign(id, signal, purpose);
        if (purpose?.kind === "verify") verified.set(id, live.audience);
        return live;
      },
    },
  };
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  await clock.sleep(chance.between(0, 2000));
  const input = {
    specs: Array.from({ length: count }, (_, index) => spec(campaignId(index), desired)),
    warnings: [],
    environment: null,
    apiUrl: "https://api.example.test",
    tool: { name: "campaignctl", version: "0" },
  };
  const planned = await plan(input, { reader: watched.reader, clock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  const options = {
    parallelism: chance.whole(1, 4),
    wait: "until-confirmed",
    timeoutMs: 60_000,
    idleMs: 30_000,
  } as const;
  const results = await applyPlan(planned.plan, planned.live, options, watched, signal);
  return { results, written: begun, verified };
}

/** Runs both, checks them, and says how many campaigns were taken for changed by both. */
async function runSeed(seed: number): Promise<number> {
  const chance = createChance(seed);
  const clock = fakeClock();
  const ids = Array.from({ length: chance.whole(1, 6) }, (_, index) => campaignId(index));
  const api = fakeApi(Object.fromEntries(ids.map((id) => [id, { audience: BEFORE }])), clock);
  const runs = await Promise.all(
    DESIRED.map((desired) => runOne(desired, ids.length, api, clock, chance.fork())),
  );
  let contested = 0;
  for (const [index, id] of ids.entries()) {
    const live = api.audienceOf(id);
    expect(DESIRED, `seed ${seed}, ${id}`).toContainEqual(live);
    if (runs.every(({ written }) => written.has(id))) contested += 1;
    for (const [number, { results, written, verified }] of runs.entries()) {
      const desired = DESIRED[number];
      const outcome = results[index]?.outcome;
      const told = `seed ${seed}, ${id}, run ${number}: ${outcome}`;
      if (outcome === "applied") expect(verified.get(id), told).toEqual(desired);
      if (outcome === "stale") expect(written, told).not.toContain(id);
      if (desired !== undefined && sameBinding(live, desired)) expect(outcome, told).toBe("applied");
      expect(["applied", "stale", "failed"], told).toContain(outcome);
    }
  }
  return contested;
}

test("case 64: whatever the order, each campaign ends as one of them declares, and no run calls applied what it did not see", async () => {
  let contested = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) contested += await runSeed(seed);
  expect(contested).toBeGreaterThan(SEEDS / 4);
});
