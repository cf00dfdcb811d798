import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { answerJson, closedPort, startRawServer } from "../support/network/raw-server.ts";
import { injected, makeWorkspace, runCli } from "../support/program/cli.ts";
import { runHere } from "../support/program/run-here.ts";
import { campaignFile, makeWorldHere, type TestCampaign, type TestWorld } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";
import { summaryOf } from "../support/samples/summary.ts";

const ONE: TestCampaign = { id: campaignId(1), desired: binding([1, 2]), live: binding([1]) };
const TWO: TestCampaign = { id: campaignId(2), desired: binding([1, 2]), live: binding([1]) };

const open: { end(): Promise<void> }[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.end();
});

async function worldOf(...args: Parameters<typeof makeWorldHere>): Promise<TestWorld> {
  const world = await makeWorldHere(...args);
  open.push(world);
  return world;
}

/** A campaign folder without any server. */
function filesOf(campaigns: readonly TestCampaign[], more: Readonly<Record<string, string>> = {}) {
  const files = campaigns.map(({ id, desired }, index) => [
    `campaigns/${index}.yaml`,
    campaignFile(id, desired),
  ]);
  const workspace = makeWorkspace({ ...Object.fromEntries(files), ...more });
  open.push({ end: async () => workspace.remove() });
  return workspace;
}

/** For the environment of a run: each pause that it makes is told on stderr. */
const SLEEPS_TOLD = injected(`
  import timers from "node:timers/promises";
  import { syncBuiltinESMExports } from "node:module";
  const sleep = timers.setTimeout;
  timers.setTimeout = (ms, ...rest) => {
    console.error("slept " + Math.ceil(ms));
    return sleep(ms, ...rest);
  };
  syncBuiltinESMExports();`);

