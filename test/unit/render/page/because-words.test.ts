import { expect, test } from "vitest";
import type { Cause } from "../../../../src/domain/model.ts";
import { renderPlanMarkdown } from "../../../../src/render/markdown/plan-markdown.ts";
import { becauseWords } from "../../../../src/render/page/because-words.ts";
import { renderPlanText } from "../../../../src/render/text/plan-text.ts";
import { samplePlan, sampleSkip, sampleUnreadable, sampleUpdate } from "../../../support/samples/plan.ts";

const group = (name: string): Cause => ({ file: "audiences.yaml", kind: "group", name });

test("a change that comes from elsewhere than its own file names that, in every list", () => {
  const because = ["audiences.yaml", "campaignctl.yaml"];
  const setting: Cause = { file: "campaignctl.yaml", kind: "setting", name: "audiences" };
  const more = { because, causes: [group("baseline"), setting] };
  const plan = samplePlan([
    sampleUpdate(1, more),
    sampleSkip(2, more),
    sampleUnreadable(3, more),
    sampleUpdate(4),
  ]);
  const words = "audiences.yaml: group baseline; campaignctl.yaml: audiences";
  const text = renderPlanText(plan);
  expect(text.split("because of").length - 1).toBe(3);
  expect(text.split(`  ${words}\n`).length - 1).toBe(2);
  expect(text).toMatch(new RegExp(`^! skip .*, because of ${words}$`, "m"));
  expect(renderPlanMarkdown(plan).split(`- because of: \`${words}\``).length - 1).toBe(3);
});

test.each<[readonly Cause[], readonly string[]]>([
  [[], ["audiences.yaml"]],
  [[{ file: "audiences.yaml", kind: "file", name: null }], ["audiences.yaml"]],
  [[{ file: "audiences.yaml", kind: "audience", name: "vip" }], ["audiences.yaml: audience vip"]],
  [
    [{ file: "audiences.yaml", kind: "unreadable", name: null }],
    ["audiences.yaml: could not be read before"],
  ],
  [[{ file: "audiences.yaml", kind: "declared-too", name: null }], ["audiences.yaml: declared it too"]],
  [
    [{ file: "audiences.yaml", kind: "environment", name: "staging" }],
    ["audiences.yaml: environment staging"],
  ],
  [["a", "b", "c", "d"].map(group), ["audiences.yaml: group a, group b, group c, group d"]],
  [["a", "b", "c", "d", "e"].map(group), ["audiences.yaml: group a, group b, group c and 2 more"]],
])("%j is told as %j", (causes, words) => {
  expect(becauseWords({ because: ["audiences.yaml"], causes })).toEqual(words);
});
