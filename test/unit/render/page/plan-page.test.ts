import { expect, test } from "vitest";
import type { Change } from "../../../../src/domain/model.ts";
import { planPage } from "../../../../src/render/page/plan-page.ts";
import { audience, binding, sampleNoOp, samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const fewer = (n: number) =>
  sampleUpdate(n, { before: binding([audience(1)]), after: binding([audience(1)], [audience(2)]) });
const either = (n: number) =>
  sampleUpdate(n, { before: binding([audience(1)]), after: binding([audience(2)]) });
const bare = (n: number) =>
  sampleUpdate(n, { before: binding([audience(1)], [audience(2)]), after: binding([audience(1)]) });

const alertsOf = (...changes: readonly Change[]) =>
  planPage(samplePlan(changes), 20).alerts.map(({ level, lines }) => [
    level,
    ...lines.map(({ title, names, means }) => [title, names.join(), means]),
  ]);

test("a line for each direction, what widens first, with the names", () => {
  expect(alertsOf(fewer(1), either(2), sampleUpdate(3), fewer(4), sampleNoOp(5))).toEqual([
    [
      "warning",
      ["▲ 1 campaign can reach more people", "Campaign 3", ""],
      ["◆ 1 campaign can go either way", "Campaign 2", ""],
      ["▼ 2 campaigns can reach fewer people", "Campaign 1,Campaign 4", ""],
    ],
  ]);
});

test("where nobody more can be reached it is a note", () => {
  expect(alertsOf(fewer(1))).toEqual([["note", ["▼ 1 campaign can reach fewer people", "Campaign 1", ""]]]);
});

test("a lost last exclude comes before everything", () => {
  const means = "Everybody in an included audience receives the campaign.";
  expect(alertsOf(sampleUpdate(1), bare(2), bare(3))).toEqual([
    ["caution", ["No exclude is left in 2 campaigns", "Campaign 2,Campaign 3", means]],
    ["warning", ["▲ 3 campaigns can reach more people", "Campaign 2,Campaign 3,Campaign 1", ""]],
  ]);
});

test("nothing is to be missed where nothing changes", () => {
  expect(alertsOf(sampleNoOp(1))).toEqual([]);
});
