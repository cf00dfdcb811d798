import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { campaignFile, makeWorld, runBeside } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

const IDS = Array.from({ length: 10 }, (_, index) => campaignId(index));
const BEFORE = binding([1], [9]);
const ONE = binding([1, 2], [9]);
const OTHER = binding([1, 3]);

type Results = {
  readonly results: readonly { readonly outcome: string }[];
  readonly changes: readonly { readonly action: string }[];
};

test("case 64: two applies of one folder at the same time leave each campaign as one of them declares", async () => {
  const campaigns = IDS.map((id) => ({ id, desired: ONE, live: BEFORE }));
  const world = await makeWorld(campaigns, { latencyMs: 20 });
  onTestFinished(world.end);
  for (const id of IDS) world.workspace.write(`other/${id}.yaml`, campaignFile(id, OTHER));
  const apply = (folder: string) =>
    world.run(["apply", folder, "--yes", "--no-wait", "--parallelism", "2", "--format", "json"]);
  const runs = await Promise.all([apply("campaigns"), apply("other")]);
  const plan = async (folder: string) =>
    (await runBeside(world, ["plan", folder, "--format", "json"])).json() as unknown as Results;
  const plans = [await plan("campaigns"), await plan("other")];
  for (const index of IDS.keys()) {
    const actions = plans.map(({ changes }) => changes[index]?.action);
    expect(actions.sort()).toEqual(["no-op", "update"]);
  }
  for (const [number, run] of runs.entries()) {
    const { results } = run.json() as unknown as Results;
    const isLive = (index: number) => plans[number]?.changes[index]?.action === "no-op";
    const outcomes = results.map(({ outcome }, index) => (isLive(index) ? `live ${outcome}` : outcome));
    for (const outcome of outcomes) expect(["live applied", "applied", "stale", "failed"]).toContain(outcome);
  }
  const folder = join(world.workspace.path, ".campaignctl");
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([".gitignore"]);
});
