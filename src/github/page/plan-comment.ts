import type { Plan } from "../../domain/model.ts";
import { stops } from "../../guardrails/stops.ts";
import { fitSections } from "../../render/markdown/fit.ts";
import { escapeMarkdown, markdownCode } from "../../render/markdown/markdown-escape.ts";
import { type PlanPage, planPage } from "../../render/page/plan-page.ts";
import { encodeHeader } from "../review/comment-header.ts";
import { apiDigest, fitReviewed } from "../review/reviewed.ts";
import type { CommentHeader, PlanLabel, Reviewed, Target } from "../run/model.ts";
import { pageHead } from "./alert.ts";
import type { FileUrl } from "./file-link.ts";
import { footer, leftOutOfComment } from "./footer.ts";
import { COMMENT_LIMIT, utf8Length, VISIBLE_MIN } from "./limits.ts";
import { paragraphSection, planSections } from "./plan-sections.ts";
import type { Origins } from "./plan-table.ts";
import { rulesAlert } from "./rules-alert.ts";
import { noteAlerts, type PlanNote } from "./shown/plan-note.ts";
import { targetLine } from "./target-line.ts";

/** A plan, and what its comment says of it. */
export type PlanCommentInput = {
  readonly plan: Plan;
  readonly target: Target;
  /** Head commit of the pull request, in full. */
  readonly commit: string;
  readonly origins: Origins;
  /** Addresses at the head commit. */
  readonly fileUrl: FileUrl;
  readonly runUrl: string;
  /** What the plan labels its pull request with, for the header; none when left out. */
  readonly labels?: readonly PlanLabel[] | undefined;
  /** What other pull requests mean for it. */
  readonly notes?: readonly PlanNote[];
  /** Bytes of UTF-8, at least 20,000; what GitHub takes by default. */
  readonly limit?: number;
};

/** A comment's body. `isCut` tells that something found no room in it: then the job summary must have it. */
export type RenderedComment = {
  readonly body: string;
  readonly header: CommentHeader;
  readonly isCut: boolean;
};

/** Bytes of a header with every change in it; beyond it digests do, and readers get the room. */
const CHANGES_MAX = 30_000;

/**
 * The comment on a pull request: the hidden header, a headline, alerts, a table, details, and below the stable line and how
 * it will be applied. Beyond the limit whole campaigns are left out, those that can reach more people last; never part of a fence.
 */
export function renderPlanComment(input: PlanCommentInput): RenderedComment {
  const { plan, target, commit, labels, limit = COMMENT_LIMIT } = input;
  const headerMax = limit - VISIBLE_MIN;
  const reviewed = fitReviewed(plan, headerMax, Math.min(CHANGES_MAX, headerMax));
  const api = apiDigest(plan.apiUrl);
  const header: CommentHeader = { target: target.key, commit, api, state: "planned", reviewed, labels };
  const line = encodeHeader(header);
  const room = limit - utf8Length(line) - 1;
  const page = planPage(plan, plan.privacy.minCount);
  const whole = visibleBody(page, input, reviewed, Number.POSITIVE_INFINITY);
  const isCut = utf8Length(whole) > room;
  const visible = isCut ? visibleBody(page, input, reviewed, room) : whole;
  return { body: `${line}\n${visible}`, header, isCut };
}

function visibleBody(page: PlanPage, input: PlanCommentInput, reviewed: Reviewed, room: number): string {
  const { target, origins, fileUrl, runUrl, notes = [] } = input;
  const sections = planSections(page, { origins, fileUrl, leftOut: leftOutOfComment(runUrl, "plan-path") });
  const frame = {
    head: planTop(page, noteAlerts(notes)),
    closing: planFooter(page, input, reviewed),
  };
  return fitSections(
    frame,
    [paragraphSection(targetLine(target, page.origin)), ...sections],
    room,
    utf8Length,
  );
}

/** What a plan begins with: what it weakens of the rules, then its headline and alerts. */
export function planTop(
  { ruleChanges, head, unseen, alerts }: PlanPage,
  notes: readonly string[] = [],
): string {
  return [...rulesAlert(ruleChanges), pageHead(head.headline, unseen, alerts, notes)].join("\n\n");
}

function planFooter(page: PlanPage, { plan, commit, runUrl }: PlanCommentInput, reviewed: Reviewed): string {
  const facts = [`digest ${markdownCode(page.digest)}`, escapeMarkdown(page.origin.when)];
  return footer({ line: page.lastLine, commit, facts, runUrl, last: applyWords(plan, reviewed) });
}

function applyWords({ summary, findings }: Plan, reviewed: Reviewed): string {
  if (findings.some(stops)) {
    return "Merging writes nothing as long as rules refuse this plan. It is judged again by the rules that stand then.";
  }
  if (summary.update === 0) return "Merging writes nothing.";
  if (reviewed.kind === "digest") {
    return "This plan is too large to be compared a campaign at a time: merging applies all of it, or nothing at all when anything differs by then.";
  }
  return "Merging applies exactly these changes, each campaign on its own. One whose file or live audiences differ by then is refused, and told here.";
}
