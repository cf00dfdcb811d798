import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { looksAtAll } from "../../../../src/action/apply/coverage.ts";
import type { ActionRun } from "../../../../src/action/run.ts";
import { makeWorkspace } from "../../../support/cli.ts";
import { commitAll, git } from "../../../support/git.ts";

function run(workspace: string, inputs: { paths?: readonly string[]; workingDirectory?: string } = {}) {
  return {
    inputs: { paths: [], workingDirectory: ".", ...inputs },
    context: { workspace },
  } as unknown as ActionRun;
}

function repository(): string {
  const { path, remove } = makeWorkspace({
    "campaigns/a.yaml": "1\n",
    "campaigns/B.YML": "1\n",
    "docs/a.md": "1\n",
    "other/c.yaml": "1\n",
  });
  onTestFinished(remove);
  commitAll(path);
  return path;
}

test("a whole checkout without paths looks at all, with paths it does not", async () => {
  const path = repository();
  expect(await looksAtAll(run(path))).toBe(true);
  expect(await looksAtAll(run(path, { paths: ["campaigns"] }))).toBe(false);
});

test("a YAML file that is not on the disk is one that was not looked at, another file is none", async () => {
  const path = repository();
  rmSync(join(path, "docs"), { recursive: true });
  expect(await looksAtAll(run(path))).toBe(true);
  rmSync(join(path, "campaigns/B.YML"));
  expect(await looksAtAll(run(path))).toBe(false);
  expect(await looksAtAll(run(path, { workingDirectory: "other" }))).toBe(true);
});

test("so is a sparse checkout, and a submodule that is not there", async () => {
  const sparse = repository();
  git(sparse, "sparse-checkout", "set", "--no-cone", "/other/");
  expect(await looksAtAll(run(sparse))).toBe(false);
  const path = repository();
  const commit = git(path, "rev-parse", "HEAD");
  git(path, "update-index", "--add", "--cacheinfo", `160000,${commit},campaigns/shared`);
  git(path, "commit", "-q", "-m", "submodule");
  mkdirSync(join(path, "campaigns/shared"));
  expect(await looksAtAll(run(path))).toBe(false);
});

test("where there is no repository, nobody can tell", async () => {
  const { path, remove } = makeWorkspace({ "campaigns/a.yaml": "1\n" });
  onTestFinished(remove);
  expect(await looksAtAll(run(path))).toBe(false);
});
