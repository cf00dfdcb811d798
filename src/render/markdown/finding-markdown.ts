import { positionText } from "../page/facts.ts";
import type { FindingEntry, FindingSections } from "../page/rules/finding-entry.ts";
import type { Section } from "./fit.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";
import { leftOutNote } from "./markdown-parts.ts";

/** What the rules of the project say, as sections: first what holds the run back, then what is let pass or only told. */
export function findingMarkdown(
  { stopsTitle, stops, told }: FindingSections,
  leftOut: Section["leftOut"] = leftOutNote("finding"),
): readonly [Section, Section] {
  return [section(stopsTitle, stops, 0, leftOut), section("Rules", told, 4, leftOut)];
}

function section(
  title: string,
  entries: readonly FindingEntry[],
  rank: number,
  leftOut: Section["leftOut"],
): Section {
  return { heading: `### ${title}\n`, items: entries.map(findingItem), separator: "\n", rank, leftOut };
}

/** One finding as a list item. */
export function findingItem({ rule, strength, state, who, source, message, remedy }: FindingEntry): string {
  const word = state === "broken" ? strength : state;
  const place = source === null ? "" : ` (${markdownCode(positionText(source))})`;
  const after = remedy === "" ? "" : ` ${escapeMarkdown(remedy)}`;
  return `- ${markdownCode(rule)} (${word}): **${escapeMarkdown(who)}**${place}: ${escapeMarkdown(message)}${after}`;
}
