import { setMaxListeners } from "node:events";
import { expect, test } from "vitest";
import { type ApplyPorts, applyPlan } from "../../../src/apply/apply-plan.ts";
import { plan } from "../../../src/commands/plan.ts";
import type { ApplyResult } from "../../../src/domain/model.ts";
import type { Journal } from "../../../src/domain/ports.ts";
import { readJournal } from "../../../src/journal/earlier-run.ts";
import { encodeEntry } from "../../../src/journal/entry.ts";
import { type FakeApi, type FakeClock, fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { mortalPorts } from "../../support/api/mortal-ports.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";
import { createChance } from "../../support/simulation/chance.ts";

const SEEDS = 200;
const BEFORE = binding([1], [9]);
const AFTER = binding([1, 2], [9]);
const API_URL = "https://api.example.test";
const FACTS = {
  run: "5f1a0a0e-1111-4222-8333-444455556666",
  pid: 1,
  processStart: null,
  host: "h",
  apiUrl: API_URL,
  planDigest: "sha256:0",
  shard: null,
};

/** Some differ, some are as declared, some are locked. */
function begin(count: number): {
  readonly api: FakeApi;
  readonly clock: FakeClock;
  readonly changed: number;
} {
  const clock = fakeClock();
  const kinds = ["changed", "changed", "same", "changed", "locked"] as const;
  const kindOf = (index: number) => kinds[index % kinds.length];
  const campaigns = Array.from({ length: count }, (_, index) => [
    campaignId(index),
    {
      audience: kindOf(index) === "same" ? AFTER : BEFORE,
      authoringStatus: kindOf(index) === "locked" ? "sent" : "draft",
    },
  ]);
  const changed = campaigns.filter((_, index) => kindOf(index) === "changed").length;
  return { clock, changed, api: fakeApi(Object.fromEntries(campaigns), clock) };
}

async function planAndApply(count: number, parallelism: number, ports: ApplyPorts) {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const specs = Array.from({ length: count }, (_, index) => spec(campaignId(index), AFTER));
  const input = {
    specs,
    warnings: [],
    environment: null,
    apiUrl: API_URL,
    tool: { name: "c", version: "0" },
  };
  const planned = await plan(input, { reader: ports.reader, clock: ports.clock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  const wait = { wait: "until-confirmed", timeoutMs: 600_000, idleMs: 30_000 } as const;
  return applyPlan(planned.plan, planned.live, { parallelism, ...wait }, ports, signal);
}

/** A journal in memory: its text is what a file would hold. */
function memoryJournal(clock: FakeClock): { readonly journal: Journal; text(): string } {
  const lines: string[] = [];
  const note: Journal["note"] = (id, step) => {
    const at = new Date(clock.now()).toISOString();
    lines.push(encodeEntry({ ...FACTS, at, campaignId: id, step }));
  };
  return { journal: { note }, text: () => lines.join("") };
}

function countOutcomes(results: readonly ApplyResult[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

async function runSeed(seed: number): Promise<"killed" | "ended"> {
  const chance = createChance(seed);
  const count = chance.whole(3, 15);
  const parallelism = chance.whole(1, 4);
  const { api, clock, changed } = begin(count);
  const mortal = mortalPorts(api, clock, chance, chance.whole(1, 5 * count));
  const kept = memoryJournal(clock);
  const first = planAndApply(count, parallelism, {
    ...mortal.ports,
    journal: mortal.journal(kept.journal),
  });
  const ended = await Promise.race([mortal.death, first.then(() => "ended" as const)]);

  const open = readJournal(kept.text()).run?.open.map((write) => write.campaignId) ?? [];
  const unknown = [...mortal.begun].filter((id) => !mortal.known.has(id));
  expect(open.sort(), `seed ${seed}`).toEqual(unknown.sort());

  const next = mortalPorts(api, clock, chance, Number.POSITIVE_INFINITY);
  const results = await planAndApply(count, parallelism, next.ports);
  const outcomes = countOutcomes(results);
  expect(outcomes.skipped ?? 0, `seed ${seed}`).toBe(Math.floor(count / 5));
  expect((outcomes.applied ?? 0) + (outcomes.unchanged ?? 0), `seed ${seed}`).toBe(
    count - Math.floor(count / 5),
  );
  expect(mortal.writes() + next.writes(), `seed ${seed}`).toBeLessThanOrEqual(changed + parallelism);
  results.forEach(({ campaignId: id, outcome, reach }) => {
    expect(api.audienceOf(id), `seed ${seed}, ${id}`).toEqual(outcome === "skipped" ? BEFORE : AFTER);
    if (outcome === "applied") expect(reach?.confirmed, `seed ${seed}, ${id}`).toBe(true);
  });
  return ended;
}

test("case 73: at whatever request a run is killed, the next one ends it, with at most one more write for each that was under way", async () => {
  let killed = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    if ((await runSeed(seed)) === "killed") killed += 1;
  }
  expect(killed).toBeGreaterThan(SEEDS / 2);
});