describe("3: invalid files, flags or environment; stdout stays empty, nothing is sent", () => {
  test.each([
    ["an unknown command", ["sync"], {}],
    ["an unknown flag", ["plan", "--nonsense"], {}],
    ["an unknown format", ["plan", "--format", "xml"], {}],
    ["markdown of validate", ["validate", "--format", "markdown"], {}],
    ["parallelism 0", ["plan", "--parallelism", "0"], {}],
    ["a shard that is none", ["plan", "--shard", "4/3"], {}],
    ["a time that is none", ["plan", "--max-duration", "20"], {}],
    ["a shard of an apply", ["apply", "--shard", "1/3"], {}],
    ["a duration without a unit", ["wait", "--wait-timeout", "10"], {}],
    ["a digest that is none", ["apply", "--expect-digest", "abc"], {}],
    ["a saved plan that is not there", ["apply", "--plan", "nope.json"], {}],
    ["a URL without https", ["plan", "--api-url", "http://api.example.test"], {}],
    ["a URL with a password", ["plan", "--api-url", "https://u:canary@api.example.test"], {}],
    ["a variable that is no URL", ["plan"], { EXPERITURE_API_URL: "api.example.test" }],
    ["no credentials", ["plan"], { EXPERITURE_TOKEN: "" }],
    ["half the credentials", ["plan"], { EXPERITURE_TOKEN: "", EXPERITURE_CLIENT_ID: "me" }],
    ["a token with a line end", ["plan"], { EXPERITURE_TOKEN: "abc\n" }],
    ["a folder that does not exist for --out", ["plan", "--out", "nowhere/plan.json"], {}],
    ["no file matched", ["plan", "other/*.yaml"], {}],
    ["a config that is not there", ["plan", "--config", "other.yaml"], {}],
  ])("%s", async (_, args, env) => {
    const workspace = filesOf([ONE]);
    const { code, stdout, stderr } = await runHere(args, { cwd: workspace.path, env });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).not.toBe("");
    expect(stderr).not.toMatch(/canary|\n\s+at /);
  });

  test.each([
    ["plan --out campaigns/0.yaml", /^error: --out campaigns\/0\.yaml: the result is JSON/],
    ["wait --out CAMPAIGNCTL.YML", /^error: --out CAMPAIGNCTL\.YML: the result is JSON/],
    ["apply --plan a.json --report ./campaigns/../a.json", /^error: --report and --plan name the same file/],
    ["plan --config a.json --out link.json", /^error: --out and --config name the same file/],
    ["apply --yes --out new.json --report folder/new.json", /^error: --report and --out name the same file/],
    ["plan --last-checked campaigns/0.yaml", /^error: --last-checked campaigns\/0\.yaml: the result is JSON/],
    ["plan --out a.json --last-checked a.json", /^error: --last-checked and --out name the same file/],
    ["plan --out yaml.json", /^error: --out yaml\.json: the result is JSON/],
    [
      "apply --plan a.json/p.json --report r.json",
      /^error: The saved plan a\.json\/p\.json cannot be read: ENOTDIR/,
    ],
    [`plan --out ${"p".repeat(300)}`, /^error: --out p+: cannot write there \(ENAMETOOLONG\)/],
    ["plan --out a.json/p.json", /^error: --out a\.json\/p\.json: the folder .* does not exist/],
    ["plan --out new/", /^error: --out new\/: this is a folder/],
    ["plan --out campaign.json", /^error: --out campaign\.json: this file declares a campaign/],
    ["plan --out nope/..", /^error: --out nope\/\.\.: this is a folder/],
  ])("%s would lose a file: it is refused, and nothing is touched", async (line, said) => {
    const campaign = JSON.stringify({ name: "x", campaignId: ONE.id, ...ONE.desired });
    const workspace = filesOf([ONE], { "a.json": "version: 1\n", "campaign.json": campaign });
    symlinkSync("a.json", join(workspace.path, "link.json"));
    symlinkSync(".", join(workspace.path, "folder"));
    symlinkSync("campaigns/0.yaml", join(workspace.path, "yaml.json"));
    const { code, stdout, stderr } = await runHere(line.split(" "), { cwd: workspace.path });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(said);
    expect(readdirSync(workspace.path).sort()).toEqual([
      "a.json",
      "campaign.json",
      "campaigns",
      "folder",
      "link.json",
      "yaml.json",
    ]);
    expect(readFileSync(join(workspace.path, "a.json"), "utf8")).toBe("version: 1\n");
  });

  test.each([
    ["plan", "--out", "nowhere\x1B[31m/plan.json"],
    ["plan", "--parallelism", "\x1B[31m"],
    ["plan", "--api-url", "https://\x1B[31m"],
    ["apply", "--plan", "\x1B[31m.json"],
    ["sandbox", "--seed", "\x1B[31m"],
    ["\x1B[31m"],
  ])("an escape sequence among the arguments is made visible (%j)", async (...args) => {
    const workspace = filesOf([ONE]);
    const { code, stderr } = await runHere(args, { cwd: workspace.path });
    expect(code).toBe(3);
    expect(stderr).not.toContain("\x1B");
    expect(stderr).toMatch(/^error: .*\n {2}\S/);
  });

  test("one device takes two results", async () => {
    const world = await worldOf([ONE]);
    const ran = await world.run(["apply", "--yes", "--out", "/dev/null", "--report", "/dev/null"]);
    expect(ran.code).toBe(0);
  });

  test("an invalid file stops the run of all, before anything is sent", async () => {
    const world = await worldOf([ONE]);
    world.workspace.write("campaigns/bad.yaml", "campaignId: nonsense\ninclude: []\n");
    const { code, stdout, stderr } = await world.run(["apply", "--yes", "--format", "json"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/campaigns\/bad\.yaml:1:13/);
    expect(stderr).toMatch(/empty-include/);
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("validate tells of an unknown environment in its JSON too", async () => {
    const workspace = filesOf([ONE], {
      "campaignctl.yaml": "version: 1\nenvironments: { production: {} }\n",
    });
    const args = ["validate", "--format", "json", "--environment", "nope"];
    const ran = await runHere(args, { cwd: workspace.path });
    expect(ran.code).toBe(3);
    expect(ran.json()).toMatchObject({ diagnostics: [{ code: "environment-unknown" }] });
  });

  test.each([
    ["an API URL without https", [], "environments: { production: { apiUrl: 'http://api.example.test' } }"],
    ["an API URL with a password", [], "environments: { production: { apiUrl: 'https://u:canary@x.test' } }"],
  ])("validate tells of %s, and prints its JSON all the same", async (_, args, environments) => {
    const workspace = filesOf([ONE], { "campaignctl.yaml": `version: 1\n${environments}\n` });
    const ran = await runHere(["validate", "--format", "json", ...args], { cwd: workspace.path });
    expect(ran.code).toBe(3);
    expect(ran.json()).toMatchObject({ kind: "validation", diagnostics: [] });
    expect(ran.stderr).toMatch(/^error: .*environment/);
    expect(ran.stdout + ran.stderr).not.toContain("canary");
  });

  test("validate --format json prints its diagnostics, also on 3", async () => {
    const workspace = filesOf([], { "campaigns/bad.yaml": "campaignId: nonsense\ninclude: []\n" });
    const ran = await runHere(["validate", "--format", "json"], { cwd: workspace.path });
    expect(ran.code).toBe(3);
    expect(ran.json()).toMatchObject({
      formatVersion: "1.0",
      kind: "validation",
      diagnostics: [
        { severity: "error", code: "invalid-id", file: "campaigns/bad.yaml" },
        { severity: "error", code: "empty-include" },
      ],
    });
  });

  test("an environment that the project file does not have", async () => {
    const workspace = filesOf([ONE], {
      "campaignctl.yaml":
        "version: 1\nenvironments:\n  production: { apiUrl: https://api.example.test/v1 }\n",
    });
    for (const command of ["validate", "plan"]) {
      const { code, stderr } = await runHere([command, "--environment", "prod"], { cwd: workspace.path });
      expect(code).toBe(3);
      expect(stderr).toMatch(/no environment "prod"/);
      expect(stderr).toMatch(/production/);
    }
  });

  test("an environment that no file declares: nothing is sent", async () => {
    const world = await worldOf([ONE]);
    for (const command of [["validate"], ["plan"], ["apply", "--yes"], ["wait"]]) {
      const { code, stdout, stderr } = await world.run([...command, "--environment", "prod"]);
      expect({ command, code, stdout }).toEqual({ command, code: 3, stdout: "" });
      expect(stderr).toMatch(/environment-unknown/);
      expect(stderr).toMatch(/"prod".*campaignctl\.yaml/s);
    }
    expect(await world.sandbox.requests()).toEqual([]);
  });
});

describe("4: credentials or scope refused", () => {
  const scoped = (scopes: string[]) => ({ tokens: [{ token: "test-token", scopes }] });

  test("case 30: one message, at most as many requests as run at once, nothing on stdout, exit 4", async () => {
    const campaigns = Array.from({ length: 12 }, (_, index) => ({ ...ONE, id: campaignId(index) }));
    const world = await worldOf(campaigns, { seed: { tokens: [{ token: "another" }] } });
    const { code, stdout, stderr } = await world.run(["plan", "--parallelism", "3", "--format", "json"]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr.match(/error:/g)).toHaveLength(1);
    expect(stderr).toMatch(/EXPERITURE_TOKEN/);
    expect((await world.sandbox.requests()).length).toBeLessThanOrEqual(3);
  });

  test("a token without the scope to read: the message names it", async () => {
    const world = await worldOf([ONE], { seed: scoped(["campaigns:update"]) });
    const { code, stderr } = await world.run(["plan"]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/campaigns:read/);
  });

  test("a token without the scope to write: the report is printed, the message names it", async () => {
    const campaigns = Array.from({ length: 6 }, (_, index) => ({ ...ONE, id: campaignId(index) }));
    const world = await worldOf(campaigns, { seed: scoped(["campaigns:read"]) });
    const ran = await world.run(["apply", "--yes", "--format", "json", "--parallelism", "2"]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toMatch(/campaigns:update/);
    const { summary, results } = ran.json() as { summary: Record<string, number>; results: unknown[] };
    expect(results).toHaveLength(6);
    expect(summary).toMatchObject({ applied: 0 });
    expect((summary.failed ?? 0) + (summary.notAttempted ?? 0)).toBe(6);
    const puts = (await world.sandbox.requests()).filter(({ method }) => method === "PUT");
    expect(puts.length).toBeLessThanOrEqual(2);
  });
});

describe("5: nothing could be read", () => {
  test("case 39: the plan is printed all the same, exit 5", async () => {
    const workspace = filesOf([ONE, TWO]);
    const ran = await runHere(
      ["plan", "--format", "json", "--api-url", `http://127.0.0.1:${await closedPort()}/public/v1`],
      {
        cwd: workspace.path,
        env: SLEEPS_TOLD,
      },
    );
    expect(ran.code).toBe(5);
    const slept = [...ran.stderr.matchAll(/^slept (\d+)$/gm)].map(([, ms]) => Number(ms));
    expect(slept).not.toEqual([]);
    // Two campaigns, each with four pauses of at most 3.75 s in all.
    expect(slept.length).toBeLessThanOrEqual(8);
    expect(slept.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(7_500);
    expect(ran.json()).toMatchObject({
      summary: { error: 2 },
      changes: [{ action: "error", reason: "unreadable", error: { code: "no-answer", status: null } }, {}],
    });
  });

  test("case 38: an apply sends a few requests, then gives up, exit 5", async () => {
    const campaigns = Array.from({ length: 60 }, (_, index) => ({ ...ONE, id: campaignId(index) }));
    const world = await worldOf(campaigns, { fault: "503" });
    const ran = await world.run(["apply", "--yes", "--format", "json", "--parallelism", "5"]);
    expect(ran.code).toBe(5);
    expect(ran.json()).toMatchObject({ summary: { failed: 60, applied: 0 } });
    expect((await world.sandbox.requests()).length).toBeLessThanOrEqual(25);
  });
});

describe("8: incomplete", () => {
  test("campaigns were read, but every write is refused for rate: not 5", async () => {
    const workspace = filesOf([ONE]);
    const server = await startRawServer((request, socket) => {
      const limited = { status: 429, headers: { "retry-after": "300" } };
      const read = request.method === "GET";
      socket.write(read ? answerJson(summaryOf(ONE.id, ONE.live)) : answerJson({ success: false }, limited));
    });
    open.push({ end: () => server.close() });
    const url = `${server.url}/public/v1`;
    const fresh = await runHere(["apply", "--yes", "--api-url", url], { cwd: workspace.path });
    expect(fresh.code).toBe(8);
    await runHere(["plan", "--out", "plan.json", "--api-url", url], { cwd: workspace.path });
    const saved = await runHere(["apply", "--plan", "plan.json", "--api-url", url], { cwd: workspace.path });
    expect(saved.code).toBe(8);
  });

  test("case 29: that campaign is an error, the other is planned and applied, exit 8", async () => {
    const world = await worldOf([ONE]);
    world.workspace.write("campaigns/02.yaml", campaignFile(TWO.id, TWO.desired));
    const plan = await world.run(["plan", "--format", "json", "--detailed-exitcode"]);
    expect(plan.code).toBe(8);
    expect(plan.json()).toMatchObject({
      summary: { update: 1, error: 1 },
      changes: [{ action: "update" }, { action: "error", reason: "not-found", error: { status: 404 } }],
    });
    const apply = await world.run(["apply", "--yes", "--format", "json"]);
    expect(apply.code).toBe(8);
    expect(apply.json()).toMatchObject({
      results: [
        { outcome: "applied" },
        { outcome: "failed", reason: "not-found", error: { mayHaveLanded: false } },
      ],
    });
  });

  test.each([
    ["a campaign of another type", { campaignType: "journey" }, "unsupported-type"],
    ["a campaign with missing state", { missingState: true }, "summary-unavailable"],
    [
      "an entry of a type that cannot be written back",
      { audience: { include: [{ audienceId: binding([1]).include[0]?.audienceId, type: "list" }] } },
      "unreadable",
    ],
  ])("case 36: that campaign is an error, the other is planned, exit 8 (%s)", async (_, seed, reason) => {
    const world = await worldOf([{ ...ONE, seed }, TWO]);
    const ran = await world.run(["plan", "--format", "json"]);
    expect(ran.code).toBe(8);
    expect(ran.json()).toMatchObject({ changes: [{ action: "error", reason }, { action: "update" }] });
  });
});

describe("10: written, but reach is not confirmed", () => {
  test("case 65: applied, and told as failed, exit 10; the other is confirmed", async () => {
    const world = await worldOf([{ ...ONE, seed: { switches: { evaluation: "failed" } } }, TWO]);
    const ran = await world.run(["apply", "--yes", "--format", "json"]);
    expect(ran.code).toBe(10);
    expect(ran.json()).toMatchObject({
      summary: { applied: 2, reachConfirmed: 1, reachUnconfirmed: 1 },
      results: [
        {
          outcome: "applied",
          unconfirmedReason: "evaluation-failed",
          reach: { status: "failed", confirmed: false },
        },
        { outcome: "applied", reach: { status: "ok", confirmed: true } },
      ],
    });
  });

  test("case 66: applied, reach not confirmed, exit 10; a later wait goes on", async () => {
    const world = await worldOf([ONE], { reachDelayMs: 3_000 });
    const ran = await world.run(["apply", "--yes", "--wait-timeout", "300ms"]);
    expect(ran.code).toBe(10);
    expect(ran.stdout).toMatch(/campaignctl wait/);
    const waited = await world.run(["wait"]);
    expect(waited.code).toBe(0);
    expect(waited.stdout).toMatch(
      /Wait: 1 confirmed, 0 not confirmed, 0 skipped \(not draft\), 0 failed\.\n$/,
    );
  });

  test("wait for a draft that differs from its file ends at once", async () => {
    const world = await worldOf([ONE]);
    const ran = await world.run(["wait", "--format", "json"]);
    expect(ran.code).toBe(10);
    expect(ran.json()).toMatchObject({
      kind: "wait-report",
      results: [{ unconfirmedReason: "live-differs" }],
    });
  });
});

test("several at once: the weightiest wins (8 over 7 over 11)", async () => {
  const locked = {
    id: campaignId(3),
    desired: binding([1, 2]),
    live: binding([1]),
    seed: { authoringStatus: "sent" },
  };
  const world = await worldOf([ONE, locked]);
  await world.run(["plan", "--out", "plan.json"]);
  await world.sandbox.edit(ONE.id, { audience: binding([7]) });
  const flags = ["--yes", "--fail-on-skip"];
  expect((await world.run(["apply", "--plan", "plan.json", ...flags])).code).toBe(7);
  world.workspace.write("campaigns/09.yaml", campaignFile(campaignId(9), binding([1])));
  expect((await world.run(["apply", ...flags])).code).toBe(8);
});

test("help and version are 0", async () => {
  expect(await runCli(["--version"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  const help = await runHere(["--help"]);
  expect(help.code).toBe(0);
  for (const command of ["validate", "plan", "apply", "wait", "sandbox"])
    expect(help.stdout).toContain(command);
});

test("an unchanged campaign whose reach failed is a warning on stderr in every format, and no exit code", async () => {
  const workspace = filesOf([ONE]);
  const server = await startRawServer((_, socket) => {
    socket.write(answerJson(summaryOf(ONE.id, ONE.desired, { reach: { status: "failed" } })));
  });
  open.push({ end: () => server.close() });
  for (const format of ["text", "json", "markdown"]) {
    const args = ["apply", "--yes", "--format", format, "--api-url", `${server.url}/public/v1`];
    const ran = await runHere(args, { cwd: workspace.path });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/warning: .*campaignctl wait/);
  }
});

test("4 before anything was read: stdout stays empty with a saved plan too", async () => {
  const workspace = filesOf([ONE]);
  let refuse = false;
  const server = await startRawServer((_, socket) => {
    const refusal = { success: false, error: { code: "A.UNAUTHORIZED" } };
    socket.write(refuse ? answerJson(refusal, { status: 401 }) : answerJson(summaryOf(ONE.id, ONE.live)));
  });
  open.push({ end: () => server.close() });
  const url = `${server.url}/public/v1`;
  await runHere(["plan", "--out", "plan.json", "--api-url", url], { cwd: workspace.path });
  refuse = true;
  const ran = await runHere(["apply", "--plan", "plan.json", "--format", "json", "--api-url", url], {
    cwd: workspace.path,
  });
  expect(ran.code).toBe(4);
  expect(ran.stdout).toBe("");
});
