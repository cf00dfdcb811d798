import type { AudienceSentence, Comparison } from "../page/audience-sentences.ts";
import type { UpdateEntry } from "../page/change-entry.ts";
import { directionText, NO_EXCLUDE_WARNING } from "../page/effect-words.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";

/** What changes in a campaign, for a cell of a table. `shown` makes foreign text safe. */
export function changesCell(
  { changes, losesLastExclude }: UpdateEntry,
  shown: (text: string) => string,
): string {
  return [...(losesLastExclude ? ["**no exclude is left**"] : []), ...changes.map(shown)].join("; ");
}

/** What a change does, a line an audience; a lost last exclude is loud. */
export function updateList({ comparison, losesLastExclude }: UpdateEntry): string {
  const loud = losesLastExclude ? [`**${NO_EXCLUDE_WARNING}**`] : [];
  return [...loud, comparisonList(comparison)].join("\n\n");
}

/** What differs, a line an audience, and what a write leaves. */
export function comparisonList({ sentences, afterwards }: Comparison): string {
  const list = sentences.map(sentenceItem).join("\n");
  return afterwards === null ? list : `${list}\n\n${afterwardsLine(afterwards)}`;
}

/** How many audiences a campaign has when it was written. */
export function afterwardsLine(afterwards: string): string {
  return `Afterwards: ${afterwards}.`;
}

function sentenceItem(sentence: AudienceSentence): string {
  const { name, about, audienceId } = sentence;
  const id = markdownCode(audienceId);
  const which = name === null ? `${id} (${about})` : `**${escapeMarkdown(name)}** (${about}) ${id}`;
  return `${sentenceStart(sentence)}${which}`;
}

/** What a line of a list begins with, before it names the audience. */
export function sentenceStart({ direction, verb }: Pick<AudienceSentence, "direction" | "verb">): string {
  return direction === "none" ? `- ${verb} ` : `- ${directionText(direction)}: ${verb} `;
}
