import type { Direction, Reach, Skip, Source, Update } from "../../domain/model.ts";
import { usableCount } from "../../domain/reach-rules.ts";
import { shownBounds } from "../../people/privacy.ts";
import { canReachMore, noExcludeIsLeft } from "../../plan/updates.ts";
import { countText, quantity, timeText } from "../../text/figures.ts";
import type { AudienceKnowledge } from "./audience-knowledge.ts";
import { type AudienceSentence, type Comparison, differenceOf, replacementOf } from "./audience-sentences.ts";
import { becauseWords } from "./because-words.ts";
import { changeFacts, type Fact, shownName } from "./facts.ts";
import { expectedReachWords, leftReachWords } from "./reach-words.ts";

/** A campaign that differs from its file, in words. Nothing is escaped yet. */
export type ChangeEntry = {
  readonly campaignId: string;
  readonly name: string;
  readonly source: Source;
  readonly status: string;
  readonly direction: Direction;
  /** What changed it, where its own file did not; a part for each file. */
  readonly because: readonly string[];
  readonly facts: readonly Fact[];
  readonly comparison: Comparison;
};

/** A campaign that would be written: what that means for who is reached. */
export type UpdateEntry = ChangeEntry & {
  /** The change that a reader must not miss. */
  readonly losesLastExclude: boolean;
  /** Whether it can reach people who are not reached now. */
  readonly reachesMore: boolean;
  /** What changes, in a few words each: `no longer excludes Unsubscribed and 2 more`. */
  readonly changes: readonly string[];
  /** Last known reach and what it can become, in words. */
  readonly reach: string;
};

/** The one place where a change that would be written becomes words. */
export function updateEntry(change: Update, known: AudienceKnowledge): UpdateEntry {
  const { audiences, minCount } = known;
  const comparison = replacementOf(change, known);
  const reach = expectedReachWords(change, shownBounds(change, audiences, minCount), known);
  return {
    ...entryOf(change, `${reach}${whenCounted(change.reach)}`, known),
    comparison,
    losesLastExclude: noExcludeIsLeft(change),
    reachesMore: canReachMore(change),
    changes: changeWords(comparison.sentences),
    reach,
  };
}

/** The day itself, for whoever has the room to read it. */
function whenCounted(reach: Reach): string {
  return usableCount(reach) === null || reach.evaluatedAt === null ? "" : ` (${timeText(reach.evaluatedAt)})`;
}

/** A locked campaign, which is left alone: how it differs from its file. */
export function skipEntry(change: Skip, known: AudienceKnowledge): ChangeEntry {
  return {
    ...entryOf(change, leftReachWords(change, known.minCount), known),
    comparison: differenceOf(change, known),
  };
}

function entryOf(
  change: Update | Skip,
  reach: string,
  known: AudienceKnowledge,
): Omit<ChangeEntry, "comparison"> {
  const { campaignId, name, source, authoringStatus, direction } = change;
  return {
    campaignId,
    name: shownName(name),
    source,
    status: authoringStatus,
    direction,
    because: becauseWords(change),
    facts: [...changeFacts(change, reach), ...keptFacts(change, known)],
  };
}

/** Live excludes that no file names and that stay bound: no difference, and not to be forgotten. */
function keptFacts({ kept }: Pick<Update, "kept">, { audiences }: AudienceKnowledge): readonly Fact[] {
  if (kept.length === 0) return [];
  const names = kept.map((id) => audiences[id]?.name ?? id);
  return [{ label: "kept", value: `excluded live, in no file: ${names.join(", ")}` }];
}

/** Names that a few words have room for. */
const NAMED = 2;

/** One part for each thing that becomes of audiences, with the first names; where none is known, with their number. */
function changeWords(sentences: readonly AudienceSentence[]): readonly string[] {
  const verbs = [...new Set(sentences.map(({ verb }) => verb))];
  return verbs.map((verb) => {
    const same = sentences.filter((sentence) => sentence.verb === verb);
    const names = same.flatMap(({ name }) => name ?? []).slice(0, NAMED);
    if (names.length === 0) return `${verb} ${quantity(same.length, "audience")}`;
    const more = same.length - names.length;
    return `${verb} ${names.join(", ")}${more === 0 ? "" : ` and ${countText(more)} more`}`;
  });
}
