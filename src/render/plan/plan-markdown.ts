import type { AudienceBinding, Plan, Skip, Unreadable, Update } from "../../domain/model.ts";
import { timeText } from "../../text/figures.ts";
import { type AudienceLine, bindingCounts, changeLines, differenceLines } from "../audience-lines.ts";
import {
  type AudienceChange,
  directionSentences,
  directionWords,
  NO_EXCLUDE_WARNING,
  noExcludeIsLeft,
} from "../direction.ts";
import { changeFacts, positionText, shownName } from "../facts.ts";
import { fitSections, type Section } from "../fit.ts";
import { escapeMarkdown, fenced, markdownCode } from "../markdown-escape.ts";
import {
  diagnosticItem,
  factList,
  leftOutNote,
  originLine,
  tableHead,
  tableRow,
  verdictHead,
} from "../markdown-parts.ts";
import { reachWords } from "../reach.ts";
import { type Told, tellUnreadable, weightsOf } from "../same-reason.ts";
import { planLine } from "../summary-line.ts";
import { type Compared, groupPlan, planVerdict } from "./plan-groups.ts";

/**
 * A plan as GitHub Markdown: the verdict, a table of changed campaigns, their details as diffs, skipped and unreadable
 * ones, warnings, the digest, and the stable line last. `limit` counts UTF-16 units; beyond it whole campaigns are left
 * out, and their number is told. From 2,000 on the limit always holds. Ends with a newline.
 */
export function renderPlanMarkdown(plan: Plan, options: { readonly limit?: number } = {}): string {
  const { updates, skips, errors } = groupPlan(plan);
  const unread = tellUnreadable(errors);
  const sections: readonly Section[] = [
    originLine(plan, `planned ${timeText(plan.createdAt)}`),
    tableSection(updates),
    section("### Changes", updates.map(updateItem), 3),
    section("### Skipped: not draft, left alone although different", skips.map(skipItem), 2),
    { ...section("### Could not be read", unread.map(errorItem), 1), weights: weightsOf(unread) },
    { ...section("### Warnings", plan.diagnostics.map(diagnosticItem), 4), leftOut: leftOutNote("warning") },
  ];
  const frame = {
    verdict: verdictHead(planVerdict(plan)),
    closing: `Digest: ${markdownCode(plan.digest)}\n\n${planLine(plan.summary)}`,
  };
  return fitSections(frame, sections, options.limit ?? Number.POSITIVE_INFINITY);
}

function section(heading: string, items: readonly string[], rank: number): Section {
  return { heading, items, separator: "\n\n", rank, leftOut: leftOutNote("campaign") };
}

function tableSection(updates: readonly Compared<Update>[]): Section {
  return {
    heading: tableHead(["Campaign", "Can reach", "Include", "Exclude", "Last known reach", "File"]),
    items: updates.map(updateRow),
    separator: "\n",
    rank: 0,
    leftOut: leftOutNote("row"),
  };
}

function updateRow({ change, audiences }: Compared<Update>): string {
  return tableRow([
    escapeMarkdown(shownName(change.name)),
    escapeMarkdown(directionWords(audiences)),
    ...bindingCells({ change, audiences }),
    escapeMarkdown(reachWords(change.reach)),
    markdownCode(positionText(change.source)),
  ]);
}

/** The cells of a changed campaign for its include and its exclude list. */
export function bindingCells({ change, audiences }: Compared<Update>): readonly string[] {
  const { before, after } = change;
  const includes = listCell(audiences, "include", after.include.length);
  const excludes = listCell(audiences, "exclude", after.exclude.length);
  return [includes, noExcludeIsLeft(before, after) ? `${excludes}, **none is left**` : excludes];
}

/** What changes in one list, and how many audiences it has afterwards: `+1 -2, 3 afterwards`. */
function listCell(audiences: readonly AudienceChange[], list: "include" | "exclude", after: number): string {
  const count = (verb: AudienceChange["verb"]) =>
    audiences.filter((audience) => audience.list === list && audience.verb === verb).length;
  const parts = [
    ...signed("+", count("added")),
    ...signed("-", count("removed")),
    ...signed("!", count("retyped")),
  ];
  return `${parts.length === 0 ? "as before" : parts.join(" ")}, ${after} afterwards`;
}

function signed(sign: string, count: number): string[] {
  return count === 0 ? [] : [`${sign}${count}`];
}

function updateItem({ change, audiences }: Compared<Update>): string {
  return [
    `#### ~ change: ${escapeMarkdown(shownName(change.name))}`,
    directionBlock({ change, audiences }),
    factList(changeFacts(change)),
    replacementDiff(audiences, change.after),
  ].join("\n\n");
}

/** What a change means for who is reached, a line a sentence; a lost last exclude is loud. */
export function directionBlock({ change, audiences }: Compared<Update>): string {
  const loud = noExcludeIsLeft(change.before, change.after) ? [`**${NO_EXCLUDE_WARNING}**`] : [];
  return [...directionSentences(audiences).map(escapeMarkdown), ...loud].join("\\\n");
}

function skipItem({ change, audiences }: Compared<Skip>): string {
  return [
    `#### ! skip: ${escapeMarkdown(shownName(change.name))}`,
    factList(changeFacts(change)),
    differenceDiff(audiences),
  ].join("\n\n");
}

function errorItem({ title, facts }: Told<Unreadable>): string {
  return [`#### ? error: ${escapeMarkdown(title)}`, factList(facts)].join("\n\n");
}

/** What a full replacement would change, as a diff that GitHub colours. */
export function replacementDiff(audiences: readonly AudienceChange[], after: AudienceBinding): string {
  return diff(changeLines(audiences), [`  full replacement: ${bindingCounts(after)} afterwards`]);
}

/** How a locked campaign differs from its file, as a diff that GitHub colours. */
export function differenceDiff(audiences: readonly AudienceChange[]): string {
  return diff(differenceLines(audiences), []);
}

/** The sign stands in the first column: only there GitHub colours the line. */
function diff(lines: readonly AudienceLine[], more: readonly string[]): string {
  return fenced("diff", [...lines.map(({ sign, text }) => `${sign} ${text}`), ...more]);
}
