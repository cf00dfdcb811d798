import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { makeWorldHere, type TestWorld } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const CAMPAIGNS = [{ id: campaignId(1), desired: binding([1, 2]), live: binding([1]) }];

/** With two pipes that have a name, and a saved plan. */
async function openWorld(): Promise<TestWorld> {
  const opened = await makeWorldHere(CAMPAIGNS);
  execFileSync("mkfifo", ["pipe", "named.yaml"], { cwd: opened.workspace.path });
  await opened.run(["plan", "--out", "plan.json"]);
  return opened;
}

let world: TestWorld;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  folder = world.workspace.path;
});
afterAll(() => world.end());

/** A file comes in through a pipe, at a descriptor, as it does with `cat FILE |` and `<(cat FILE)`. */
const piped = (file: string, descriptor = 0) => ({
  shell: { before: `{ cat ${file} > pipe & }`, after: `${descriptor}< pipe` },
});

describe("campaign files", () => {
  test.each([
    ["-", 0],
    ["/dev/stdin", 0],
    ["/dev/fd/9", 9],
    ["/proc/self/fd/9", 9],
  ])("are read from a pipe named %s", async (name, descriptor) => {
    const { code, stdout, stderr } = await world.run(
      ["validate", name],
      piped("campaigns/01.yaml", descriptor),
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "Validate: 1 campaign in 1 file, 0 errors.\n",
      stderr: "",
    });
  });

  test("are read from stdin that is a file, and mistakes have their place", async () => {
    world.workspace.write("bad.txt", "campaignId: x\n");
    const { code, stderr } = await world.run(["validate", "-"], { shell: { after: "< bad.txt" } });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error\[invalid-id\] \/dev\/stdin:1:13$/m);
  });

  test("are planned as any other", async () => {
    const { code, json } = await world.run(["plan", "-", "--format", "json"], piped("campaigns/01.yaml"));
    expect(code).toBe(0);
    expect(json()).toMatchObject({ summary: { update: 1 }, changes: [{ source: { file: "/dev/stdin" } }] });
  });

  test("a project file comes in as well, and its paths are relative to the working directory", async () => {
    world.workspace.write("project.txt", "version: 1\ncampaigns: [campaigns/*.yaml]\n");
    const ran = await world.run(["validate", "--config", "/dev/fd/9"], piped("project.txt", 9));
    expect(ran).toMatchObject({ code: 0, stdout: "Validate: 1 campaign in 1 file, 0 errors.\n" });
  });

  test("too much, nothing and no stream at all are told, and a named pipe is never waited for", async () => {
    world.workspace.write("large.txt", `#${"x".repeat(100_000)}\n`);
    const told = async (name: string, options: Parameters<TestWorld["run"]>[1]) => {
      const { code, stderr } = await world.run(["validate", name], options);
      expect(code).toBe(3);
      return /^error\[([a-z-]+)\]/.exec(stderr)?.[1];
    };
    expect(await told("-", piped("large.txt"))).toBe("file-too-large");
    expect(await told("-", {})).toBe("empty-file");
    expect(await told("/dev/fd/77", {})).toBe("file-unreadable");
    expect(await told("named.yaml", {})).toBe("not-a-regular-file");
  });
});

describe("saved plans and reports", () => {
  test.each([
    ["-", 0],
    ["/dev/fd/9", 9],
  ])("are read from a pipe named %s", async (name, descriptor) => {
    const own = await openWorld();
    onTestFinished(own.end);
    const applied = await own.run(
      ["apply", "--plan", name, "--no-wait", "--report", "report.json"],
      piped("plan.json", descriptor),
    );
    expect({ code: applied.code, stderr: applied.stderr.match(/^error.*/m) }).toEqual({
      code: 0,
      stderr: null,
    });
    const waited = await own.run(["wait", "--after", name], piped("report.json", descriptor));
    expect({ code: waited.code, stderr: waited.stderr.match(/^error.*/m) }).toEqual({
      code: 0,
      stderr: null,
    });
  });

  test("one that is empty or no plan is refused", async () => {
    for (const file of ["/dev/null", "campaigns/01.yaml"]) {
      const { code, stderr } = await world.run(["apply", "--plan", "-"], piped(file));
      expect(code).toBe(3);
      expect(stderr).toMatch(/^error: The saved plan is not JSON\. Nothing was sent\.$/m);
    }
  });
});

describe("a result for stdout", () => {
  test.each(["-", "/dev/stdout"])(
    "is JSON there and nothing else; what people read goes to stderr (%s)",
    async (out) => {
      for (const format of ["text", "markdown", "json"]) {
        const { code, json, stderr } = await world.run(["plan", "--out", out, "--format", format]);
        expect(code).toBe(0);
        expect(json()).toMatchObject({ kind: "plan" });
        expect(stderr.includes("Plan: ")).toBe(format !== "json");
      }
      const quiet = await world.run(["plan", "--quiet", "--out", out]);
      expect(quiet.json()).toMatchObject({ kind: "plan" });
      expect(quiet.stderr).toBe("");
      expect(existsSync(join(folder, "-"))).toBe(false);
    },
  );

  test("of apply too, once, though two flags name it", async () => {
    const { code, json } = await world.run(["apply", "--yes", "--no-wait", "--out", "-", "--report", "-"]);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ kind: "apply-report" });
  });

  test("that leads to a file is written behind what is there, and no file takes its place", async () => {
    const { code } = await world.run(["plan", "--out", "/dev/stdout"], { shell: { after: ">> whole.txt" } });
    await world.run(["plan", "--out", "/dev/fd/9"], { shell: { before: "exec 9>> whole.txt" } });
    expect(code).toBe(0);
    const text = readFileSync(join(folder, "whole.txt"), "utf8");
    expect(text.match(/^ {2}"kind": "plan"/gm)).toHaveLength(2);
    expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
  });

  test("a descriptor that is not open is refused before anything is sent", async () => {
    const { code, stdout, stderr } = await world.run(["plan", "--out", "/dev/fd/77"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^error: --out \/dev\/fd\/77: cannot write there \(EBADF\)/);
  });
});

test("a working directory that is gone is said in one line, and --version does not need it", async () => {
  const gone = { shell: { before: "mkdir gone && cd gone && rmdir ../gone" } };
  for (const command of [["validate"], ["plan", "--out", "x.json"], ["apply", "--yes"], ["wait"]]) {
    const { code, stdout, stderr } = await world.run(command, gone);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toBe(
      "error: The working directory is gone. Nothing was sent.\n  Change to a folder that is there.\n",
    );
  }
  expect(await world.run(["--version"], gone)).toMatchObject({ code: 0, stderr: "" });
});
