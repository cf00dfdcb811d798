import { positionText } from "../page/facts.ts";
import type { FindingEntry, FindingSections } from "../page/finding-entry.ts";
import type { Section } from "./fit.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";
import { leftOutNote } from "./markdown-parts.ts";

/** What the rules of the project say, as sections: what holds the run back first. `shown` makes foreign text safe. */
export function findingMarkdown(
  { stops, told }: FindingSections,
  shown: (text: string) => string = escapeMarkdown,
): readonly [Section, Section] {
  return [section("Refused by rules", stops, 0, shown), section("Rules", told, 4, shown)];
}

function section(
  title: string,
  entries: readonly FindingEntry[],
  rank: number,
  shown: (text: string) => string,
): Section {
  const items = entries.map((entry) => findingItem(entry, shown));
  return { heading: `### ${title}\n`, items, separator: "\n", rank, leftOut: leftOutNote("finding") };
}

function findingItem(
  { rule, strength, state, who, source, message, remedy }: FindingEntry,
  shown: (text: string) => string,
): string {
  const word = state === "broken" ? strength : state;
  const place = source === null ? "" : ` (${markdownCode(positionText(source))})`;
  const after = remedy === "" ? "" : ` ${shown(remedy)}`;
  return `- ${markdownCode(rule)} (${word}): **${shown(who)}**${place}: ${shown(message)}${after}`;
}
