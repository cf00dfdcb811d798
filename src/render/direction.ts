import type { AudienceBinding, AudienceRef, AudienceType, Operation } from "../domain/model.ts";
import { diffBindings } from "../plan/diff.ts";
import { quantity } from "../text/figures.ts";

type ListName = "include" | "exclude";

/** What one audience's change does to the number of people: more, fewer, or either. */
type Effect = "more" | "either" | "fewer";

/** One audience that a change adds, removes, or gives another type. `was` is its old type, null unless retyped. */
export type AudienceChange = {
  readonly list: ListName;
  readonly verb: "added" | "removed" | "retyped";
  readonly audienceId: string;
  readonly type: AudienceType;
  readonly was: AudienceType | null;
  readonly effect: Effect;
};

const EFFECTS: readonly Effect[] = ["more", "either", "fewer"];

/**
 * What a full replacement of `before` by `after` means, an audience at a time: first what reaches more people, then what
 * may go either way, then what reaches fewer. Read from the bindings, so that what is shown is what would be written.
 */
export function audienceChanges(before: AudienceBinding, after: AudienceBinding): readonly AudienceChange[] {
  const changes = diffBindings(before, after).operations.flatMap((operation) =>
    operation.op === "test" ? [] : [changeOf(operation, before)],
  );
  return EFFECTS.flatMap((effect) => changes.filter((change) => change.effect === effect));
}

function changeOf(operation: Exclude<Operation, { op: "test" }>, before: AudienceBinding): AudienceChange {
  const list: ListName = operation.path.startsWith("/include/") ? "include" : "exclude";
  const audienceId = operation.path.slice(list.length + 2);
  const moreWhenAdded = list === "include";
  switch (operation.op) {
    case "add": {
      const effect = moreWhenAdded ? "more" : "fewer";
      return { list, verb: "added", audienceId, type: operation.value, was: null, effect };
    }
    case "remove": {
      const effect = moreWhenAdded ? "fewer" : "more";
      return { list, verb: "removed", audienceId, type: typeOf(audienceId, before[list]), was: null, effect };
    }
    case "replace": {
      const was = typeOf(audienceId, before[list]);
      return { list, verb: "retyped", audienceId, type: operation.value, was, effect: "either" };
    }
  }
}

function typeOf(audienceId: string, list: readonly AudienceRef[]): AudienceType {
  const found = list.find((ref) => ref.audienceId === audienceId);
  if (found === undefined) throw new Error(`A change names audience ${audienceId}, which was not there.`);
  return found.type;
}

const SENTENCE_STARTS: Readonly<Record<Effect, string>> = {
  more: "Can reach more people",
  either: "Can reach more or fewer people",
  fewer: "Can reach fewer people",
};

/** What the changes mean in words, one sentence an effect, the widening one first. */
export function directionSentences(changes: readonly AudienceChange[]): readonly string[] {
  return EFFECTS.flatMap((effect) => {
    const parts = changes.filter((change) => change.effect === effect);
    return parts.length === 0 ? [] : [`${SENTENCE_STARTS[effect]}: ${countedParts(parts)}.`];
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

/** What a change means in two or three words, for a table. */
export function directionWords(changes: readonly AudienceChange[]): string {
  const effects = new Set(changes.map((change) => change.effect));
  if (effects.has("either") || effects.size > 1) return "more or fewer people";
  if (effects.has("more")) return "more people";
  return effects.has("fewer") ? "fewer people" : "no difference";
}

/** Whether a change takes away the last exclude: the one a reviewer must not miss. */
export function noExcludeIsLeft(before: AudienceBinding, after: AudienceBinding): boolean {
  return before.exclude.length > 0 && after.exclude.length === 0;
}

/** Said of a change that takes away the last exclude. */
export const NO_EXCLUDE_WARNING =
  "NO EXCLUDE IS LEFT: everybody in an included audience receives the campaign.";
