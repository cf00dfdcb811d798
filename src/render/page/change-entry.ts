import type { Direction, Skip, Source, Update } from "../../domain/model.ts";
import { type AudienceChange, audienceChanges } from "../../plan/audience-changes.ts";
import { noExcludeIsLeft } from "../../plan/updates.ts";
import { type Comparison, differenceOf, replacementOf } from "./audience-rows.ts";
import { directionSentences } from "./effect-words.ts";
import { changeFacts, type Fact, shownName } from "./facts.ts";
import { reachWords } from "./reach-words.ts";

/** A campaign that differs from its file, in words. Nothing is escaped yet. */
export type ChangeEntry = {
  readonly campaignId: string;
  readonly name: string;
  readonly source: Source;
  readonly status: string;
  readonly direction: Direction;
  readonly facts: readonly Fact[];
  readonly comparison: Comparison;
};

/** A campaign that would be written: what that means for who is reached. */
export type UpdateEntry = ChangeEntry & {
  /** One sentence an effect, the widening one first. */
  readonly sentences: readonly string[];
  /** The change that a reader must not miss. */
  readonly losesLastExclude: boolean;
  /** What changes in each list, and how many audiences it has afterwards: `+1 -2, 3 afterwards`. */
  readonly lists: { readonly include: string; readonly exclude: string };
  /** Last known reach, in words. */
  readonly reach: string;
};

/** The one place where a change that would be written becomes words. */
export function updateEntry(change: Update): UpdateEntry {
  const { before, after, reach } = change;
  const audiences = audienceChanges(before, after);
  return {
    ...entryOf(change),
    comparison: replacementOf(change),
    sentences: directionSentences(audiences),
    losesLastExclude: noExcludeIsLeft(change),
    lists: {
      include: listWords(audiences, "include", after.include.length),
      exclude: listWords(audiences, "exclude", after.exclude.length),
    },
    reach: reachWords(reach),
  };
}

/** A locked campaign, which is left alone: how it differs from its file. */
export function skipEntry(change: Skip): ChangeEntry {
  return { ...entryOf(change), comparison: differenceOf(change) };
}

function entryOf(change: Update | Skip): Omit<ChangeEntry, "comparison"> {
  const { campaignId, name, source, authoringStatus, direction } = change;
  return {
    campaignId,
    name: shownName(name),
    source,
    status: authoringStatus,
    direction,
    facts: changeFacts(change),
  };
}

function listWords(
  audiences: readonly AudienceChange[],
  list: AudienceChange["list"],
  after: number,
): string {
  const signed = (sign: string, verb: AudienceChange["verb"]): string[] => {
    const count = audiences.filter((audience) => audience.list === list && audience.verb === verb).length;
    return count === 0 ? [] : [`${sign}${count}`];
  };
  const parts = [...signed("+", "added"), ...signed("-", "removed"), ...signed("!", "retyped")];
  return `${parts.length === 0 ? "as before" : parts.join(" ")}, ${after} afterwards`;
}
