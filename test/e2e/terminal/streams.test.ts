import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerJson, answerText, startRawServer } from "../../support/network/raw-server.ts";
import { ROOT } from "../../support/program/cli.ts";
import { makeWorldHere, type TestWorld } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const HOSTILE = "Sale \u001b[2J\u202egnp.exe\n::error::x `|<b>@everyone";
const CAMPAIGNS = [
  { id: campaignId(1), desired: binding([1, 2]), live: binding([1]) },
  { id: campaignId(2), desired: binding([1, 2]), live: binding([1]), seed: { authoringStatus: "sent" } },
];

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorldHere(CAMPAIGNS);
  await world.sandbox.edit(campaignId(1), { name: HOSTILE });
});
afterAll(() => world.end());

const ESCAPE = String.fromCharCode(27);

describe("colour", () => {
  test.each([
    ["a pipe has none", [], {}, false],
    ["FORCE_COLOR asks for it", [], { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR=0 does not", [], { FORCE_COLOR: "0" }, false],
    ["NO_COLOR beats it", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    ["--no-color beats it", ["--no-color"], { FORCE_COLOR: "1" }, false],
  ])("%s", async (_, flags, env, expected) => {
    const { stdout, stderr } = await world.run(["plan", ...flags], { env });
    expect(stdout.includes(`${ESCAPE}[`)).toBe(expected);
    expect(stderr.includes(`${ESCAPE}[`)).toBe(expected);
  });

  test("without colour nothing is lost but colour", async () => {
    const plain = await world.run(["plan"]);
    const coloured = await world.run(["plan"], { env: { FORCE_COLOR: "1" } });
    const codes = new RegExp(`${ESCAPE}\\[\\d+m`, "g");
    const comparable = (text: string) => text.replace(/planned .* UTC/, "planned");
    expect(comparable(coloured.stdout.replace(codes, ""))).toBe(comparable(plain.stdout));
  });
});

test.each(["text", "markdown", "json"])(
  "case 25: a name with escapes comes out harmless in every format (%s)",
  async (format) => {
    const { stdout, stderr } = await world.run(["plan", "--format", format]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;
    expect(stdout).not.toMatch(control);
    expect(stderr).not.toMatch(control);
    expect(stdout).not.toMatch(/^::error/m);
    if (format === "json")
      expect((JSON.parse(stdout) as { changes: { name: string }[] }).changes[0]?.name).toBe(HOSTILE);
  },
);

test("case 81: the same plan, byte for byte, in any order of files, parallelism, locale and time zone", async () => {
  const planOf = async (args: readonly string[], env: Record<string, string>) => {
    const { stdout } = await world.run(["plan", "--format", "json", ...args], { env });
    return stdout.replace(/"(createdAt|fingerprint)": "[^"]*"/g, '"$1": ""');
  };
  const one = await planOf([], { TZ: "UTC", LC_ALL: "C" });
  const other = await planOf(["--parallelism", "1", "campaigns/02.yaml", "campaigns/01.yaml", "campaigns"], {
    TZ: "Asia/Kathmandu",
    LC_ALL: "tr_TR.UTF-8",
  });
  expect(other).toBe(one);
});

test("case 79: secrets are in no output and no file, whatever goes wrong", async () => {
  const canary = "canary-9f8e7d6c5b4a";
  const echo = await startRawServer((request, socket) => {
    const said = JSON.stringify(request.headers);
    const headers = { "x-correlation-id": request.headers.authorization ?? "none" };
    socket.end(
      request.path.includes("token")
        ? answerJson({ error: "invalid_client", error_description: said }, { status: 401, headers })
        : answerText({ status: 500, body: `<html>${said}`, headers }),
    );
  });
  const client = {
    EXPERITURE_TOKEN: "",
    EXPERITURE_CLIENT_ID: "client",
    EXPERITURE_CLIENT_SECRET: canary,
    EXPERITURE_TOKEN_URL: `${echo.url}/token`,
  };
  const check = async (env: Record<string, string>, format: string) => {
    const out = `secret-${format}-${Object.keys(env).length}.json`;
    const ran = await world.run(["apply", "--yes", "--debug", "--format", format, "--out", out], {
      env: { ...env, EXPERITURE_API_URL: `${echo.url}/public/v1` },
    });
    expect([4, 5, 8]).toContain(ran.code);
    const file = join(world.workspace.path, out);
    const all = ran.stdout + ran.stderr + (existsSync(file) ? readFileSync(file, "utf8") : "");
    expect(all).not.toContain(canary);
    expect(all).not.toContain(Buffer.from(`client:${canary}`).toString("base64"));
  };
  for (const env of [{ EXPERITURE_TOKEN: canary }, client]) {
    await check(env, "text");
    await check(env, "json");
  }
  await echo.close();
});

test("case 75: a reader of the output that goes away early is no error", async () => {
  const child = spawn(process.execPath, [join(ROOT, "dist/cli.js"), "plan", "--format", "json"], {
    cwd: world.workspace.path,
    env: { PATH: process.env.PATH, EXPERITURE_API_URL: world.sandbox.url, EXPERITURE_TOKEN: "x" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/EPIPE|bug/);
});

describe("files with results", () => {
  test("are written whole, by a name of their own first, and nothing is left beside them", async () => {
    world.workspace.write("results/plan.json", "old");
    await world.run(["plan", "--out", "results/plan.json"]);
    const folder = join(world.workspace.path, "results");
    expect(readdirSync(folder)).toEqual(["plan.json"]);
    expect(JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"))).toMatchObject({ kind: "plan" });
  });

  // Never a real device: run as root, a mistake here would replace it for the whole machine.
  test("go to a pipe as they are", async () => {
    const pipe = join(world.workspace.path, "results.pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const ran = await world.run(["plan", "--out", "results.pipe"]);
    expect(ran.code).toBe(0);
    expect(statSync(pipe).isFIFO()).toBe(true);
    const bytes = Buffer.alloc(65_536);
    const text = bytes.toString("utf8", 0, readSync(reader, bytes));
    closeSync(reader);
    expect(JSON.parse(text)).toMatchObject({ kind: "plan" });
  });

  test("case 75: a full disk is told in a line, without a stack, and is not success", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [join(ROOT, "dist/cli.js"), "plan"], {
      cwd: world.workspace.path,
      env: { PATH: process.env.PATH, EXPERITURE_API_URL: world.sandbox.url, EXPERITURE_TOKEN: "x" },
      stdio: ["ignore", full, "pipe"],
    });
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    closeSync(full);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*ENOSPC/m);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("apply writes --out and --report alike, on a failure too", async () => {
    const ran = await world.run([
      "apply",
      "--yes",
      "--out",
      "a.json",
      "--report",
      "b.json",
      "--fail-on-skip",
    ]);
    expect(ran.code).toBe(11);
    const read = (file: string) => readFileSync(join(world.workspace.path, file), "utf8");
    expect(JSON.parse(read("a.json"))).toMatchObject({
      kind: "apply-report",
      summary: { applied: 1, skipped: 1 },
    });
    expect(read("b.json")).toBe(read("a.json"));
  });

  test("case 75: a place that cannot be written to is told before anything is sent", async () => {
    await world.sandbox.forget();
    for (const out of ["/proc/plan.json", "nowhere/plan.json", "campaigns"]) {
      const { code, stdout, stderr } = await world.run(["plan", "--out", out]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toMatch(/^error: --out/);
    }
    expect(await world.sandbox.requests()).toEqual([]);
  });
});
