import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runHere } from "../support/program/run-here.ts";
import { openExample, type RunningSandbox } from "../support/program/sandbox.ts";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const read = (path: string) => readFileSync(`${examples}${path}`, "utf8");

/** The commands of the page, and what it says that they print. */
const SHOWN = [...read("policy/README.md").matchAll(/^```console\n\$ (.+)\n([^`]+)```$/gm)].map(
  ([, command = "", printed = ""]) => ({ command, printed }),
);

/** What each begins with: here it is run once. */
const PLANNING = "campaignctl plan --format json | ";

let sandbox: RunningSandbox;
let plan: string;

beforeAll(async () => {
  sandbox = await openExample();
  const env = { EXPERITURE_API_URL: sandbox.url, CAMPAIGNCTL_ENVIRONMENT: "production" };
  plan = (await runHere(["plan", "--format", "json"], { cwd: examples, env })).stdout;
});
afterAll(() => sandbox.stop());

/** What the part of a command after the pipe says of a plan. */
function judged(command: string, of: string) {
  const rule = command.slice(PLANNING.length);
  const ran = spawnSync("sh", ["-c", rule], { cwd: examples, input: of, encoding: "utf8", timeout: 20_000 });
  return { status: ran.status, printed: ran.stdout + ran.stderr };
}

type Change = { name: string; direction: string; after: { exclude: { audienceId: string; type: string }[] } };

/** The plan of the examples after an edit of one campaign of it. */
function edited(name: string, edit: (change: Change) => void): string {
  const changed = JSON.parse(plan) as { changes: Change[] };
  for (const change of changed.changes) if (change.name === name) edit(change);
  return JSON.stringify(changed);
}

const OPEN_CASE = (
  parse(read("audiences.yaml")) as {
    audiences: Record<string, { type: string; audienceId: Record<string, string> }>;
  }
).audiences["open-support-case"];
const OPEN_CASE_ID = OPEN_CASE?.audienceId.production ?? "";

test("the page shows one command with jq and one with ajv", () => {
  expect(SHOWN.map(({ command }) => /\| (?:jq|node policy\/check-plan)/.test(command))).toEqual([true, true]);
});

describe.each(SHOWN)("$command", ({ command, printed }) => {
  test("prints what the page shows of the plan of the examples, and fails", () => {
    expect(command.startsWith(PLANNING)).toBe(true);
    expect(judged(command, plan)).toEqual({ status: 1, printed });
  });

  test("lets the plan pass where the audience is excluded, or where fewer people are reached", () => {
    const excluded = edited("Spring re-engagement", ({ after }) => {
      after.exclude.push({ audienceId: OPEN_CASE_ID, type: "segment" });
    });
    const narrows = edited("Spring re-engagement", (change) => {
      change.direction = "narrows";
    });
    expect(judged(command, excluded)).toEqual({ status: 0, printed: "" });
    expect(judged(command, narrows)).toEqual({ status: 0, printed: "" });
  });

  test("refuses a mixed change, too, and names each file", () => {
    const both = edited("Delivery survey", ({ after }) => {
      after.exclude = after.exclude.filter(({ audienceId }) => audienceId !== OPEN_CASE_ID);
    });
    const { status, printed: told } = judged(command, both);
    expect([status, told.match(/campaigns\/[a-z-]+\.yaml/g)?.sort()]).toEqual([
      1,
      ["campaigns/delivery-survey.yaml", "campaigns/spring-re-engagement.yaml"],
    ]);
  });
});

test("all three speak of the same audience of the catalogue", () => {
  expect(OPEN_CASE_ID).toMatch(/^[0-9a-f-]{36}$/);
  for (const file of ["README.md", "open-support-case.rego", "open-support-case.schema.json"]) {
    expect(read(`policy/${file}`).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)).toEqual([
      OPEN_CASE_ID,
    ]);
  }
});
