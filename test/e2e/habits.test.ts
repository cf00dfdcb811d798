import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startRawServer } from "../support/network/raw-server.ts";
import { makeWorkspace, ROOT, runCli } from "../support/program/cli.ts";
import { runHere } from "../support/program/run-here.ts";
import { runInTerminal } from "../support/program/terminal.ts";
import { campaignFile, makeWorldHere, type TestWorld } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

const ONE = { id: campaignId(1), desired: binding([1, 2]), live: binding([1]) };
const LOCKED = { ...ONE, id: campaignId(2), seed: { authoringStatus: "sent" } };

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorldHere([ONE, LOCKED]);
});
afterAll(() => world.end());

describe("short words for flags", () => {
  test.each(["-v", "-V", "--version"])("%s prints the version", async (flag) => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(await runHere([flag])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("-o is --out, --json is --format json, the last word on the format counts", async () => {
    const ran = await world.run(["plan", "--json", "-o", "short.json"]);
    expect(JSON.parse(readFileSync(join(world.workspace.path, "short.json"), "utf8"))).toEqual(ran.json());
    expect((await world.run(["plan", "--json", "--format", "text"])).stdout).toMatch(/^Plan: /m);
    expect((await world.run(["plan", "--format", "text", "--json"])).json()).toMatchObject({ kind: "plan" });
    expect((await world.run(["validate", "--json"])).json()).toMatchObject({ kind: "validation" });
  });

  test("-y is --yes, and -q leaves warnings and errors alone on stderr", async () => {
    const loud = await world.run(["apply", "-y", "--no-wait"]);
    expect(loud.stderr).toContain("audiences replaced and read back");
    await world.sandbox.edit(ONE.id, { audience: ONE.live });
    const quiet = await world.run(["apply", "-y", "-q", "--no-wait"]);
    expect(quiet.code).toBe(0);
    expect(quiet.stderr).toMatch(/^warning: skipped .*\n$/);
    expect(quiet.stdout).toMatch(/^Apply: 1 applied/m);
    await world.sandbox.edit(ONE.id, { audience: ONE.live });
  });

  test("-C works in another folder, with every file that is named", async () => {
    const elsewhere = makeWorkspace();
    onTestFinished(elsewhere.remove);
    const ran = await world.run(["plan", "-C", world.workspace.path, "-o", "there.json"], {
      cwd: elsewhere.path,
    });
    expect(ran.code).toBe(0);
    expect(existsSync(join(world.workspace.path, "there.json"))).toBe(true);
    const seed = await world.run(["-C", elsewhere.path, "sandbox", "--seed", "none.yaml"]);
    expect(seed.stderr).toContain("none.yaml");
    expect(seed.code).toBe(3);
    const nowhere = await world.run(["plan", "-C", "nowhere"]);
    expect(nowhere).toMatchObject({ code: 3, stdout: "" });
    expect(nowhere.stderr).toMatch(/^error: -C nowhere: there is no such folder/);
  });

  test("flags may stand before the command, with their values", async () => {
    const ran = await world.run(["--format", "json", "-q", "--parallelism=2", "plan", "campaigns/01.yaml"]);
    expect(ran.code).toBe(0);
    expect(ran.json()).toMatchObject({ summary: { update: 1, skip: 0 } });
  });

  test("a group of short flags before the command takes the next word where its last one has a value", async () => {
    const file = join(world.workspace.path, "group.json");
    expect((await world.run(["-qo", "group.json", "plan", "campaigns/01.yaml"])).code).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ kind: "plan" });
    expect((await world.run(["-qC", world.workspace.path, "plan", "campaigns/01.yaml"])).code).toBe(0);
    expect((await world.run(["-qogroup-C", "plan", "campaigns/01.yaml"])).code).toBe(0);
    expect(existsSync(join(world.workspace.path, "group-C"))).toBe(true);
  });

  test.each([
    [["--config", "campaigns/01.yaml", "plan"], "error[", "01.yaml"],
    [["--config", "campaigns/01.yaml", "-q"], "Usage: campaignctl [options] [command]", "Examples:"],
    [["-q", "--nope"], "error: unknown option '--nope'", "COMMAND --help"],
    [["-q", "--nope", "plan"], "error: unknown option '--nope'", "COMMAND --help"],
  ])("%j: said", async (args, first, more) => {
    const { code, stdout, stderr } = await world.run(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr.startsWith(first)).toBe(true);
    expect(stderr).toContain(more);
  });
});

test("--debug tells each request, without its headers, its query and its body", async () => {
  const ran = await world.run(["plan", "--debug", "--json"], { env: { EXPERITURE_TOKEN: "canary-1" } });
  const { pathname } = new URL(world.sandbox.url);
  for (const { id } of [ONE, LOCKED]) {
    expect(ran.stderr).toMatch(
      new RegExp(`^debug: GET ${pathname}/campaigns/${id}/summary 200 \\d+ ms correlation id \\S+$`, "m"),
    );
  }
  expect(ran.stderr).not.toMatch(/canary|audience|Bearer/i);
  const server = await startRawServer(() => undefined);
  await server.close();
  const dead = await runHere(["plan", "--debug", "--api-url", `${server.url}/v1`], {
    cwd: world.workspace.path,
  });
  expect(dead.stderr).toMatch(/^debug: GET \/v1\/campaigns\/\S+ no answer \d+ ms$/m);
});

