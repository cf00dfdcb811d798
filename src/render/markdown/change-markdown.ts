import { type Comparison, rowLines } from "../page/audience-rows.ts";
import type { UpdateEntry } from "../page/change-entry.ts";
import { NO_EXCLUDE_WARNING } from "../page/effect-words.ts";
import { escapeMarkdown, fenced } from "./markdown-escape.ts";

/** The cells of a changed campaign for its include and its exclude list. */
export function listCells({ lists, losesLastExclude }: UpdateEntry): readonly string[] {
  return [lists.include, losesLastExclude ? `${lists.exclude}, **none is left**` : lists.exclude];
}

/** What a change means for who is reached, a line a sentence; a lost last exclude is loud. */
export function meaningBlock({ sentences, losesLastExclude }: UpdateEntry): string {
  const loud = losesLastExclude ? [`**${NO_EXCLUDE_WARNING}**`] : [];
  return [...sentences.map(escapeMarkdown), ...loud].join("\\\n");
}

/** What differs, as a diff that GitHub colours: only where the sign stands in the first column. */
export function comparisonDiff({ rows, afterwards }: Comparison): string {
  const lines = rowLines(rows).map(({ sign, text }) => `${sign} ${text}`);
  return fenced("diff", [
    ...lines,
    ...(afterwards === null ? [] : [`  full replacement: ${afterwards} afterwards`]),
  ]);
}
