import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../../src/domain/model.ts";
import { renderJobSummary } from "../../../../../src/github/page/job-summary.ts";
import { renderPlanComment } from "../../../../../src/github/page/plan-comment.ts";
import { visiblePart } from "../../../../../src/github/review/comment-header.ts";
import { renderPlanMarkdown } from "../../../../../src/render/markdown/plan-markdown.ts";
import { renderPlanText } from "../../../../../src/render/text/plan-text.ts";
import { COMMIT, fileUrl, RUN_URL, target } from "../../../../support/samples/github.ts";
import { RULE_CHANGE_CASES } from "../../../../support/samples/rule-change-cases.ts";

const commentOf = (plan: Plan): string =>
  visiblePart(
    renderPlanComment({ plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL }).body,
  );

const summaryOf = (plan: Plan): string =>
  renderJobSummary({ content: { kind: "plan", plan, origins: null, fileUrl }, target, notices: [] });

/** All that stands before the headline, and the sections of rules that changed below it. */
function told(page: string): string {
  const [top = ""] = page.split(/^#* ?1 campaign changes/m);
  const rest = page.slice(top.length).split(/\n{2,}/);
  const sections = rest.flatMap((block, index) => {
    const isHeading = /^(?:### )?(?:Rules that are|The rules of)/.test(block);
    return isHeading ? [block, rest[index + 1] ?? ""] : [];
  });
  return [top.trim(), ...sections].filter((part) => part !== "").join("\n\n");
}

const pages = (render: (plan: Plan) => string): string =>
  Object.entries(RULE_CHANGE_CASES)
    .map(([name, plan]) => `=== ${name}\n\n${render(plan)}\n`)
    .join("\n");

describe("each kind of change of the rules is told", () => {
  test.each([
    ["text", (plan: Plan) => told(renderPlanText(plan))],
    ["markdown", (plan: Plan) => told(renderPlanMarkdown(plan))],
    ["json", ({ ruleChanges }: Plan) => JSON.stringify(ruleChanges, null, 2)],
    ["comment", (plan: Plan) => told(commentOf(plan))],
  ])("as %s", async (name, render) => {
    const golden = `../../../../fixtures/rule-changes/${name}.golden`;
    await expect(pages(render)).toMatchFileSnapshot(golden);
  });

  test("in the job summary as in the comment", () => {
    expect(pages((plan) => told(summaryOf(plan)))).toBe(pages((plan) => told(commentOf(plan))));
  });
});
