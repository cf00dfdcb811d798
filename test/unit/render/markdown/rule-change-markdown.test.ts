import { expect, test } from "vitest";
import { renderPlanMarkdown } from "../../../../src/render/markdown/plan-markdown.ts";
import { sampleFinding, sampleRuleChange, sampleRuleChanges } from "../../../support/samples/guardrails.ts";
import { samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const SPRING = sampleUpdate(1, { name: "Spring" });
const STRICTER = sampleRuleChange({ effect: "stricter", rule: null, kind: "on-breach", message: "It is." });
const REFUSING = sampleRuleChanges([sampleRuleChange(), STRICTER], [sampleFinding(SPRING)]);
const planned = (ruleChanges = REFUSING) => ({ ...samplePlan([SPRING]), ruleChanges });

test("Markdown, too, within its limit", () => {
  const text = renderPlanMarkdown(planned());
  expect(text.split("\n\n").slice(0, 3)).toEqual([
    "## The rules are weaker than in commit `1f0c2b7`",
    "- `max-changes`: At most 50 campaigns may change in one run; it was 25.",
    "## 1 campaign changes: it can reach more people",
  ]);
  expect(text).toContain(
    "### The rules of commit `1f0c2b7` would have refused this plan\n\n- `require-exclude` (hard)",
  );
  expect(text).toContain("### Rules that are stricter than in commit `1f0c2b7`\n\n- `on-breach`: It is.");
  const many = Array.from({ length: 90 }, (_, n) => sampleRuleChange({ message: `${n} ${"*".repeat(50)}` }));
  const cut = renderPlanMarkdown(planned(sampleRuleChanges(many)), { limit: 2_000 });
  expect(cut.length).toBeLessThanOrEqual(2_000);
  expect(cut).toMatch(/^## The rules are weaker[^\n]*\n\n- `max-changes`: 0 /);
});

test("that nothing more would have been refused, and that nobody knows, are said", () => {
  const harmless = planned(sampleRuleChanges([sampleRuleChange()]));
  expect(renderPlanMarkdown(harmless)).toContain("would have refused nothing more of this plan.");
  const unknown = planned({ ...sampleRuleChanges([]), since: null, unknown: "git does not have it" });
  expect(renderPlanMarkdown(unknown)).toMatch(
    /^(\*\*)?The rules of the base could not be read, so it is not known whether/,
  );
});

test("nothing is said where nothing of the rules was changed", () => {
  const same = planned(sampleRuleChanges([]));
  expect(renderPlanMarkdown(same)).toBe(renderPlanMarkdown(samplePlan([SPRING])));
});
