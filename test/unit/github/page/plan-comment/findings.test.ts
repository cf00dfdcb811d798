import { expect, test } from "vitest";
import type { Finding } from "../../../../../src/domain/model.ts";
import { renderPlanComment } from "../../../../../src/github/page/plan-comment.ts";
import { visiblePart } from "../../../../../src/github/review/comment-header.ts";
import { COMMIT, fileUrl, RUN_URL, target } from "../../../../support/samples/github.ts";
import { audience, binding, samplePlan, sampleUpdate } from "../../../../support/samples/plan.ts";

const BARE = sampleUpdate(3, { name: "Spring @jane | <b>", after: binding([audience(1)]) });

const FINDING: Finding = {
  rule: "require-exclude",
  strength: "hard",
  campaignId: BARE.campaignId,
  source: BARE.source,
  message: "It does not exclude `x`.",
  audienceIds: [],
  state: "broken",
  waiver: null,
  allowedReason: null,
};

function visible(findings: readonly Finding[]): string {
  const plan = samplePlan([BARE], { findings });
  const { body } = renderPlanComment({
    plan,
    target,
    commit: COMMIT,
    origins: null,
    fileUrl,
    runUrl: RUN_URL,
  });
  return visiblePart(body);
}

test("broken rules come first, with who breaks them, and merging is said to write nothing", () => {
  const shown = visible([FINDING]);
  expect(shown).toContain("Refused by 1 rule");
  expect(shown).toMatch(/^- `require-exclude` \(hard\): \*\*Spring .+ It does not exclude/m);
  expect(shown.indexOf("### Refused by rules")).toBeLessThan(shown.indexOf("| People"));
  expect(shown).toContain("Merging writes nothing as long as rules refuse this plan.");
  expect(shown).not.toContain("@jane |");
});

test("what a waiver lets pass is told with its owner, its reason and its last day", () => {
  const waiver = { owner: "legal", reason: "staff only", expires: "2026-12-31" };
  const shown = visible([{ ...FINDING, state: "waived", waiver }]);
  expect(shown).toContain("Waived by legal until 2026-12-31: staff only");
  expect(shown).not.toContain("Refused by");
});

test("what is only told refuses nothing", () => {
  const shown = visible([{ ...FINDING, strength: "warn" }]);
  expect(shown).toContain("- `require-exclude` (warn)");
  expect(shown).toContain("Merging applies exactly these changes");
});
