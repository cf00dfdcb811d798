import { expect, test } from "vitest";
import { planHead } from "../../../../src/render/page/plan-head.ts";
import { samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

test.each([
  [1, "1 campaign has no id for this environment: left out"],
  [1_200, "1,200 campaigns have no id for this environment: left out"],
])("what the plan did not look at is told: %i", (leftOut, sentence) => {
  expect(planHead(samplePlan([], { leftOut })).notes).toContain(sentence);
});

test("where nothing is left out, nothing is told", () => {
  expect(planHead(samplePlan([sampleUpdate(1)])).notes.join()).not.toContain("left out");
});
