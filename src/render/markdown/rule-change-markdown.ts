import { quantity } from "../../text/figures.ts";
import {
  type RuleChangeEntry,
  type RuleChangesEntry,
  refusedWords,
  unknownRules,
} from "../page/rules/rule-change-entry.ts";
import { findingItem } from "./finding-markdown.ts";
import type { Section } from "./fit.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";
import { leftOutNote } from "./markdown-parts.ts";

/** Room for the weaker rules that come first of all, in the unit of `measure`. */
export type RoomOnTop = { readonly room: number; readonly measure: (text: string) => number };

/** The weaker rules that there is room for on top, as safe Markdown, and whether these are all. */
export function rulesOnTop(
  weaker: readonly RuleChangeEntry[],
  { room, measure }: RoomOnTop,
): { readonly lines: readonly string[]; readonly isWhole: boolean } {
  const lines: string[] = [];
  let left = room;
  for (const line of weaker.map(ruleChangeText)) {
    left -= measure(line);
    if (left < 0) break;
    lines.push(line);
  }
  const missing = weaker.length - lines.length;
  return missing === 0
    ? { lines, isWhole: true }
    : { lines: [...lines, `${quantity(missing, "more change")}, told below`], isWhole: false };
}

/** What files weaken of the rules, as blocks that come first of all; none where there is nothing of it. */
export function weakerRules(changes: RuleChangesEntry | null, on: RoomOnTop): readonly string[] {
  if (changes === null) return [];
  if (changes.unknown !== null) return [`**${escapeMarkdown(unknownRules(changes))}**`];
  const { base, weaker, refused } = changes;
  if (weaker.length + refused.length === 0) return [];
  return [
    `## The rules are weaker than in ${escapeMarkdown(base)}`,
    rulesOnTop(weaker, on)
      .lines.map((line) => `- ${line}`)
      .join("\n"),
    ...(refused.length === 0 ? [`${escapeMarkdown(refusedWords(changes))}.`] : []),
  ];
}

function ruleChangeText({ rule, who, message }: RuleChangeEntry): string {
  const whose = who === null ? "" : `**${escapeMarkdown(who)}**: `;
  return `${markdownCode(rule)}: ${whose}${escapeMarkdown(message)}`;
}

/** Of changes of the rules: all that are weaker, unless the top has them; what was refused before; what is stricter. */
export function ruleChangeSections(
  changes: RuleChangesEntry | null,
  on: RoomOnTop,
  leftOut: (noun: string) => Section["leftOut"] = leftOutNote,
): Readonly<Record<"weaker" | "refused" | "stricter", Section>> {
  const { base = "", weaker = [], refused = [], stricter = [] } = changes ?? {};
  const section = (heading: string, items: readonly string[], rank: number, noun: string): Section => ({
    ...{ heading: `### ${escapeMarkdown(heading)}\n`, items, separator: "\n", rank },
    leftOut: leftOut(noun),
  });
  const itemsOf = (entries: readonly RuleChangeEntry[]) => entries.map((each) => `- ${ruleChangeText(each)}`);
  const below = rulesOnTop(weaker, on).isWhole ? [] : itemsOf(weaker);
  return {
    weaker: section(`Rules that are weaker than in ${base}`, below, 0, "rule"),
    refused: section(changes === null ? "" : refusedWords(changes), refused.map(findingItem), 0, "finding"),
    stricter: section(`Rules that are stricter than in ${base}`, itemsOf(stricter), 5, "rule"),
  };
}
