import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { coverageOf } from "../../../../src/action/apply/coverage.ts";
import type { ActionRun } from "../../../../src/action/run.ts";
import type { ValidDeclarations } from "../../../../src/commands/declare.ts";
import { openCheckout } from "../../../../src/github/api/git-file.ts";
import { makeWorkspace } from "../../../support/program/cli.ts";
import { commitAll, git } from "../../../support/program/git.ts";

type Inputs = {
  readonly paths?: readonly string[];
  readonly workingDirectory?: string;
  readonly config?: string;
};

function coverage(
  workspace: string,
  inputs: Inputs = {},
  {
    campaigns,
    above = null,
  }: { readonly campaigns?: readonly string[]; readonly above?: string | null } = {},
) {
  const run = {
    inputs: { paths: [], workingDirectory: ".", config: null, ...inputs },
    context: { workspace },
    checkout: openCheckout(workspace, process.env),
  } as unknown as ActionRun;
  const project = campaigns === undefined ? null : { campaigns: campaigns.map((text) => ({ text })) };
  return coverageOf(run, { project, projectAbove: above } as unknown as ValidDeclarations);
}

function repository(): string {
  const { path, remove } = makeWorkspace({
    "campaigns/a.yaml": "1\n",
    "campaigns/B.YML": "1\n",
    "campaigns/notes.md": "1\n",
    ".github/workflows/plan.yml": "1\n",
    "team/spring.yaml": "1\n",
  });
  onTestFinished(remove);
  commitAll(path);
  return path;
}

const WHOLE = { isWhole: true, isComplete: true };
const PART = { isWhole: false, isComplete: false };

test("a whole checkout without paths looks at all; with paths at all of its own", async () => {
  const path = repository();
  expect(await coverage(path)).toEqual(WHOLE);
  expect(await coverage(path, { paths: ["campaigns"] })).toEqual({ isWhole: false, isComplete: true });
});

describe("a file that is in the commit and not on the disk", () => {
  test("counts where it may declare a campaign, and nowhere else", async () => {
    const path = repository();
    rmSync(join(path, ".github"), { recursive: true });
    rmSync(join(path, "team"), { recursive: true });
    rmSync(join(path, "campaigns/notes.md"));
    expect(await coverage(path)).toEqual(WHOLE);
    rmSync(join(path, "campaigns/B.YML"));
    expect(await coverage(path)).toEqual(PART);
    expect(await coverage(path, { paths: ["campaigns/a.yaml"] })).toEqual(PART);
  });

  test.each<[string, Inputs, { campaigns?: readonly string[]; above?: boolean }, boolean]>([
    ["a pattern of the project file", {}, { campaigns: ["team/*.yaml", "!team/x.yaml"] }, false],
    ["another pattern", {}, { campaigns: ["campaigns/**"] }, true],
    ["a pattern from the root", {}, { campaigns: ["**/*.yaml"] }, false],
    ["a file that is named", {}, { campaigns: ["team/spring.yaml"] }, false],
    ["a project file elsewhere", { config: "team/campaignctl.yaml" }, { campaigns: ["*.yaml"] }, false],
    [
      "a project file above the working directory",
      { workingDirectory: "campaigns" },
      { campaigns: ["team/*.yaml"], above: true },
      false,
    ],
  ])("is looked for by %s", async (_, inputs, { campaigns, above = false }, isWhole) => {
    const path = repository();
    rmSync(join(path, "team"), { recursive: true });
    const projectAbove = above ? join(path, "campaignctl.yaml") : null;
    const options = campaigns === undefined ? {} : { campaigns };
    expect((await coverage(path, inputs, { ...options, above: projectAbove })).isWhole).toBe(isWhole);
  });

  test("may be left out by a sparse checkout, or be in a submodule that is not there", async () => {
    const sparse = repository();
    git(sparse, "sparse-checkout", "set", "--no-cone", "/team/");
    expect(await coverage(sparse)).toEqual(PART);
    for (const [submodule, expected] of [
      ["campaigns/shared", PART],
      ["other", WHOLE],
    ] as const) {
      const path = repository();
      const commit = git(path, "rev-parse", "HEAD");
      git(path, "update-index", "--add", "--cacheinfo", `160000,${commit},${submodule}`);
      git(path, "commit", "-q", "-m", "submodule");
      mkdirSync(join(path, submodule));
      expect(await coverage(path)).toEqual(expected);
    }
  });
});

test("where there is no repository, nobody can tell whether it is whole", async () => {
  const { path, remove } = makeWorkspace({ "campaigns/a.yaml": "1\n" });
  onTestFinished(remove);
  expect(await coverage(path)).toEqual({ isWhole: false, isComplete: true });
});
