import { expect, test } from "vitest";
import { looksAtChanges } from "../../../../src/action/base/looks-at-changes.ts";
import type { ActionRun } from "../../../../src/action/run.ts";

const looks = (kind: string, inputs: Partial<ActionRun["inputs"]>): boolean =>
  looksAtChanges({
    inputs: { command: "plan", scope: null, requireReviewedPlan: true, ...inputs },
    context: { trigger: { kind } },
  } as ActionRun);

const KINDS = ["pull-request", "merge-group", "push", "other"];

test.each<[string, Partial<ActionRun["inputs"]>, readonly string[]]>([
  ["a plan", { command: "plan" }, ["pull-request", "merge-group"]],
  ["a reviewed apply", { command: "apply" }, ["push"]],
  ["an apply without a review", { command: "apply", requireReviewedPlan: false }, []],
  ["drift", { command: "drift" }, []],
  ["validate", { command: "validate" }, []],
  ["a plan of all", { command: "plan", scope: "all" }, []],
  ["an apply of all", { command: "apply", scope: "all" }, []],
  ["a plan that is to look at changes", { command: "plan", scope: "changed" }, KINDS],
])("%s looks at what changed on %j", (_, inputs, expected) => {
  expect(KINDS.filter((kind) => looks(kind, inputs))).toEqual(expected);
});
