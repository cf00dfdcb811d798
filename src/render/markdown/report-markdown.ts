import type { ApplyResult, Report } from "../../domain/model.ts";
import { type AudienceKnowledge, knowledgeIn } from "../page/audience-knowledge.ts";
import { bindingCounts, bindingOf } from "../page/audience-sentences.ts";
import { PEOPLE, positionText, shownName } from "../page/facts.ts";
import type { GroupKind } from "../page/report-groups.ts";
import { type ReportPage, type ReportSection, reportPage } from "../page/report-page.ts";
import { type Told, weightsOf } from "../page/same-reason.ts";
import { comparisonList } from "./change-markdown.ts";
import { findingMarkdown } from "./finding-markdown.ts";
import { fitSections, type Section } from "./fit.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";
import { factList, headMarkdown, leftOutNote, originLine, tableHead, tableRow } from "./markdown-parts.ts";

/**
 * What `apply` or `wait` did, as GitHub Markdown: the head, tables of what went well, details of what did not, and
 * the stable line last. `limit` counts UTF-16 units; beyond it whole campaigns are left out, and their number is told.
 * From 3,000 on the limit always holds. Ends with a newline.
 */
export function renderReportMarkdown(report: Report, options: { readonly limit?: number } = {}): string {
  const page = reportPage(report, { minCount: report.privacy.minCount });
  const known = knowledgeIn(report, report.privacy.minCount);
  const detail = (result: ApplyResult) => liveParts(result, known);
  const [refused, told] = findingMarkdown(page.findings);
  const sections = [
    originLine(page.origin),
    refused,
    ...reportSections(page, { table: WITH_IDS, detail, leftOut: leftOutNote("campaign") }),
    told,
  ];
  const frame = { head: headMarkdown(page.head), closing: page.lastLine };
  return fitSections(frame, sections, options.limit ?? Number.POSITIVE_INFINITY);
}

/** How what went well is told, a row a campaign. */
export type ReportTable = {
  readonly titles: readonly string[];
  readonly cells: (told: Told<ApplyResult>) => readonly string[];
};

/** How a report's sections may differ between pages. */
type SectionOptions = {
  readonly table: ReportTable;
  /** What to show of one result below its facts, already safe. */
  readonly detail: (result: ApplyResult) => readonly string[];
  readonly leftOut: Section["leftOut"];
};

/** A report's results as sections: a table for what went well, a block a campaign for the rest. */
export function reportSections({ groups }: ReportPage, options: SectionOptions): readonly Section[] {
  return groups.map((group) => groupSection(group, options));
}

/** Trouble gets room first: what went well can be counted. */
const RANKS: Readonly<Record<GroupKind, number>> = {
  failed: 0,
  stale: 1,
  "applied-open": 2,
  "unchanged-pending": 3,
  "unchanged-open": 4,
  "not-attempted": 5,
  restored: 0,
  applied: 6,
  skipped: 7,
  confirmed: 8,
};

function groupSection(group: ReportSection, { table, detail, leftOut }: SectionOptions): Section {
  const notes = group.notes.length === 0 ? "" : `\n\n${group.notes.join(" ")}`;
  const heading = `### ${group.title}${notes}`;
  const shared = { rank: RANKS[group.kind], leftOut };
  if (group.kind === "applied" || group.kind === "confirmed") {
    const rows = group.items.map((told) => tableRow(table.cells(told)));
    return { ...shared, heading: `${heading}\n\n${tableHead(table.titles)}`, items: rows, separator: "\n" };
  }
  if (group.kind === "skipped") {
    const items = group.items.flatMap(({ of }) => of.map(skippedItem));
    return { ...shared, heading: `${heading}\n`, items, separator: "\n" };
  }
  return {
    ...shared,
    heading,
    items: group.items.map((told) => [item(group, told), ...told.of.flatMap(detail)].join("\n\n")),
    weights: weightsOf(group.items),
    separator: "\n\n",
  };
}

/** The heading says why it was left alone, and a plan how it differs. */
function skippedItem({ name, source }: ApplyResult): string {
  return `- ${escapeMarkdown(shownName(name))}: ${markdownCode(positionText(source))}`;
}

const WITH_IDS: ReportTable = {
  titles: ["People", "Campaign", "Reach", "Id"],
  cells: (told) => [
    movedCell(told),
    escapeMarkdown(told.title),
    reachCell(told),
    markdownCode(told.of[0].campaignId),
  ],
};

/** Whether a campaign reaches more people by now, or fewer; empty where nobody knows. */
export function movedCell({ facts }: Told<ApplyResult>): string {
  const people = facts.find(({ label }) => label === PEOPLE)?.value;
  return people === undefined ? "" : `**${people}**`;
}

/** Reach before and after. */
export function reachCell({ facts }: Told<ApplyResult>): string {
  return escapeMarkdown(facts.find(({ label }) => label === "reach")?.value ?? "");
}

function item(group: ReportSection, { title, facts }: Told<ApplyResult>): string {
  return [`#### ${group.sign} ${group.word}: ${escapeMarkdown(title)}`, factList(facts)].join("\n\n");
}

/** What is live, of a stale campaign that was read. */
export function liveParts({ live }: ApplyResult, known: AudienceKnowledge): readonly string[] {
  if (live === null) return [];
  return [`Live now: ${bindingCounts(live)}.`, comparisonList(bindingOf(live, known))].filter(
    (part) => part !== "",
  );
}
