import type { Diagnostic } from "../domain/model.ts";
import { quoteWhole } from "../text/quote.ts";

/** A path or pattern that says which files are campaigns, as it was written. */
export type CampaignPattern = {
  readonly text: string;
  /** Where it stands in the project file: what to tell when it matches nothing, but for the detail. Null elsewhere. */
  readonly place: Diagnostic | null;
};

/** A pattern of the command line, or of this program itself. */
export function patternOf(text: string): CampaignPattern {
  return { text, place: null };
}

/** Whether a pattern leaves files out: it begins with `!`, and not with `!(`, which is a pattern of its own. */
export function isExclusion(text: string): boolean {
  return /^!(?!\()/.test(text);
}

/**
 * Whether a path or glob pattern could lead out of the folder it is resolved against: it is absolute, begins with a
 * drive letter or `~`, or has `..` as a step, also inside of braces.
 */
export function leavesFolder(pattern: string): boolean {
  const named = isExclusion(pattern) ? pattern.slice(1) : pattern;
  if (/^([/\\~]|[A-Za-z]:)/.test(named)) return true;
  return named.split(/[/\\{},()|]/).includes("..");
}

/** Why a pattern of the project file is refused, and what to do. */
export function explainLeavingPattern(pattern: string): string {
  return (
    `${quoteWhole(pattern)} is absolute or leads upwards. Campaign files must lie below the folder of the project file, ` +
    `so that it cannot read others. Write a path relative to it, without "..".`
  );
}
