import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { makeWorkspace } from "../../support/program/cli.ts";
import { runHere } from "../../support/program/run-here.ts";
import { campaignFile, makeWorldHere } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const spring = campaignFile(campaignId(1), binding([1, 2]));
const summer = campaignFile(campaignId(2), binding([1, 2]));
const LIVE = [1, 2].map((number) => ({
  id: campaignId(number),
  desired: binding([1, 2]),
  live: binding([1]),
}));

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of open.splice(0)) await end();
});

function folderOf(files: Readonly<Record<string, string>>) {
  const workspace = makeWorkspace(files);
  open.push(workspace.remove);
  const run = (args: readonly string[], folder = ".", env = {}) =>
    runHere(args, { cwd: join(workspace.path, folder), env });
  return { ...workspace, run };
}

async function worldOf() {
  const world = await makeWorldHere(LIVE);
  open.push(world.end);
  return world;
}

describe("a pattern that begins with !", () => {
  test("keeps parked campaigns from being written", async () => {
    const world = await worldOf();
    world.workspace.write(
      "campaignctl.yaml",
      'version: 1\ncampaigns: [campaigns/*.yaml, "!campaigns/02.*"]\n',
    );
    const { code, stdout } = await world.run(["apply", "--yes", "--no-wait"]);
    expect({ code, told: stdout.includes("Apply: 1 applied, 0 unchanged") }).toEqual({ code: 0, told: true });
    const written = (await world.sandbox.requests()).filter(({ method }) => method === "PUT");
    expect(written.map(({ path }) => path.split("/")[4])).toEqual([campaignId(1)]);
  });

  test("and matches nothing is a warning at its place, in validate, in plan and in its JSON", async () => {
    const world = await worldOf();
    world.workspace.write(
      "campaignctl.yaml",
      'version: 1\ncampaigns:\n  - campaigns\n  - "!campaigns/parkd"\n',
    );
    const place = "warning[pattern-matches-nothing] campaignctl.yaml:4:5";
    const checked = await world.run(["validate"]);
    expect(checked.code).toBe(0);
    expect(checked.stderr).toContain(place);
    const planned = await world.run(["plan"]);
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain(place);
    const { diagnostics } = (await world.run(["plan", "--format", "json"])).json();
    expect(diagnostics).toMatchObject([
      { code: "pattern-matches-nothing", file: "campaignctl.yaml", range: { start: { line: 4, column: 5 } } },
    ]);
    expect((await world.run(["wait", "--wait-timeout", "1ms"])).stderr).toContain(place);
    const applied = await world.run(["apply", "--yes", "--no-wait", "--format", "json"]);
    expect(applied.stderr).toContain(place);
  });
});

