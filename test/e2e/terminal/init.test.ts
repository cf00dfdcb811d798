import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeWorkspace } from "../../support/program/cli.ts";
import { runInTerminal } from "../../support/program/terminal.ts";

function begin() {
  const workspace = makeWorkspace();
  onTestFinished(workspace.remove);
  const run = runInTerminal(["init"], { cwd: workspace.path, env: {}, columns: 100, rows: 30 });
  onTestFinished(run.close);
  return { path: workspace.path, run };
}

test("init asks a person where the API is and what the environments are called", async () => {
  const { path, run } = begin();
  await run.seen("Base URL of the API");
  run.type("https://api.example/public/v1\n");
  await run.seen("Names of environments");
  run.type("staging, live\n");
  expect(await run.ended).toBe(0);
  const settings = '{ apiUrl: "https://api.example/public/v1" }';
  expect(readFileSync(join(path, "campaignctl.yaml"), "utf8")).toContain(
    `environments:\n  staging: ${settings}\n  live: ${settings}\n`,
  );
});

test("Ctrl-C writes nothing", async () => {
  const { path, run } = begin();
  await run.seen("Base URL of the API");
  run.type("\u0003");
  expect(await run.ended).toBe(130);
  expect(readdirSync(path)).toEqual([]);
});
