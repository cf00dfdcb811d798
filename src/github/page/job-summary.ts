import type { Diagnostic, Plan, Report } from "../../domain/model.ts";
import { diagnosticCounts } from "../../render/diagnostic-words.ts";
import { findingMarkdown } from "../../render/markdown/finding-markdown.ts";
import { type Frame, fitSections, type Section } from "../../render/markdown/fit.ts";
import { escapeMarkdown, markdownCode } from "../../render/markdown/markdown-escape.ts";
import { diagnosticItem } from "../../render/markdown/markdown-parts.ts";
import { shownName } from "../../render/page/facts.ts";
import { headLine } from "../../render/page/page-section.ts";
import { driftHead } from "../../render/page/plan-head.ts";
import { type PlanPage, planPage } from "../../render/page/plan-page.ts";
import type { FindingSections } from "../../render/page/rules/finding-entry.ts";
import { quantity } from "../../text/figures.ts";
import type { Verdict } from "../review/compare-reviewed.ts";
import type { Target } from "../run/model.ts";
import { alertBlock, pageHead } from "./alert.ts";
import { applyPage, applySections } from "./apply-sections.ts";
import { type FileUrl, markdownLink } from "./file-link.ts";
import { leftOutOfSummary } from "./footer.ts";
import { SUMMARY_LIMIT, utf8Length } from "./limits.ts";
import { planTop } from "./plan-comment.ts";
import { blockSection, paragraphSection, planSections } from "./plan-sections.ts";
import type { Origins } from "./plan-table.ts";
import { targetLine } from "./target-line.ts";

/** What a run came to. */
export type SummaryContent =
  | { readonly kind: "plan"; readonly plan: Plan; readonly origins: Origins; readonly fileUrl: FileUrl }
  | {
      readonly kind: "apply";
      readonly report: Report;
      readonly plan: Plan;
      readonly verdicts: ReadonlyMap<string, Verdict>;
    }
  | {
      readonly kind: "drift";
      readonly plan: Plan;
      readonly fileUrl: FileUrl;
      /** Addresses of open drift issues by campaign. */
      readonly issueUrls: ReadonlyMap<string, string>;
    }
  /** Files only. `campaigns` counts what was declared. Of rules, what stops a plan is among the diagnostics too. */
  | {
      readonly kind: "validate";
      readonly diagnostics: readonly Diagnostic[];
      readonly campaigns: number;
      readonly findings: FindingSections;
    };

/** What there is to say of a run. */
export type SummaryInput = {
  readonly content: SummaryContent;
  readonly target: Target;
  /** Plain text to stand out on top, such as why there is no plan. Escaped here. */
  readonly notices: readonly string[];
  /** Bytes of UTF-8, at least 20,000; what GitHub takes by default. */
  readonly limit?: number;
};

/** The job summary of a run. Beyond the limit whole campaigns are left out, and their number is told. */
export function renderJobSummary({ content, target, notices, limit = SUMMARY_LIMIT }: SummaryInput): string {
  const { frame, sections } = summaryOf(content);
  const alerts = notices.map((notice) => alertBlock("IMPORTANT", escapeMarkdown(notice)));
  const result =
    content.kind === "apply" ? content.report : content.kind === "validate" ? null : content.plan;
  return fitSections(
    { ...frame, head: [frame.head, ...alerts].join("\n\n") },
    [paragraphSection(targetLine(target, result)), ...sections],
    limit,
    utf8Length,
  );
}

type Summary = { readonly frame: Frame; readonly sections: readonly Section[] };

function summaryOf(content: SummaryContent): Summary {
  switch (content.kind) {
    case "plan":
      return planSummary(content);
    case "apply":
      return applySummary(content);
    case "drift":
      return driftSummary(content);
    case "validate":
      return validateSummary(content);
  }
}

type Content<K extends SummaryContent["kind"]> = Extract<SummaryContent, { kind: K }>;

function planSummary({ plan, origins, fileUrl }: Content<"plan">): Summary {
  const page = planPage(plan, plan.privacy.minCount);
  return {
    frame: { head: planTop(page), closing: planClosing(page) },
    sections: planSections(page, { origins, fileUrl, leftOut: leftOutOfSummary("plan-path") }),
  };
}

function planClosing({ lastLine, digest, origin }: PlanPage): string {
  return `${lastLine}\n\nDigest ${markdownCode(digest)}, ${escapeMarkdown(origin.when)}`;
}

function applySummary({ report, plan, verdicts }: Content<"apply">): Summary {
  const page = applyPage(report, "together");
  const leftOut = leftOutOfSummary("report-path");
  const [refused, told] = findingMarkdown(page.findings, leftOut("finding"));
  const details = { plan, verdicts, leftOut: leftOut("campaign"), audiences: report.audiences };
  return {
    frame: {
      head: pageHead(headLine(page.head), [], page.alerts),
      closing: `${page.lastLine}\n\n${escapeMarkdown(page.origin.when)}`,
    },
    sections: [refused, ...applySections(page, details), told],
  };
}

function driftSummary({ plan, fileUrl, issueUrls }: Content<"drift">): Summary {
  const page = planPage(plan, plan.privacy.minCount);
  const leftOut = leftOutOfSummary("plan-path");
  const names = new Map(plan.changes.map(({ campaignId, name }) => [campaignId, name]));
  const links = [...issueUrls].map(
    ([id, url]) =>
      `- ${markdownLink(escapeMarkdown(shownName(names.get(id) ?? null)), url)} ${markdownCode(id)}`,
  );
  return {
    frame: { head: pageHead(driftHead(plan), page.unseen, []), closing: planClosing(page) },
    sections: [
      {
        ...blockSection("### Issues and pull requests\n", links, { rank: 1, leftOut: leftOut("issue") }),
        separator: "\n",
      },
      ...planSections(page, { origins: null, fileUrl, leftOut, isHistory: true }),
    ],
  };
}

function validateSummary({ diagnostics, campaigns, findings }: Content<"validate">): Summary {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  const broken = findings.stops.length;
  const refusals = broken === 0 ? "" : `, ${quantity(broken, "broken rule")}`;
  const valid = `Files are valid: ${quantity(campaigns, "campaign")}${refusals}`;
  const head = errors.length === 0 ? valid : "Files are not valid";
  const leftOut = (noun: string) => (count: number) =>
    `_${quantity(count, noun)} more left out here for want of room: run \`campaignctl validate\`._`;
  return {
    frame: { head: `### ${head}`, closing: diagnosticCounts(diagnostics) },
    sections: [
      blockSection("", errors.map(diagnosticItem), { rank: 1, leftOut: leftOut("error") }),
      blockSection("", warnings.map(diagnosticItem), { rank: 2, leftOut: leftOut("warning") }),
      findingMarkdown(findings, leftOut("finding"))[1],
    ],
  };
}
