import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { makeWorldHere, type TestWorld } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const COUNT = 24;
const PARALLELISM = 3;
const CAMPAIGNS = Array.from({ length: COUNT }, (_, index) => ({
  id: campaignId(index),
  desired: binding([1, 2]),
  live: binding([1]),
}));

const APPLY = ["apply", "--yes", "--no-wait", "--parallelism", String(PARALLELISM)];

async function putsTo({ sandbox }: TestWorld): Promise<readonly string[]> {
  const requests = await sandbox.requests();
  return requests.filter(({ method }) => method === "PUT").map(({ path }) => path.split("/")[4] ?? "");
}

/** Begins an apply and kills it as soon as the sandbox has had so many writes. */
async function killAt(world: TestWorld, writes: number): Promise<void> {
  let kill = () => {};
  const running = world.run(APPLY, { onStart: (child) => (kill = () => child.kill("SIGKILL")) });
  while ((await putsTo(world)).length < writes) await pause(5);
  kill();
  expect((await running).code).toBeNull();
}

/** The text of each journal in the working directory. */
function journalsIn(world: TestWorld): readonly string[] {
  const folder = join(world.workspace.path, ".campaignctl");
  const names = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return names.map((name) => readFileSync(join(folder, name), "utf8"));
}

test.each([1, 10])(
  "cases 73, 79: after a SIGKILL the next apply says from a journal without secrets which writes were open, and ends the rest (%i)",
  async (writes) => {
    const world = await makeWorldHere(CAMPAIGNS, { latencyMs: 40 });
    onTestFinished(world.end);
    await killAt(world, writes);
    const before = await putsTo(world);
    const journals = journalsIn(world);
    expect(journals).toHaveLength(1);
    expect(journals.join("")).toContain(before.at(-1));
    expect(journals.join("")).not.toMatch(/test-token|audienceId|authoringStatus/);

    const next = await world.run([...APPLY, "--format", "json"]);
    expect(next.code).toBe(0);
    expect(next.stderr).toMatch(/^warning: The last run ended .*What is live decides/m);
    const named = (state: string) =>
      [...next.stderr.matchAll(/^ {2}(\S+): (no answer|accepted)/gm)]
        .filter((match) => match[2] === state)
        .map((match) => match[1] ?? "");
    // Every write that had come by then is either read back or named, and none is named for nothing.
    expect([...named("no answer"), ...named("accepted")]).toContain(before.at(-1));
    expect(named("no answer").length).toBeLessThanOrEqual(PARALLELISM);
    expect(before).toEqual(expect.arrayContaining(named("accepted")));
    expect((await putsTo(world)).length).toBeLessThanOrEqual(COUNT + PARALLELISM);

    const last = await world.run([...APPLY, "--format", "json"]);
    expect(last.json()).toMatchObject({ summary: { applied: 0, unchanged: COUNT } });
    expect({ stderr: last.stderr, journals: journalsIn(world) }).toEqual({ stderr: "", journals: [] });
  },
);

/** Another process, this one, gets the id of the process that wrote the journals. */
function reuseProcessId(world: TestWorld): void {
  const folder = join(world.workspace.path, ".campaignctl");
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".jsonl"))) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name), text.replace(/"pid":\d+/g, `"pid":${process.pid}`));
  }
}

test("the next apply says of one that is still there that it runs, and of a killed one that it ended, also when its process id is used again", async () => {
  const world = await makeWorldHere(CAMPAIGNS.slice(0, 3), { latencyMs: 300 });
  onTestFinished(world.end);
  let signal = (_: NodeJS.Signals) => {};
  const first = world.run(APPLY, { onStart: (child) => (signal = (name) => child.kill(name)) });
  while ((await putsTo(world)).length === 0) await pause(5);
  signal("SIGSTOP");
  const beside = await world.run([...APPLY, "--expect-digest", `sha256:${"0".repeat(64)}`]);
  expect(beside.stderr).toMatch(/^warning: Another apply seems to be running here \(process /m);

  signal("SIGKILL");
  await first;
  reuseProcessId(world);
  const next = await world.run(APPLY);
  expect(next.stderr).toMatch(/^warning: The last run ended /m);
  expect(next.stderr).not.toContain("Another apply");
});