describe("a project file elsewhere", () => {
  test.each(["plain", "{e,f}", "[ab]", "!g", "(m)", "+(k)", "~t", "x{1..2}", "..x", "a\\b"])(
    "reads the same from everywhere, in a folder named %s",
    async (name) => {
      const { run, path } = folderOf({
        [`${name}/campaignctl.yaml`]: 'version: 1\ncampaigns: ["c/**/*.yaml", "!c/parked"]\n',
        [`${name}/c/a.yaml`]: spring,
        [`${name}/c/parked/b.yaml`]: summer,
        "infra/x.txt": "",
      });
      const ways = [
        [[], name],
        [["--config", `${name}/campaignctl.yaml`], "."],
        [["--config", `../${name}/campaignctl.yaml`], "infra"],
        [["--config", join(path, name, "campaignctl.yaml")], "infra"],
      ] as const;
      for (const [flags, folder] of ways) {
        const { code, stdout, stderr } = await run(["validate", ...flags], folder);
        expect({ code, stdout, stderr }).toEqual({
          code: 0,
          stdout: "Validate: 1 campaign in 1 file, 0 errors.\n",
          stderr: "",
        });
      }
    },
  );

  test("is the place that the default is relative to, and no campaign itself", async () => {
    const { run } = folderOf({ "m/campaigns/a.yaml": spring, "m/p.yaml": "version: 1\n" });
    expect(await run(["validate", "--config", "m/p.yaml"])).toMatchObject({ code: 0, stderr: "" });
    const all = folderOf({
      "m/campaigns/a.yaml": spring,
      "m/p.yaml": 'version: 1\ncampaigns: ["**/*.yaml"]\n',
    });
    expect(await all.run(["validate", "--config", "m/p.yaml"])).toMatchObject({ code: 0, stderr: "" });
  });

  test("is found upwards in a repository, which is told in one line, and its paths stay relative to it", async () => {
    const world = await worldOf();
    const { workspace } = world;
    mkdirSync(join(workspace.path, ".git"));
    workspace.write("campaignctl.yaml", "version: 1\ncampaigns: [campaigns/01.yaml]\n");
    workspace.write("campaigns/eu/notes.txt", "");
    const cwd = join(workspace.path, "campaigns/eu");
    const { code, stdout, stderr } = await world.run(["plan", "--format", "json"], { cwd });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `Project file: ${join(workspace.path, "campaignctl.yaml")} (found upwards)\n`,
    });
    expect(JSON.parse(stdout)).toMatchObject({ changes: [{ source: { file: "../01.yaml" } }] });
    rmSync(join(workspace.path, ".git"), { recursive: true });
    expect((await world.run(["validate"], { cwd })).stderr).toMatch(/^error\[no-files\]/);
  });
});

test("endings in any case are read, in folders, in patterns and by default", async () => {
  const files = { "campaigns/A.YAML": spring, "campaigns/b.Yml": summer };
  const { run, write } = folderOf(files);
  const all = "Validate: 2 campaigns in 2 files, 0 errors.\n";
  expect((await run(["validate"])).stdout).toBe(all);
  expect((await run(["validate", "campaigns"])).stdout).toBe(all);
  write("campaignctl.yaml", 'version: 1\ncampaigns: ["campaigns/*.yaml", "**/*.yml"]\n');
  expect(await run(["validate"])).toMatchObject({ stdout: all, stderr: "" });
});

test("what campaignctl saved among the campaigns is told and left out; nothing else makes a run of it", async () => {
  const world = await worldOf();
  await world.run(["plan", "--out", "campaigns/plan.json"]);
  await world.run(["apply", "--yes", "--no-wait", "--report", "campaigns/report.json"]);
  world.workspace.write("campaignctl.yaml", "version: 1\ncampaigns: [campaigns/*]\n");
  const { code, stdout, stderr } = await world.run(["validate"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "Validate: 2 campaigns in 2 files, 0 errors.\n" });
  expect(stderr.match(/^warning\[not-a-campaign\] campaigns\/(plan|report)\.json$/gm)).toHaveLength(2);
  for (const file of ["campaigns/plan.json", "campaignctl.yaml"]) {
    const alone = await world.run(["plan", file]);
    expect({ code: alone.code, stdout: alone.stdout }).toEqual({ code: 3, stdout: "" });
    expect(alone.stderr).toMatch(/^warning\[not-a-campaign\]/m);
    expect(alone.stderr).toMatch(/^error\[no-files\]$/m);
  }
});

test("case 79: what looks like a secret in a file is in no output", async () => {
  const canary = "canary-0a1b2c3d";
  const { run } = folderOf({
    "campaignctl.yaml": `version: 1\ntoken: ${canary}\n`,
    "a.yaml": `campaignId: ${canary}\ninclude: []\n`,
  });
  for (const args of [["validate"], ["validate", "--format", "json"], ["plan"], ["plan", "a.yaml"]]) {
    const { code, stdout, stderr } = await run(args, ".", { EXPERITURE_TOKEN: canary });
    expect(code).toBe(3);
    expect(stdout + stderr).not.toContain(canary);
    expect(stdout + stderr).toContain("unknown-key");
  }
});
