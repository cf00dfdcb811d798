import type { ApplyResult, Plan, Report } from "../domain.ts";
import { quantity } from "../render/figures.ts";
import { fitSections } from "../render/fit.ts";
import { escapeMarkdown } from "../render/markdown-escape.ts";
import { resultsOfKind } from "../render/report-groups.ts";
import { lastLine, runTimeText } from "../render/report-words.ts";
import { alertBlock, nameList } from "./alert.ts";
import { applySections } from "./apply-sections.ts";
import { encodeHeader } from "./comment-header.ts";
import type { Verdict } from "./compare-reviewed.ts";
import { footer, leftOutOfComment } from "./footer.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
import type { CommentState, PlanComment } from "./model.ts";
import type { RenderedComment } from "./plan-comment.ts";
import { foldPlan, planShownIn } from "./reviewed-fold.ts";

/** What was done, and the comment that it was reviewed in. */
export type ApplyCommentInput = {
  readonly report: Report;
  /** The plan that was made for this apply. */
  readonly plan: Plan;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly previous: Pick<PlanComment, "body" | "header">;
  readonly state: CommentState;
  readonly runUrl: string;
  /** Bytes of UTF-8, at least 20,000 more than the header has; what GitHub takes by default. */
  readonly limit?: number;
};

/**
 * The comment after an apply: the header as it was but for its state, the result, and the reviewed plan folded below.
 * The result gets room first; of the plan, what is left out stays in the comment's edit history.
 */
export function renderApplyComment(input: ApplyCommentInput): RenderedComment {
  const { previous, state, limit = COMMENT_LIMIT } = input;
  const header = { ...previous.header, state };
  const line = encodeHeader(header);
  const room = limit - utf8Length(line) - 2;
  const whole = resultBody(input, Number.POSITIVE_INFINITY);
  const isCut = utf8Length(whole) > room - FOLD_MIN;
  const result = isCut ? resultBody(input, room - FOLD_MIN) : whole;
  const plan = foldPlan(planShownIn(previous.body), room - utf8Length(result) - 1);
  return { body: `${line}\n${result}\n${plan}`.trimEnd(), header, isCut };
}

/** Bytes that a folded plan needs at least, when only its note fits. */
const FOLD_MIN = 300;

function resultBody(input: ApplyCommentInput, room: number): string {
  const { report, plan, verdicts, state, runUrl } = input;
  const frame = {
    verdict: [`### ${lastLine(report)}`, ...applyBanners(report)].join("\n\n"),
    closing: footer({
      commit: null,
      facts: [escapeMarkdown(runTimeText(report))],
      runUrl,
      last: STATE_WORDS[state],
    }),
  };
  const leftOut = leftOutOfComment(runUrl, "report-path")("campaign");
  return fitSections(
    frame,
    applySections(report, { plan, verdicts, leftOut, grouping: "together" }),
    room,
    utf8Length,
  );
}

const STATE_WORDS: Readonly<Record<CommentState, string>> = {
  planned: "Not all of it is done: the next run of apply tries the rest again.",
  applied: "Nothing of this plan is left to do.",
  refused: "What was refused is not tried again: it needs a pull request with a new plan.",
};

/** What a reader must not miss of an apply: what was refused, what did not succeed, whose reach is not known. */
export function applyBanners(report: Report): readonly string[] {
  const failed = report.results.filter(({ outcome }) => outcome === "failed" || outcome === "not-attempted");
  return [
    ...banner("CAUTION", "refused as stale", resultsOfKind(report, "stale"), REFUSED_MEANS),
    ...banner("WARNING", "not done", failed, ""),
    ...banner("WARNING", "applied, but reach is not confirmed", resultsOfKind(report, "applied-open"), ""),
  ];
}

const REFUSED_MEANS = " What would be written now is not what was reviewed, so nothing was written.";

function banner(
  kind: "CAUTION" | "WARNING",
  what: string,
  results: readonly ApplyResult[],
  more: string,
): readonly string[] {
  if (results.length === 0) return [];
  const names = nameList(results.map(({ name }) => name));
  return [alertBlock(kind, `**${quantity(results.length, "campaign")} ${what}**: ${names}.${more}`)];
}
