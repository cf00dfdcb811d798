import { describe, expect, test } from "vitest";
import type { Plan, Report } from "../../../../../../src/domain/model.ts";
import { renderApplyComment } from "../../../../../../src/github/page/apply-comment.ts";
import { renderJobSummary } from "../../../../../../src/github/page/job-summary.ts";
import { renderPlanComment } from "../../../../../../src/github/page/plan-comment.ts";
import { visiblePart } from "../../../../../../src/github/review/comment-header.ts";
import { RULE_NAMES } from "../../../../../../src/guardrails/guardrails.ts";
import { withFindings } from "../../../../../../src/guardrails/with-findings.ts";
import { renderPlanMarkdown } from "../../../../../../src/render/markdown/plan-markdown.ts";
import { renderReportMarkdown } from "../../../../../../src/render/markdown/report-markdown.ts";
import { renderPlanText } from "../../../../../../src/render/text/plan-text.ts";
import { renderReportText } from "../../../../../../src/render/text/report-text.ts";
import {
  PLAN_CASES,
  type PlanCase,
  REPORT_CASES,
  type ReportCase,
} from "../../../../../support/samples/finding-cases.ts";
import {
  COMMIT,
  fileUrl,
  leftOf,
  RUN_URL,
  reviewedOf,
  target,
} from "../../../../../support/samples/github.ts";
import { findingsOf, NOON } from "../../../../../support/samples/guardrails.ts";
import { sampleReport } from "../../../../../support/samples/plan.ts";

const planned = ({ plan, by }: PlanCase): Plan => withFindings(plan, by, NOON);

function reported({ plan, by, results }: ReportCase): Report {
  const byCampaign = new Map(results.map((result) => [result.campaignId, result]));
  const findings = findingsOf(by, plan, { results: byCampaign });
  return sampleReport(results, { findings, audiences: plan.audiences });
}

const planComment = (plan: Plan) =>
  renderPlanComment({ plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL });

function applyComment({ plan }: ReportCase, report: Report): string {
  const left = leftOf("applied", reviewedOf(plan));
  const previous = planComment(plan);
  return visiblePart(
    renderApplyComment({ report, plan, verdicts: new Map(), previous, left, runUrl: RUN_URL }).body,
  );
}

const applySummary = ({ plan }: ReportCase, report: Report): string =>
  renderJobSummary({
    content: { kind: "apply", report, plan, verdicts: new Map() },
    target,
    notices: [],
  });

/** Of a page the sections in which rules and their waivers are told, under the headings that it has. */
function told(page: string): string {
  let isIn = false;
  const blocks = page.split(/\n{2,}/).filter((block) => {
    const isHeading = /^(?:### )?(?:Refused by rules|Broken rules|Rules|Warnings)$/.test(block);
    isIn = isHeading || (isIn && /^(?:[x!] |- |warning\[)/.test(block));
    return isIn;
  });
  return blocks.join("\n\n");
}

/** All cases as one page. */
const pages = <T>(cases: Readonly<Record<string, T>>, render: (each: T) => string): string =>
  Object.entries(cases)
    .map(([name, each]) => `=== ${name}\n\n${render(each).trim() || "(nothing)"}\n`)
    .join("\n");

const golden = (name: string) => `../../../../../fixtures/findings/${name}.golden`;

const json = ({
  findings,
  diagnostics = [],
}: Pick<Plan, "findings"> & { diagnostics?: Plan["diagnostics"] }) =>
  JSON.stringify(
    { findings, diagnostics: diagnostics.map(({ code, detail }) => ({ code, detail })) },
    null,
    2,
  );

describe("every rule, strength, state of a waiver, scope and warning of a send is told", () => {
  test.each([
    ["text", "plan-text", (each: PlanCase) => told(renderPlanText(planned(each)))],
    ["Markdown", "plan-markdown", (each: PlanCase) => told(renderPlanMarkdown(planned(each)))],
    ["a comment", "plan-markdown", (each: PlanCase) => told(visiblePart(planComment(planned(each)).body))],
    ["JSON", "plan-json", (each: PlanCase) => json(planned(each))],
  ])("of a plan in %s", async (_, name, render) => {
    await expect(pages(PLAN_CASES, render)).toMatchFileSnapshot(golden(name));
  });

  test.each([
    ["text", "report-text", (_: ReportCase, report: Report) => told(renderReportText(report))],
    ["Markdown", "report-markdown", (_: ReportCase, report: Report) => told(renderReportMarkdown(report))],
    ["a comment", "report-markdown", (each: ReportCase, report: Report) => told(applyComment(each, report))],
    [
      "a job summary",
      "report-markdown",
      (each: ReportCase, report: Report) => told(applySummary(each, report)),
    ],
    ["JSON", "report-json", (_: ReportCase, report: Report) => json(report)],
  ])("of a report in %s", async (_, name, render) => {
    const page = pages(REPORT_CASES, (each) => render(each, reported(each)));
    await expect(page).toMatchFileSnapshot(golden(name));
  });

  test("and none is missing", () => {
    const findings = Object.values(PLAN_CASES).flatMap((each) => planned(each).findings);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set([...RULE_NAMES, "waiver-expired"]));
    expect(new Set(findings.map(({ state }) => state))).toEqual(
      new Set(["broken", "waived", "allowed", "possible"]),
    );
    expect(new Set(findings.map(({ strength }) => strength))).toEqual(new Set(["hard", "soft", "warn"]));
    const warned = Object.values(PLAN_CASES).flatMap((each) => planned(each).diagnostics);
    expect(new Set(warned.map(({ code }) => code))).toEqual(
      new Set(["unused-waiver", "rule-matches-nothing", "locked-soon", "sends-collide"]),
    );
  });
});
