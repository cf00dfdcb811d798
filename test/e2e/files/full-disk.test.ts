import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { injected } from "../../support/program/cli.ts";
import { makeWorldHere, type TestWorld } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const CAMPAIGNS = [1, 2].map((number) => ({
  id: campaignId(number),
  desired: binding([1, 2]),
  live: binding([1]),
}));
const APPLY = ["apply", "--yes", "--no-wait"];

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorldHere(CAMPAIGNS);
});
beforeEach(async () => {
  for (const { id, live } of CAMPAIGNS) {
    await world.sandbox.edit(id, { audience: live, authoringStatus: "draft" });
  }
  await world.sandbox.forget();
});
afterEach(() => {
  for (const name of ["report.json", ".campaignctl"]) {
    rmSync(join(world.workspace.path, name), { recursive: true, force: true });
  }
});
afterAll(() => world.end());

async function countPuts(): Promise<number> {
  return (await world.sandbox.requests()).filter(({ method }) => method === "PUT").length;
}

/** No file may grow beyond so many blocks: to a program that is what a full disk is, also for root. */
const fullDisk = (blocks: number) => ({ before: `ulimit -f ${blocks}` });

test("case 75: on a full disk an apply still does its work and prints it, keeps the old file whole, and ends with 1", async () => {
  world.workspace.write("results/report.json", "old");
  const ran = await world.run([...APPLY, "--format", "json", "--report", "results/report.json"], {
    shell: fullDisk(0),
  });
  expect(ran.code).toBe(1);
  expect(ran.json()).toMatchObject({ summary: { applied: 2 } });
  expect(ran.stderr).toMatch(/^error: The result could not be written to results\/report\.json: EFBIG/m);
  expect(ran.stderr.match(/^warning: The journal .*EFBIG/gm)).toHaveLength(1);
  expect(await countPuts()).toBe(2);
  const folder = join(world.workspace.path, "results");
  expect(readdirSync(folder)).toEqual(["report.json"]);
  expect(readFileSync(join(folder, "report.json"), "utf8")).toBe("old");
});

test("case 75: a report that cannot be written is printed instead, so that nothing is lost that was done", async () => {
  const ran = await world.run([...APPLY, "--report", "report.json"], { shell: fullDisk(0) });
  expect(ran.code).toBe(1);
  const [, report = ""] = ran.stderr.split(/^error: The result could not be written to report\.json: .*\n/m);
  expect(JSON.parse(report)).toMatchObject({ kind: "apply-report", summary: { applied: 2 } });
});

test("case 75: a file that is mounted by itself, which nothing can replace, is written in place", async () => {
  world.workspace.write("report.json", "old");
  const refuse = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
    fs.renameSync = () => { throw Object.assign(new Error("EBUSY: busy"), { code: "EBUSY" }); };
    syncBuiltinESMExports();`;
  const ran = await world.run([...APPLY, "--report", "report.json"], { env: injected(refuse) });
  expect(ran.code).toBe(0);
  const report = readFileSync(join(world.workspace.path, "report.json"), "utf8");
  expect(JSON.parse(report)).toMatchObject({ summary: { applied: 2 } });
  expect(readdirSync(world.workspace.path).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("case 75: a result that does not fit is not left half-written", async () => {
  const ran = await world.run(["plan", "--out", "plan.json"], { shell: fullDisk(1) });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/^error: The result could not be written to plan\.json/m);
  expect(readdirSync(world.workspace.path).filter((name) => name.startsWith("plan.json"))).toEqual([]);
});

test("case 75: where no journal can be kept, one warning says so before the first write, and the apply goes on", async () => {
  world.workspace.write(".campaignctl", "a file where the folder should be");
  const ran = await world.run(APPLY);
  expect(ran.code).toBe(0);
  expect(ran.stderr.match(/^warning: The journal /gm)).toHaveLength(1);
  expect(ran.stderr.indexOf("warning: The journal")).toBeLessThan(ran.stderr.indexOf("replaced"));
  expect(await countPuts()).toBe(2);
});

test.each([
  ["both closed", ">&- 2>&-"],
  ["a full stderr", "2>/dev/full"],
])("case 75: an apply without its streams does all its work (%s)", async (_, after) => {
  const ran = await world.run([...APPLY, "--report", "report.json"], { shell: { after } });
  expect(ran.code).toBe(0);
  expect(await countPuts()).toBe(2);
  const report = readFileSync(join(world.workspace.path, "report.json"), "utf8");
  expect(JSON.parse(report)).toMatchObject({ summary: { applied: 2 } });
});

test("case 75: readers of both streams that go away in mid-run cost no work, no file and no exit code", async () => {
  const ran = await world.run([...APPLY, "--report", "report.json"], {
    onStart: (child) => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  });
  expect(ran.code).toBe(0);
  expect(await countPuts()).toBe(2);
  expect(existsSync(join(world.workspace.path, "report.json"))).toBe(true);
});

test("case 75: a full stdout is told and ends with 1, but never hides what weighs more", async () => {
  await world.sandbox.edit(campaignId(1), { authoringStatus: "sent" });
  const skipped = await world.run([...APPLY, "--fail-on-skip"], { shell: { after: ">/dev/full" } });
  expect(skipped.code).toBe(11);
  expect(skipped.stderr).toMatch(/^error: The result could not be printed \(ENOSPC\)/m);
  const fine = await world.run(APPLY, { shell: { after: ">/dev/full" } });
  expect(fine.code).toBe(1);
});
