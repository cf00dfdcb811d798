import { expect, test } from "vitest";
import { renderPlanText } from "../../../../src/render/text/plan-text.ts";
import { sampleFinding, sampleRuleChange, sampleRuleChanges } from "../../../support/samples/guardrails.ts";
import { samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const SPRING = sampleUpdate(1, { name: "Spring" });
const STRICTER = sampleRuleChange({ effect: "stricter", rule: null, kind: "on-breach", message: "It is." });
const REFUSING = sampleRuleChanges([sampleRuleChange(), STRICTER], [sampleFinding(SPRING)]);
const planned = (ruleChanges = REFUSING) => ({ ...samplePlan([SPRING]), ruleChanges });

test("text begins with rules that are weaker, and what those of before would have refused", () => {
  const lines = renderPlanText(planned()).split("\n");
  expect(lines.slice(0, 10)).toEqual([
    "THE RULES ARE WEAKER than in commit 1f0c2b7",
    "",
    "    ! max-changes  At most 50 campaigns may change in one run; it was 25.",
    "",
    "The rules of commit 1f0c2b7 would have refused this plan:",
    "",
    "x require-exclude (hard)  Spring  campaigns/c1.yaml:2:1",
    "    It does not exclude somebody.",
    "",
    "1 campaign changes: it can reach more people.",
  ]);
  const stricter = lines.indexOf("Rules that are stricter than in commit 1f0c2b7");
  expect(lines.slice(stricter, stricter + 3)).toEqual([lines[stricter], "", "    + on-breach  It is."]);
  expect(stricter).toBeGreaterThan(lines.indexOf("To change"));
});

test("that nothing more would have been refused, and that nobody knows, are said", () => {
  const harmless = planned(sampleRuleChanges([sampleRuleChange()]));
  expect(renderPlanText(harmless)).toContain("would have refused nothing more of this plan.");
  const unknown = planned({ ...sampleRuleChanges([]), since: null, unknown: "git does not have it" });
  expect(renderPlanText(unknown)).toMatch(
    /^(\*\*)?The rules of the base could not be read, so it is not known whether/,
  );
});

test("nothing is said where nothing of the rules was changed", () => {
  const same = planned(sampleRuleChanges([]));
  expect(renderPlanText(same)).toBe(renderPlanText(samplePlan([SPRING])));
});
