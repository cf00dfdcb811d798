import type { AudienceBinding, AudienceRef, AudienceType } from "../domain/model.ts";
import { diffBindings, type Effect, type EntryOperation, effectOf } from "./diff.ts";

type ListName = "include" | "exclude";

/** One audience that a change adds, removes, or gives another type. `was` is its old type, null unless retyped. */
export type AudienceChange = {
  readonly list: ListName;
  readonly verb: "added" | "removed" | "retyped";
  readonly audienceId: string;
  readonly type: AudienceType;
  readonly was: AudienceType | null;
  readonly effect: Effect;
};

/** In which order people read effects: what reaches more people first. */
export const EFFECTS: readonly Effect[] = ["widens", "mixed", "narrows"];

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

function changeOf(operation: EntryOperation, before: AudienceBinding): AudienceChange {
  const list: ListName = operation.path.startsWith("/include/") ? "include" : "exclude";
  const audienceId = operation.path.slice(list.length + 2);
  const effect = effectOf(operation);
  switch (operation.op) {
    case "add":
      return { list, verb: "added", audienceId, type: operation.value, was: null, effect };
    case "remove":
      return { list, verb: "removed", audienceId, type: typeOf(audienceId, before[list]), was: null, effect };
    case "replace": {
      const was = typeOf(audienceId, before[list]);
      return { list, verb: "retyped", audienceId, type: operation.value, was, effect };
    }
  }
}

function typeOf(audienceId: string, list: readonly AudienceRef[]): AudienceType {
  const found = list.find((ref) => ref.audienceId === audienceId);
  if (found === undefined) throw new Error(`A change names audience ${audienceId}, which was not there.`);
  return found.type;
}
