import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import type { AudienceBinding } from "../../../src/domain/model.ts";
import {
  AFTER,
  BEFORE,
  bodies,
  endWorlds,
  pathOf,
  puts,
  worldHere,
} from "../../support/github/action-world.ts";
import { environment, makeWorkspace } from "../../support/program/cli.ts";
import { runHere } from "../../support/program/run-here.ts";
import { putStandIn } from "../../support/program/stand-in.ts";
import { pullRequestEvent, pushEvent, scheduleEvent } from "../../support/runner/events.ts";
import { exampleWorkflow, type Row } from "../../support/runner/example-workflow.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

afterEach(endWorlds);

/** What a job's step gives as an output, run by bash as GitHub runs it, with this process in the place of the package. */
async function matrixBy(command: string, files: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  const workspace = makeWorkspace(files);
  onTestFinished(workspace.remove);
  const close = await putStandIn(workspace, "bin/npm", async ([exec, yes, , dashes, ...args], env) =>
    `${exec} ${yes} ${dashes}` === "exec --yes --"
      ? runHere(args, { cwd: workspace.path, env })
      : { code: 1, stdout: "" },
  );
  onTestFinished(close);
  const output = join(workspace.path, "output");
  await promisify(execFile)("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", command], {
    cwd: workspace.path,
    env: environment({
      PATH: `${join(workspace.path, "bin")}:${process.env.PATH}`,
      GITHUB_OUTPUT: output,
    }),
  });
  const [, matrix = ""] = /^matrix=(.*)\n$/.exec(readFileSync(output, "utf8")) ?? [];
  return (JSON.parse(matrix) as { readonly include: readonly Row[] }).include;
}

const PROJECT = stringify({ version: 1, environments: { production: {}, staging: { partial: true } } });

/** One campaign in both environments, one in production alone. */
const filesWith = (audience: AudienceBinding) => ({
  "campaignctl.yaml": PROJECT,
  [pathOf(0)]: stringify({ campaignId: { production: campaignId(1), staging: campaignId(2) }, ...audience }),
  [pathOf(1)]: stringify({ campaignId: { production: campaignId(3) }, ...audience }),
});

describe("apply-environments.yml and plan-environments.yml", () => {
  const [planning, applying] = ["plan-environments.yml", "apply-environments.yml"].map(exampleWorkflow);
  if (planning === undefined || applying === undefined) throw new Error("no examples");

  test("a comment and an apply for each environment that the project lists, each of its own campaigns", async () => {
    const rows = await matrixBy(planning.commands.join("\n"), filesWith(AFTER));
    expect(rows.map((row) => row.environment)).toEqual(["production", "staging"]);
    expect(applying.commands).toEqual(planning.commands);

    const world = await worldHere(
      [1, 2, 3].map((n) => ({ id: campaignId(n), desired: AFTER, live: BEFORE })),
    );
    const old = Object.fromEntries([0, 1, 2].map((at) => [pathOf(at), null]));
    world.github.addCommit({ files: { ...old, ...filesWith(BEFORE) } });
    const number = world.github.addPullRequest({ commits: [{ files: filesWith(AFTER) }] });
    for (const row of rows) {
      const event = pullRequestEvent(world.github, number);
      expect((await world.step(world.github.head(number), event, planning.inputsIn(row))).code).toBe(0);
    }
    const told = bodies(world, number);
    expect(told.map((body) => /environment <b>(\w+)<\/b>/.exec(body)?.[1])).toEqual([
      "production",
      "staging",
    ]);

    const before = world.github.tip("main");
    const after = world.github.mergePullRequest(number, { method: "squash" });
    const written: (readonly string[])[] = [];
    for (const row of rows) {
      const known = (await puts(world)).length;
      const run = await world.step(after, pushEvent(world.github, { before, after }), applying.inputsIn(row));
      expect(run.code).toBe(0);
      written.push((await puts(world)).slice(known).toSorted());
    }
    expect(written).toEqual([[campaignId(1), campaignId(3)], [campaignId(2)]]);
  });

  test("a project file with a mistake ends the step, and gives no matrix", async () => {
    const broken = { "campaignctl.yaml": "version: 2\n" };
    await expect(matrixBy(planning.commands.join("\n"), broken)).rejects.toThrow(/Command failed/);
  });
});

test("drift-sharded.yml: its jobs together keep an issue for each drifted campaign, and a file each for the next night", async () => {
  const { rows, inputsIn } = exampleWorkflow("drift-sharded.yml");
  expect(rows.map(({ shard }) => shard)).toEqual(rows.map((_, at) => `${at + 1}/${rows.length}`));
  // The limit is one for each token.
  expect(new Set(rows.map(({ client }) => client)).size).toBe(rows.length);
  const ids = Array.from({ length: 7 }, (_, at) => campaignId(at + 1));
  const world = await worldHere(ids.map((id) => ({ id, desired: BEFORE, live: BEFORE })));
  for (const id of ids) await world.sandbox.edit(id, { audience: binding([6]) });
  const looked: string[] = [];
  for (const row of rows) {
    const workspace = makeWorkspace(world.github.checkout("main"));
    onTestFinished(workspace.remove);
    const inputs: Row = { ...inputsIn(row), environment: "" };
    const run = await world.step("main", scheduleEvent(world.github), inputs, { workspace: workspace.path });
    expect(run.code).toBe(0);
    const kept = readFileSync(join(workspace.path, String(inputs["last-checked"])), "utf8");
    looked.push(...Object.keys(JSON.parse(kept).campaigns));
  }
  expect(looked.toSorted()).toEqual(ids);
  const issues = world.github
    .issues()
    .map(({ state, body }) => [state, ids.find((id) => body?.includes(id))]);
  expect(issues.toSorted()).toEqual(ids.map((id) => ["open", id]));
});
