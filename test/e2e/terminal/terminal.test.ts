import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { runInTerminal } from "../../support/program/terminal.ts";
import { makeWorld, type TestWorld, type WorldOptions } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const CAMPAIGNS = Array.from({ length: 4 }, (_, index) => ({
  id: campaignId(index),
  desired: binding([1, 2]),
  live: binding([1]),
  seed: { name: `Win-back of customers who have not ordered for long, wave ${index}` },
}));

async function worldOf(options: WorldOptions = {}): Promise<TestWorld> {
  const world = await makeWorld(CAMPAIGNS, options);
  onTestFinished(world.end);
  return world;
}

function apply(
  { workspace, sandbox }: TestWorld,
  args: readonly string[],
  size: { columns: number; rows: number; detached?: boolean; codeFile?: string } = { columns: 60, rows: 20 },
) {
  const run = runInTerminal(["apply", "--report", "report.json", ...args], {
    cwd: workspace.path,
    env: { EXPERITURE_API_URL: sandbox.url },
    ...size,
  });
  onTestFinished(run.close);
  return run;
}

/** The report, when it is there whole: it is given its name only then. */
async function reportOf({ workspace }: TestWorld): Promise<unknown> {
  const file = join(workspace.path, "report.json");
  while (!existsSync(file)) await pause(10);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Resolves when the API has taken the write of each campaign. */
async function written({ sandbox }: TestWorld): Promise<void> {
  const taken = async () =>
    (await sandbox.requests()).filter(({ method, status }) => method === "PUT" && status === 200);
  while ((await taken()).length < CAMPAIGNS.length) await pause(25);
}

const LIVE = /^Writing \d of 4 .* \d+s$/;

describe("what is said while lines are drawn stays on the screen, and no line of them does", () => {
  test.each([
    { columns: 60, rows: 20 },
    { columns: 30, rows: 5 },
  ])("$columns columns, $rows rows", async (size) => {
    const world = await worldOf({ reachDelayMs: 60_000, rate: 6, burst: 6 });
    const run = apply(world, ["--yes"], size);
    await run.seen(/^Writing 4 of 4 /m);
    await run.seen("429");
    // Drawn anew four times a second: it has been seen before.
    await run.seen(/^Writing 4 of 4 .*(?: (?:[5-9]|\d\d)s|…)$/m);
    await written(world);
    run.type("\u0003");
    expect(await run.ended).toBe(130);
    const lines = run.screen.lines();
    expect(lines.filter((line) => LIVE.test(line))).toEqual([]);
    const all = lines.join("");
    expect(all.match(/The API limits how fast it may be asked \(429\)/g)).toHaveLength(1);
    expect(all.match(/Interrupted: no new campaign begins/g)).toHaveLength(1);
    expect(lines.join("\n")).toMatch(/^Apply: 4 applied/m);
  });
});

describe("however a run is ended from outside, it ends as after the first signal, with its report", () => {
  test.each([
    ["Ctrl-C", "\u0003", 130],
    ["Ctrl-\\", "\u001c", 131],
  ])("case 71: a key that is pressed while reach is waited for (%s)", async (_, key, code) => {
    const world = await worldOf({ reachDelayMs: 60_000 });
    const run = apply(world, ["--yes"]);
    await run.seen(new RegExp(LIVE.source, "m"));
    await written(world);
    run.type(key);
    expect(await run.ended).toBe(code);
    expect(run.screen.lines().join("\n")).toMatch(/^Apply: 4 applied, .*/m);
    expect(await reportOf(world)).toMatchObject({ summary: { applied: 4, reachUnconfirmed: 4 } });
  });

  test.each([
    ["Ctrl-C", "\u0003", 130],
    ["Ctrl-\\", "\u001c", 131],
  ])("%s at the question: nothing is written", async (_, key, code) => {
    const world = await worldOf();
    const run = apply(world, []);
    await run.seen("Type yes to apply");
    run.type(key);
    expect(await run.ended).toBe(code);
    expect(await reportOf(world)).toMatchObject({ summary: { applied: 0, notAttempted: 4 } });
  });

  test("case 71: a terminal that is closed while reach is waited for", async () => {
    const world = await worldOf({ reachDelayMs: 60_000 });
    const run = apply(world, ["--yes"]);
    await run.seen(new RegExp(LIVE.source, "m"));
    await written(world);
    run.close();
    expect(await reportOf(world)).toMatchObject({ summary: { applied: 4, reachUnconfirmed: 4 } });
  });

  test("case 71: a terminal that is closed, and only the next word to it tells", async () => {
    const world = await worldOf({ reachDelayMs: 60_000 });
    const run = apply(world, ["--yes"], { columns: 60, rows: 20, detached: true });
    await run.seen(new RegExp(LIVE.source, "m"));
    await written(world);
    run.close();
    expect(await reportOf(world)).toMatchObject({ summary: { applied: 4, reachUnconfirmed: 4 } });
  });

  test.each([
    ["while reach is waited for", ["--yes"], LIVE, {}],
    ["at the question", [], /Type yes to apply/, { applied: 0, notAttempted: 4 }],
  ])(
    "a terminal that is closed %s: the exit code is 129, and the report is there",
    async (_, args, sight, summary) => {
      const world = await worldOf({ reachDelayMs: 60_000 });
      const codeFile = join(world.workspace.path, "code");
      const run = apply(world, args, { columns: 60, rows: 20, codeFile });
      await run.seen(new RegExp(sight.source, "m"));
      run.close();
      const code = () => (existsSync(codeFile) ? readFileSync(codeFile, "utf8") : "");
      while (code() === "") await pause(10);
      expect(code()).toBe("129\n");
      expect(await reportOf(world)).toMatchObject({ summary });
    },
  );
});

test("yes at the question writes", async () => {
  const world = await worldOf();
  const run = apply(world, ["--no-wait"]);
  await run.seen("Type yes to apply");
  run.type("yes\r");
  expect(await run.ended).toBe(0);
  expect(await reportOf(world)).toMatchObject({ summary: { applied: 4 } });
});

test("the end of the input at the question is no yes, and no interruption", async () => {
  const world = await worldOf();
  const run = apply(world, []);
  await run.seen("Type yes to apply");
  run.type("\u0004");
  expect(await run.ended).toBe(8);
  expect(await reportOf(world)).toMatchObject({ summary: { applied: 0, notAttempted: 4 } });
});
