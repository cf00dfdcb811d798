import { expect, onTestFinished, test } from "vitest";
import { findOrigins, originsSince } from "../../../../src/action/plan/origins.ts";
import type { ActionRun } from "../../../../src/action/run.ts";
import { openCheckout } from "../../../../src/github/api/git-file.ts";
import { makeWorkspace } from "../../../support/program/cli.ts";
import { commitAll } from "../../../support/program/git.ts";
import { campaignFile } from "../../../support/program/world.ts";
import { binding, campaignId } from "../../../support/samples/bindings.ts";
import { sampleNoOp, samplePlan, sampleSkip, sampleUpdate } from "../../../support/samples/plan.ts";

const BEFORE = binding([1]);
const AFTER = binding([1, 2]);

const update = (number: number) =>
  sampleUpdate(number, { campaignId: campaignId(number), before: BEFORE, after: AFTER });

test("one for each campaign that differs, by what the base declared", () => {
  const { action: _, reason: __, ...rest } = update(5);
  const plan = samplePlan([...[1, 2, 3, 4].map(update), sampleSkip(5, rest), sampleNoOp(6)]);
  const before = new Map([
    [campaignId(1), BEFORE],
    [campaignId(3), binding([7])],
    [campaignId(4), null],
  ]);
  expect(originsSince(plan, before)).toEqual(
    new Map([
      [campaignId(1), "this pull request"],
      [campaignId(2), "drift"],
      [campaignId(3), "this pull request and drift"],
      [campaignId(4), "this pull request"],
      [campaignId(5), "drift"],
    ]),
  );
});

/** A run of a merge group whose base declares two campaigns, one of them otherwise than now. */
function runOfGroup(base?: string) {
  const { path, write, remove } = makeWorkspace({
    "sub/campaigns/1.yaml": campaignFile(campaignId(1), BEFORE),
    "sub/campaigns/2.yaml": campaignFile(campaignId(2), AFTER),
  });
  onTestFinished(remove);
  const baseSha = commitAll(path);
  write("sub/campaigns/1.yaml", campaignFile(campaignId(1), AFTER));
  return {
    context: {
      workspace: path,
      trigger: { kind: "merge-group", headSha: baseSha, baseSha: base ?? baseSha, baseRef: "main" },
    },
    checkout: openCheckout(path, process.env),
    inputs: {
      command: "plan",
      workingDirectory: "sub",
      paths: [],
      config: null,
      environment: null,
      variables: {},
    },
    cwd: `${path}/sub`,
    github: null,
  } as unknown as ActionRun;
}

test("git has the base: nothing is asked of GitHub", async () => {
  const { origins } = await findOrigins(runOfGroup(), samplePlan([update(1), update(2)]), "here");
  expect(origins).toEqual(
    new Map([
      [campaignId(1), "this pull request"],
      [campaignId(2), "drift"],
    ]),
  );
});

test("where nobody has the base, it is said why", async () => {
  const found = await findOrigins(runOfGroup("a".repeat(40)), samplePlan([update(1)]), "anywhere");
  expect(found).toEqual({
    origins: null,
    why: expect.stringContaining("commit aaaaaaa: git does not have it"),
  });
});

test("a plan in which nothing differs needs no base", async () => {
  const found = await findOrigins(runOfGroup("a".repeat(40)), samplePlan([sampleNoOp(1)]), "anywhere");
  expect(found).toEqual({ origins: new Map(), why: null });
});
