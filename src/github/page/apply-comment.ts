import type { Plan, Report } from "../../domain/model.ts";
import { findingMarkdown } from "../../render/markdown/finding-markdown.ts";
import { fitSections, type Section } from "../../render/markdown/fit.ts";
import { escapeMarkdown, markdownCode } from "../../render/markdown/markdown-escape.ts";
import { knowledgeOf } from "../../render/page/audience-knowledge.ts";
import { updateEntry } from "../../render/page/change-entry.ts";
import { headLine } from "../../render/page/page-section.ts";
import { encodeHeader, visiblePart } from "../review/comment-header.ts";
import { permittedBy, type Verdict } from "../review/compare-reviewed.ts";
import type { LeftOfReview } from "../review/left-of-review.ts";
import type { CommentState, PlanComment } from "../run/model.ts";
import { pageHead } from "./alert.ts";
import { applyPage, applySections } from "./apply-sections.ts";
import { footer, leftOutOfComment } from "./footer.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
import type { RenderedComment } from "./plan-comment.ts";
import { updateDetail } from "./plan-details.ts";
import { noteBlock } from "./shown/plan-note.ts";
import { foldPlan, type OpenDetail, planShownIn } from "./shown/reviewed-fold.ts";

/** What was done, and the comment that it was reviewed in. */
export type ApplyCommentInput = {
  readonly report: Report;
  /** The plan that was made for this apply. */
  readonly plan: Plan;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly previous: Pick<PlanComment, "body" | "header">;
  /** What is left of the plan that was reviewed in this comment. */
  readonly left: LeftOfReview;
  readonly runUrl: string;
  /** Bytes of UTF-8, at least 20,000 more than the header has; what GitHub takes by default. */
  readonly limit?: number;
};

/**
 * The comment after an apply: the header as it was but for its state, the result, and the reviewed plan folded below.
 * The result gets room first, but for what is still open; of the plan, what is left out stays in the comment's edit
 * history. A comment that has no plan goes on saying so.
 */
export function renderApplyComment(input: ApplyCommentInput): RenderedComment {
  const { previous, left, limit = COMMENT_LIMIT } = input;
  const header = { ...previous.header, state: left.state, reviewed: left.open };
  const line = encodeHeader(header);
  if (header.api === undefined) {
    return { body: `${line}\n${visiblePart(previous.body)}`, header, isCut: false };
  }
  const room = limit - utf8Length(line) - 2;
  const resultIn = resultOf(input);
  const whole = resultIn(Number.POSITIVE_INFINITY);
  const open = openDetails(input);
  const foldMin = Math.max(FOLD_MIN, Math.min(lengthOf(open), room / 2));
  const isCut = utf8Length(whole) > room - foldMin;
  const result = isCut ? resultIn(room - foldMin) : whole;
  const plan = foldPlan(planShownIn(previous.body), room - utf8Length(result) - 1, open);
  return { body: `${line}\n${result}\n${plan}`.trimEnd(), header, isCut };
}

/** Bytes that a folded plan needs at least, when only its note fits. */
const FOLD_MIN = 300;

/** What this run did not get done, with the details of what stays permitted: a long plan may have left them out. */
function openDetails({ report, plan, left }: ApplyCommentInput): readonly OpenDetail[] {
  const undone = report.results.filter(
    ({ outcome }) => !["applied", "unchanged", "restored"].includes(outcome),
  );
  const ids = [...undone.map(({ campaignId }) => campaignId), ...left.unseen];
  const isOpen = new Set(ids);
  const known = knowledgeOf(plan, plan.privacy.minCount);
  const details = new Map(
    permittedBy(left.open, plan)
      .filter(({ campaignId }) => isOpen.has(campaignId))
      .map((update) => [update.campaignId, updateDetail(updateEntry(update, known), "folded")]),
  );
  return ids.map((campaignId) => ({ campaignId, detail: details.get(campaignId) ?? null }));
}

/** Bytes of a folded plan that has these details, and the headline. */
function lengthOf(open: readonly OpenDetail[]): number {
  return open.reduce((sum, { detail }) => sum + (detail === null ? 0 : utf8Length(detail) + 2), 2 * FOLD_MIN);
}

/** The result, in as much room as it is given. */
function resultOf(input: ApplyCommentInput): (room: number) => string {
  const { report, plan, verdicts, left, runUrl } = input;
  const page = applyPage(report, "together");
  const frame = {
    head: pageHead(headLine(page.head), [], page.alerts, whyStale(input)),
    closing: footer({
      line: page.lastLine,
      commit: null,
      facts: [escapeMarkdown(page.origin.when)],
      runUrl,
      last: STATE_WORDS[left.state],
    }),
  };
  const leftOut = leftOutOfComment(runUrl, "report-path")("campaign");
  const { audiences } = report;
  const [refused, told] = findingMarkdown(page.findings, leftOutOfComment(runUrl, "report-path")("finding"));
  const sections = [
    refused,
    ...leftSections(left, leftOut),
    ...applySections(page, { plan, verdicts, audiences, leftOut }),
    told,
  ];
  return (room) => fitSections(frame, sections, room, utf8Length);
}

/** What was applied between plan and apply may be why something is stale. */
function whyStale({ previous, report }: ApplyCommentInput): readonly string[] {
  const block = noteBlock(previous.body, "before");
  return block !== "" && report.results.some(({ outcome }) => outcome === "stale") ? [block] : [];
}

/** The campaigns that stand in no report: it has only those that this run looked at. */
function leftSections({ unseen, superseded }: LeftOfReview, leftOut: Section["leftOut"]): readonly Section[] {
  const list = (heading: string, ids: readonly string[], rank: number): Section => ({
    heading: `${heading}\n`,
    items: ids.map((id) => `- campaign ${markdownCode(id)}`),
    separator: "\n",
    rank,
    leftOut,
  });
  return [list(UNSEEN_HEADING, unseen, 1), list(SUPERSEDED_HEADING, superseded, 5)];
}

const UNSEEN_HEADING =
  "### Not looked at by this run, still to be applied\n\nIts files, or its input `paths`, left these out. A run that reads them applies what was reviewed.";

const SUPERSEDED_HEADING =
  "### Superseded, not to be applied any more\n\nThe branch declares something else of these by now, or does not declare them any more.";

const STATE_WORDS: Readonly<Record<CommentState, string>> = {
  planned:
    "Not all of it is done: what is left stays open, and the next apply carries out of it what it can.",
  applied: "Nothing of this plan is left to do.",
  refused:
    "What was refused stays open: when live is again as it was reviewed, the next apply carries it out. Else open a pull request, whose plan shows what is true now.",
};
