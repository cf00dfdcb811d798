import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { madeByHand } from "../../scripts/made-by-hand.mjs";
import { makeWorkspace, ROOT, type Workspace } from "../support/program/cli.ts";
import { runHere } from "../support/program/run-here.ts";
import { openSandbox, type RunningSandbox } from "../support/program/sandbox.ts";

let workspace: Workspace | null = null;
let sandbox: RunningSandbox | null = null;
afterEach(async () => {
  workspace?.remove();
  await sandbox?.stop();
});

/** The file of a draft that excludes somebody. */
function anyDraft({ path }: Workspace): { file: string; text: string } {
  for (const name of readdirSync(join(path, "campaigns"))) {
    const text = readFileSync(join(path, "campaigns", name), "utf8");
    if (text.includes('status was "draft"') && text.includes("- baseline-suppressions"))
      return { file: `campaigns/${name}`, text };
  }
  throw new Error("no draft");
}

/** What docs/adopting.md shows of a run, line by line. */
const shown = new Set(readFileSync(join(ROOT, "docs/adopting.md"), "utf8").split("\n"));

/** The page shows at least so many lines of what a run said. */
function checkShown(said: string, least: number): void {
  expect(said.split("\n").filter((line) => line !== "" && shown.has(line)).length).toBeGreaterThanOrEqual(
    least,
  );
}

test("from 300 campaigns made by hand to files, one change, and back, in under a minute", {
  timeout: 180_000,
}, async () => {
  sandbox = await openSandbox(madeByHand(), { reachDelayMs: 0 });
  workspace = makeWorkspace();
  const { path } = workspace;
  const env = { EXPERITURE_API_URL: sandbox.url };
  const run = (...args: readonly string[]) => runHere(args, { cwd: path, env });

  const begun = await run("init", "--environment", "production");
  expect(begun.code).toBe(0);
  checkShown(begun.stdout, 10);
  expect((await run("validate", "--strict")).code).toBe(0);
  expect((await run("plan", "--detailed-exitcode")).code).toBe(0);
  workspace.write("audiences.yaml", `${readFileSync(join(path, "audiences.yaml"), "utf8")}# ours\n`);
  const again = await run("init");
  expect(again).toMatchObject({ code: 0, stdout: "" });
  expect(again.stderr).toContain("audiences.yaml is there already, and stays as it is.\n");
  expect(readFileSync(join(path, "audiences.yaml"), "utf8")).toMatch(/# ours\n$/);

  const imported = await run("import", "--all", "--catalogue");
  expect(imported.code).toBe(0);
  expect(imported.stderr).toContain("The API listed 300 campaigns, and said that these are all.");
  checkShown(imported.stderr, 2);
  // The catalogue has a group of what nearly all exclude, so the files use it.
  expect(imported.stderr).not.toContain("exclude the same");
  expect(imported.stderr).toContain("campaigns/example.yaml");
  const files = imported.stdout.trim().split("\n");
  expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length);
  const valid = await run("validate", "--strict");
  expect(valid).toMatchObject({ code: 0, stderr: "" });
  checkShown(valid.stdout, 1);
  expect(await run("fmt", "--check")).toMatchObject({ code: 0 });
  const planned = await run("plan", "--detailed-exitcode");
  expect(planned.code).toBe(0);
  checkShown(planned.stdout, 1);

  const { file, text } = anyDraft(workspace);
  expect(text).toContain("  - baseline-suppressions\n");
  workspace.write(file, text.replace("  - baseline-suppressions\n", "  - legal-hold\n"));
  const changed = await run("plan", "--detailed-exitcode");
  expect(changed).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("Plan: 1 to change (1 widens), "),
  });
  expect((await run("apply", "-y", "--report", "report.json")).code).toBe(0);
  expect((await run("revert", "report.json", "--out", "back.json")).code).toBe(0);
  expect((await run("apply", "--plan", "back.json")).code).toBe(0);
  workspace.write(file, text);
  expect((await run("plan", "--detailed-exitcode")).code).toBe(0);
});
