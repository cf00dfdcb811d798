import type { ApplyResult, Report } from "../../domain/model.ts";
import { isSuperseded } from "../../domain/newer-run.ts";
import { countsAsUnconfirmed } from "../../domain/reach-rules.ts";
import { findingMarkdown } from "../../render/markdown/finding-markdown.ts";
import { fitSections, type Section } from "../../render/markdown/fit.ts";
import { escapeMarkdown, markdownCode } from "../../render/markdown/markdown-escape.ts";
import { resultsOfKind } from "../../render/page/report-groups.ts";
import { quantity } from "../../text/figures.ts";
import {
  type IssueOperation,
  type IssueText,
  issueTitle,
  planCloseIssues,
  planOpenIssue,
} from "../review/issue-operation.ts";
import {
  decodeScope,
  encodeScope,
  type IssueRun,
  type IssueScope,
  isNothing,
  unseenOf,
} from "../review/issue-scope.ts";
import type { OwnIssue, Target } from "../run/model.ts";
import { type ApplyDetails, applyPage, applySections } from "./apply-sections.ts";
import { markdownLink } from "./file-link.ts";
import { leftOutOfComment } from "./footer.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
import { paragraphSection } from "./plan-sections.ts";
import { targetLine } from "./target-line.ts";

/** What the body of a target's follow-up issue begins with. */
export function followUpMarker(target: Target): string {
  return `<!-- campaignctl:follow-up ${target.key} -->`;
}

/** An apply, and what its follow-up issue says of it. */
export type FollowUpInput = Pick<ApplyDetails, "plan" | "verdicts"> &
  Omit<IssueRun, "seen"> & {
    readonly report: Report;
    /** Of the issue: that of the whole project. */
    readonly target: Target;
    readonly runUrl: string;
  };

/**
 * The issue that names what an apply left: stale, failed, not attempted, reach not confirmed; and what an earlier one
 * left that this one did not look at. Null for nothing.
 *
 * @param unseen what of the issue as it is this run did not look at.
 */
export function renderFollowUpIssue(input: FollowUpInput, unseen: IssueScope = NOTHING): IssueText | null {
  const { report, target, runUrl, plan, verdicts } = input;
  const left = report.results.filter(isLeft);
  if (left.length === 0 && isNothing(unseen)) return null;
  const ids = [...left.map(({ campaignId }) => campaignId), ...unseen.ids];
  const scope = encodeScope({ ...unseen, ids }, target.key);
  const page = applyPage({ ...report, results: left }, "each");
  const frame = {
    head: `${followUpMarker(target)}\n${scope}\n\n### ${quantity(left.length, "campaign")} left by the last apply`,
    closing: `${page.lastLine}\n\nFrom this ${markdownLink("run", runUrl)}, ${escapeMarkdown(page.origin.when)}. This issue is kept up to date by every apply, and closed by the one that looks at all of it and leaves nothing.`,
  };
  const leftOut = leftOutOfComment(runUrl, "report-path")("campaign");
  const [refused] = findingMarkdown(page.findings, leftOutOfComment(runUrl, "report-path")("finding"));
  const sections = [
    paragraphSection(targetLine(target, report)),
    refused,
    unseenSection(unseen, leftOut),
    ...applySections(page, { plan, verdicts, leftOut, audiences: report.audiences }),
  ];
  const what = ids.length === 0 ? "Apply did not begin" : `Apply left ${quantity(ids.length, "campaign")}`;
  return {
    title: issueTitle(`${what}${where(target)}`),
    body: fitSections(frame, sections, COMMENT_LIMIT, utf8Length).trimEnd(),
  };
}

const NOTHING: IssueScope = { ids: [], targets: [] };

function where({ environment }: Target): string {
  return environment === null ? "" : ` (${environment})`;
}

function unseenSection({ ids, targets }: IssueScope, leftOut: Section["leftOut"]): Section {
  const items = [
    ...ids.map((id) => `- campaign ${markdownCode(id)}`),
    ...(targets.length === 0 ? [] : ["- everything that an earlier run was to look at, which did not begin"]),
  ];
  const heading = "### Left by an earlier apply, and not looked at by this one\n";
  return { heading, items, separator: "\n", rank: 1, leftOut };
}

function isLeft(result: ApplyResult): boolean {
  switch (result.outcome) {
    case "stale":
    case "failed":
    case "restored":
      return true;
    case "not-attempted":
      return !isSuperseded(result);
    case "applied":
    case "unchanged":
      return countsAsUnconfirmed(result, "apply-report");
    case "skipped":
      return false;
  }
}

/** The issue of an apply that ended before there was anything to report, such as for refused credentials. */
export function planFailedFollowUp(
  input: Pick<FollowUpInput, "target" | "runUrl" | "key"> & { readonly reason: string },
  issues: readonly OwnIssue[],
): readonly IssueOperation[] {
  const { target, key } = input;
  const marker = followUpMarker(target);
  const own = issues.filter(({ body }) => body.startsWith(marker));
  const before = scopeOfIssues(own, target);
  const scope = { ...before, targets: [...before.targets, key] };
  const text = {
    title: issueTitle(`Apply did not begin${where(target)}`),
    body: [
      `${marker}\n${encodeScope(scope, target.key)}`,
      "### The last apply did not begin, so nothing was written",
      escapeMarkdown(input.reason),
      `From this ${markdownLink("run", input.runUrl)}. When the cause is mended, run apply again: it carries out what was reviewed and closes this issue.`,
    ].join("\n\n"),
  };
  return planOpenIssue(text, own, "An apply did not begin again.");
}

/** What the open issues of a target are about, there being most often one; nothing where none is open. */
export function scopeOfIssues(own: readonly OwnIssue[], target: Target): IssueScope {
  const scopes = own.filter(({ isOpen }) => isOpen).map(({ body }) => decodeScope(body, target.key));
  return {
    ids: scopes.flatMap(({ ids }) => ids),
    targets: scopes.flatMap(({ targets }) => targets),
    ...(scopes.some(({ hasMore }) => hasMore) ? { hasMore: true } : {}),
  };
}

/**
 * What to do with the follow-up issue of a target: one is open while something is left, none when nothing is.
 *
 * @param issues ours; those with another marker are not touched.
 */
export function planFollowUp(input: FollowUpInput, issues: readonly OwnIssue[]): readonly IssueOperation[] {
  const marker = followUpMarker(input.target);
  const own = issues.filter(({ body }) => body.startsWith(marker));
  const seen = new Set(input.plan.changes.map(({ campaignId }) => campaignId));
  const unseen = unseenOf(scopeOfIssues(own, input.target), { ...input, seen });
  const text = renderFollowUpIssue(input, unseen);
  // An earlier write's evaluation is not known to have ended well: no reason to close.
  if (text === null && resultsOfKind(input.report, "unchanged-open").length > 0) return [];
  return text === null
    ? planCloseIssues(own, `Nothing is left since this ${markdownLink("run", input.runUrl)}.`)
    : planOpenIssue(text, own, "An apply has left something again.");
}
