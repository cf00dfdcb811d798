import type { Direction } from "../../domain/model.ts";
import { type AudienceChange, EFFECTS } from "../../plan/audience-changes.ts";
import { quantity } from "../../text/figures.ts";

/** What a change of this direction means in two or three words. */
export const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  widens: "more people",
  mixed: "more or fewer people",
  narrows: "fewer people",
  none: "no difference",
};

/** What the changes mean in words, one sentence an effect, the widening one first. */
export function directionSentences(changes: readonly AudienceChange[]): readonly string[] {
  return EFFECTS.flatMap((effect) => {
    const parts = changes.filter((change) => change.effect === effect);
    return parts.length === 0 ? [] : [`Can reach ${DIRECTION_WORDS[effect]}: ${countedParts(parts)}.`];
  });
}

const VERB_WORDS = { added: "added", removed: "removed", retyped: "with another type" } as const;

function countedParts(changes: readonly AudienceChange[]): string {
  const parts = (["include", "exclude"] as const).flatMap((list) =>
    (["added", "removed", "retyped"] as const).flatMap((verb) => {
      const count = changes.filter((change) => change.list === list && change.verb === verb).length;
      return count === 0 ? [] : [`${quantity(count, list)} ${VERB_WORDS[verb]}`];
    }),
  );
  return parts.join(", ");
}

/** Said of a change that takes away the last exclude. */
export const NO_EXCLUDE_WARNING =
  "NO EXCLUDE IS LEFT: everybody in an included audience receives the campaign.";
