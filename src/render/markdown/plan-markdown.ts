import type { Plan, Unreadable } from "../../domain/model.ts";
import type { ChangeEntry, UpdateEntry } from "../page/change-entry.ts";
import { directionText } from "../page/effect-words.ts";
import { positionText } from "../page/facts.ts";
import { planPage } from "../page/plan-page.ts";
import { type Told, weightsOf } from "../page/same-reason.ts";
import { changesCell, comparisonList, updateList } from "./change-markdown.ts";
import { findingMarkdown } from "./finding-markdown.ts";
import { fitSections, type Section } from "./fit.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";
import {
  diagnosticItem,
  factList,
  headMarkdown,
  leftOutNote,
  originLine,
  tableHead,
  tableRow,
} from "./markdown-parts.ts";
import { ruleChangeSections, weakerRules } from "./rule-change-markdown.ts";

/**
 * A plan as GitHub Markdown: the head, a table of changed campaigns, their details as lists, skipped and unreadable
 * ones, warnings, the digest, and the stable line last. `limit` counts UTF-16 units; beyond it whole campaigns are left
 * out, and their number is told. From 2,000 on the limit always holds. Ends with a newline.
 */
export function renderPlanMarkdown(plan: Plan, options: { readonly limit?: number } = {}): string {
  const page = planPage(plan, plan.privacy.minCount);
  const { head, origin, updates, skips, unread, findings, ruleChanges, warnings, digest, lastLine } = page;
  const [refused, told] = findingMarkdown(findings);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const onTop = { room: limit / 4, measure: (text: string) => text.length };
  const rules = ruleChangeSections(ruleChanges, onTop);
  const sections: readonly Section[] = [
    originLine(origin),
    rules.weaker,
    rules.refused,
    refused,
    tableSection(updates.items),
    section(updates.title, updates.items.map(updateItem), 3),
    section(skips.title, skips.items.map(skipItem), 2),
    { ...section(unread.title, unread.items.map(unreadItem), 1), weights: weightsOf(unread.items) },
    told,
    rules.stricter,
    { ...section(warnings.title, warnings.items.map(diagnosticItem), 4), leftOut: leftOutNote("warning") },
  ];
  const frame = {
    head: [...weakerRules(ruleChanges, onTop), headMarkdown(head)].join("\n\n"),
    closing: `Digest: ${markdownCode(digest)}\n\n${lastLine}`,
  };
  return fitSections(frame, sections, limit);
}

function section(title: string, items: readonly string[], rank: number): Section {
  return { heading: `### ${title}`, items, separator: "\n\n", rank, leftOut: leftOutNote("campaign") };
}

function tableSection(updates: readonly UpdateEntry[]): Section {
  return {
    heading: tableHead(["People", "Campaign", "What changes", "Reach", "File"]),
    items: updates.map(updateRow),
    separator: "\n",
    rank: 0,
    leftOut: leftOutNote("row"),
  };
}

function updateRow(entry: UpdateEntry): string {
  return tableRow([
    directionText(entry.direction),
    escapeMarkdown(entry.name),
    changesCell(entry, escapeMarkdown),
    escapeMarkdown(entry.reach),
    markdownCode(positionText(entry.source)),
  ]);
}

function updateItem(entry: UpdateEntry): string {
  const heading = `#### ${directionText(entry.direction)}: ${escapeMarkdown(entry.name)}`;
  return [heading, updateList(entry), factList(entry.facts)].join("\n\n");
}

function skipItem({ name, facts, comparison }: ChangeEntry): string {
  return [
    `#### ! skip: ${escapeMarkdown(name)}`,
    factList(facts),
    "What differs:",
    comparisonList(comparison),
  ].join("\n\n");
}

function unreadItem({ title, facts }: Told<Unreadable>): string {
  return [`#### ? error: ${escapeMarkdown(title)}`, factList(facts)].join("\n\n");
}
