import { sameBinding } from "../../domain/binding.ts";
import type { ApplyResult, Plan, Report, Update } from "../../domain/model.ts";
import { updatesOf } from "../../plan/updates.ts";
import type { Section } from "../../render/markdown/fit.ts";
import {
  liveParts,
  movedCell,
  type ReportTable,
  reachCell,
  reportSections,
} from "../../render/markdown/report-markdown.ts";
import { type Advice, type ReachWords, reachHint, SKIPPED } from "../../render/page/advice.ts";
import { type AudienceKnowledge, knowledgeOf } from "../../render/page/audience-knowledge.ts";
import { type ReportPage, reportPage } from "../../render/page/report-page.ts";
import type { ReportTelling } from "../../render/page/same-reason.ts";
import type { Verdict } from "../review/compare-reviewed.ts";
import type { ReviewedChange } from "../run/model.ts";
import { breakable } from "./markup.ts";
import { bindingList } from "./plan-details.ts";

/** What the sections of an apply need: the plan that was made for it, and how its updates compare with the reviewed one. */
export type ApplyDetails = {
  readonly plan: Plan;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** What the report knows of audiences: those that were met after the plan too. */
  readonly audiences: Report["audiences"];
  readonly leftOut: Section["leftOut"];
};

const REACH_WORDS: ReachWords = {
  lookAgain: "Start an apply by hand to look again.",
  waitLonger: "Start an apply by hand to look again, with a longer `wait-timeout`.",
  notProven:
    "Where nothing proves that the evaluation is of these audiences, save them anew in the portal, or run `campaignctl wait --after REPORT` with the JSON result (output `report-path`).",
  differs:
    "Where the live audiences are not those of the file, open a pull request, whose plan shows what is true now: waiting does not help.",
  failed: "Where the evaluation failed, save the audiences anew in the portal, then start an apply by hand.",
  refused: "Mend the credentials first (see the message), then start apply again.",
};

/** Nobody runs a command here: a pull request, or the next run, is what helps. */
const ADVICE: Advice = {
  stale: "Open a pull request: its plan shows what is true now.",
  failed:
    "The next apply tries it again; start one by hand to have it now. What is there already is not written twice.",
  notAttempted: "The next apply does it; start one by hand to have it now.",
  skipped: SKIPPED,
  noAccess: "Mend the credentials first (see the message), then start apply again.",
  reach: (result) => reachHint(result, REACH_WORDS),
  mend: () => null,
};

/** What a report says on GitHub. */
export function applyPage(report: Report, grouping: ReportTelling["grouping"]): ReportPage {
  return reportPage(report, { advice: ADVICE, grouping, minCount: report.privacy.minCount });
}

/** A report as sections. Stale campaigns show what was reviewed beside what is planned now, where that is known. */
export function applySections(
  page: ReportPage,
  { plan, verdicts, audiences, leftOut }: ApplyDetails,
): readonly Section[] {
  const updates = new Map(updatesOf(plan.changes).map((update) => [update.campaignId, update]));
  const known = { ...knowledgeOf(plan, plan.privacy.minCount), audiences };
  return reportSections(page, {
    table: TABLE,
    leftOut,
    detail: (result) =>
      staleParts(result, updates.get(result.campaignId), verdicts.get(result.campaignId), known),
  });
}

/** A phone has no room for ids; the reviewed plan has them. */
const TABLE: ReportTable = {
  titles: ["People", "Campaign", "Reach"],
  cells: (told) => [movedCell(told), breakable(told.title), reachCell(told)],
};

function staleParts(
  result: ApplyResult,
  now: Update | undefined,
  verdict: Verdict | undefined,
  known: AudienceKnowledge,
): readonly string[] {
  if (result.outcome !== "stale" || now === undefined) return liveParts(result, known);
  if (verdict?.kind !== "differs") return ["Planned:", bindingList(now, known), ...liveParts(result, known)];
  if (verdict.reviewed === null) {
    return ["Now, and in no reviewed plan that is still to be applied:", bindingList(now, known)];
  }
  return [
    verdict.isOverruled === true ? OVERRULED : whatMoved(verdict.reviewed, now),
    "Reviewed:",
    bindingList(verdict.reviewed, known),
    "Now:",
    bindingList(now, known),
  ];
}

const OVERRULED =
  "A pull request shows this change, and one that was merged after it shows another for the same campaign. What is left of the later one is told in its comment; run apply again, or open a pull request.";

function whatMoved(reviewed: ReviewedChange, now: Update): string {
  const sameBefore = sameBinding(reviewed.before, now.before);
  const sameAfter = sameBinding(reviewed.after, now.after);
  if (!sameBefore && !sameAfter) return "Both the live audiences and the file changed since the review.";
  return sameAfter ? "The live audiences changed since the review." : "The file changed since the review.";
}