describe("words that are not known", () => {
  test.each([
    [["nope"], "unknown command 'nope'"],
    [["help", "nope"], "unknown command 'nope'"],
    [["nope", "--help"], "unknown command 'nope'"],
    [["diff", "-h"], "campaignctl plan shows"],
    [["help", "aply"], "(Did you mean apply?)"],
    [["diff"], "campaignctl plan shows"],
    [["sync"], "campaignctl apply makes live"],
    [["push"], "campaignctl apply makes live"],
    [["lint"], "campaignctl validate checks"],
    [["-q", "lint"], "campaignctl validate checks"],
    [["apply", "--dry-run"], "campaignctl plan never writes"],
    [["apply", "--auto-approve"], "--yes does not ask"],
    [["apply", "-auto-approve"], "There is no -auto-approve here: --yes does not ask"],
    [["apply", "-n"], "campaignctl plan never writes"],
    [["plan", "--yes"], "only campaignctl apply asks"],
    [["plan", "-y"], "only campaignctl apply asks"],
    [["apply", "--force"], "a locked campaign is left alone"],
  ])("%j: said, and answered with ours", async (args, said) => {
    const { code, stdout, stderr } = await runHere(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain("Usage:");
  });
});

describe("help", () => {
  test("has examples, every exit code and variable of README, and a link that leads there", async () => {
    const { code, stdout } = await runCli(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Examples:\n {2}campaignctl /m);
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const codes = [...readme.matchAll(/^\| ([\d, ]+) +\|/gm)].flatMap(([, row = ""]) => row.split(","));
    const [, told = ""] = stdout.match(/Exit codes:\n([\s\S]*?)\n\n/) ?? [];
    expect(codes.length).toBeGreaterThan(12);
    for (const each of codes) expect(told).toMatch(new RegExp(`^ *(?:\\d.*)?\\b${each.trim()}\\b`, "m"));
    for (const [, name = ""] of readme.matchAll(/`([A-Z]+_[A-Z_]+)`/g)) expect(stdout).toContain(name);
    const [, link = ""] = stdout.match(/More: (\S+)/) ?? [];
    expect(readFileSync(fileURLToPath(link), "utf8")).toBe(readme);
  });

  test.each(["validate", "plan", "apply", "wait", "sandbox"])("of %s has examples of it", async (command) => {
    const { stdout } = await runHere(["help", command]);
    const [, list = ""] = stdout.match(/^Examples:\n([\s\S]*)/m) ?? [];
    for (const line of list.trimEnd().split("\n"))
      expect(line).toMatch(new RegExp(`^  campaignctl ${command}`));
  });
});

describe("EXPERITURE_API_URL that beats the environment's own URL", () => {
  const project = "version: 1\nenvironments: { staging: { apiUrl: https://staging.example.com/v1 } }\n";

  test("is told on stderr, once, before anything else", async () => {
    const folder = makeWorkspace({
      "campaignctl.yaml": project,
      "campaigns/a.yaml": campaignFile(ONE.id, ONE.desired),
    });
    onTestFinished(folder.remove);
    const run = (args: readonly string[]) => world.run(args, { cwd: folder.path });
    for (const args of [["plan"], ["wait", "--wait-timeout", "1s"], ["apply", "--yes", "--no-wait", "-q"]]) {
      const { stderr } = await run([...args, "--environment", "staging"]);
      expect(stderr.match(/EXPERITURE_API_URL/g)).toHaveLength(1);
      expect(stderr.split("\n")[0]).toBe(
        `warning: EXPERITURE_API_URL beats the project file: this run goes to ${world.sandbox.url}, not to https://staging.example.com/v1, the apiUrl of environment "staging".`,
      );
    }
    await world.sandbox.edit(ONE.id, { audience: ONE.live });
    // What was said on the command line needs no second word.
    const flagged = await run(["plan", "--environment", "staging", "--api-url", world.sandbox.url]);
    expect(flagged.stderr).not.toContain("EXPERITURE_API_URL");
    expect((await run(["plan"])).stderr).not.toContain("EXPERITURE_API_URL");
  });

  test("stands in the question", async () => {
    const folder = makeWorkspace({
      "campaignctl.yaml": project,
      "campaigns/a.yaml": campaignFile(ONE.id, ONE.desired),
    });
    onTestFinished(folder.remove);
    const run = runInTerminal(["apply", "--environment", "staging"], {
      cwd: folder.path,
      env: { EXPERITURE_API_URL: world.sandbox.url },
      columns: 250,
      rows: 40,
    });
    onTestFinished(run.close);
    await run.seen("Type yes to apply");
    run.type("no\r");
    expect(await run.ended).toBe(8);
    expect(run.screen.lines().join("\n")).toContain(
      `. Environment staging, API ${world.sandbox.url}, by EXPERITURE_API_URL, and not https://staging.example.com/v1. Type yes to apply: no`,
    );
  });
});
