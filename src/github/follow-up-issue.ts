import type { ApplyResult, Report } from "../domain.ts";
import { countsAsUnconfirmed } from "../reach-rules.ts";
import { quantity } from "../render/figures.ts";
import { fitSections } from "../render/fit.ts";
import { escapeMarkdown } from "../render/markdown-escape.ts";
import { resultsOfKind } from "../render/report-groups.ts";
import { lastLine, runTimeText } from "../render/report-words.ts";
import { type ApplyPage, applySections } from "./apply-sections.ts";
import { markdownLink } from "./file-link.ts";
import { leftOutOfComment } from "./footer.ts";
import {
  type IssueOperation,
  type IssueText,
  issueTitle,
  planCloseIssues,
  planOpenIssue,
} from "./issue-operation.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
import type { OwnIssue, Target } from "./model.ts";
import { textSection } from "./plan-sections.ts";
import { targetLine } from "./target-line.ts";

/** What the body of a target's follow-up issue begins with. */
export function followUpMarker(target: Target): string {
  return `<!-- campaignctl:follow-up ${target.key} -->`;
}

/** An apply, and what its follow-up issue says of it. */
export type FollowUpInput = Pick<ApplyPage, "plan" | "verdicts"> & {
  readonly report: Report;
  readonly target: Target;
  readonly runUrl: string;
};

/** The issue that names what an apply left: stale, failed, not attempted, reach not confirmed. Null for nothing. */
export function renderFollowUpIssue(input: FollowUpInput): IssueText | null {
  const { report, target, runUrl, plan, verdicts } = input;
  const left = report.results.filter(isLeft);
  if (left.length === 0) return null;
  const frame = {
    verdict: `${followUpMarker(target)}\n\n### ${quantity(left.length, "campaign")} left by the last apply\n\n${lastLine(report)}`,
    closing: `From this ${markdownLink("run", runUrl)}, ${escapeMarkdown(runTimeText(report))}. This issue is kept up to date by every apply, and closed by the one that leaves nothing.`,
  };
  const sections = [
    textSection(targetLine(target, report)),
    ...applySections(
      { ...report, results: left },
      { plan, verdicts, leftOut: leftOutOfComment(runUrl, "report-path")("campaign"), grouping: "each" },
    ),
  ];
  const where = target.environment === null ? "" : ` (${target.environment})`;
  return {
    title: issueTitle(`Apply left ${quantity(left.length, "campaign")}${where}`),
    body: fitSections(frame, sections, COMMENT_LIMIT, utf8Length).trimEnd(),
  };
}

function isLeft(result: ApplyResult): boolean {
  switch (result.outcome) {
    case "stale":
    case "failed":
    case "not-attempted":
      return true;
    case "applied":
    case "unchanged":
      return countsAsUnconfirmed(result, "apply-report");
    case "skipped":
      return false;
  }
}

/** The issue of an apply that ended before there was anything to report, such as for refused credentials. */
export function planFailedFollowUp(
  input: { readonly target: Target; readonly runUrl: string; readonly reason: string },
  issues: readonly OwnIssue[],
): readonly IssueOperation[] {
  const marker = followUpMarker(input.target);
  const where = input.target.environment === null ? "" : ` (${input.target.environment})`;
  const text = {
    title: issueTitle(`Apply did not begin${where}`),
    body: [
      marker,
      "### The last apply did not begin, so nothing was written",
      escapeMarkdown(input.reason),
      `From this ${markdownLink("run", input.runUrl)}. When the cause is mended, run apply again: it carries out what was reviewed and closes this issue.`,
    ].join("\n\n"),
  };
  return planOpenIssue(
    text,
    issues.filter(({ body }) => body.startsWith(marker)),
    "An apply did not begin again.",
  );
}

/**
 * What to do with the follow-up issue of a target: one is open while something is left, none when nothing is.
 *
 * @param issues ours; those with another marker are not touched.
 */
export function planFollowUp(input: FollowUpInput, issues: readonly OwnIssue[]): readonly IssueOperation[] {
  const marker = followUpMarker(input.target);
  const own = issues.filter(({ body }) => body.startsWith(marker));
  const text = renderFollowUpIssue(input);
  // An earlier write's evaluation is not known to have ended well: no reason to close.
  if (text === null && resultsOfKind(input.report, "unchanged-open").length > 0) return [];
  return text === null
    ? planCloseIssues(own, `Nothing is left since this ${markdownLink("run", input.runUrl)}.`)
    : planOpenIssue(text, own, "An apply has left something again.");
}
