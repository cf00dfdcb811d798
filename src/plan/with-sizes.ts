import { compare } from "../domain/compare.ts";
import type { AudienceSize, Change, Plan } from "../domain/model.ts";
import { audienceChanges } from "./audience-changes.ts";
import { remakePlan } from "./build.ts";
import { updatesOf } from "./updates.ts";

/** The audiences that an update adds, removes or gives another type: each once, sorted. */
export function audiencesToSize(changes: readonly Change[]): readonly string[] {
  const ids = updatesOf(changes).flatMap(({ before, after }) =>
    audienceChanges(before, after).map(({ audienceId }) => audienceId),
  );
  return [...new Set(ids)].sort(compare);
}

/** The same plan, with what was counted since, and the bounds that follow from it. What was not counted stays as it is. */
export function withSizes(plan: Plan, sizes: ReadonlyMap<string, AudienceSize>): Plan {
  const audiences = Object.fromEntries(
    Object.entries(plan.audiences).map(([id, facts]) => [
      id,
      { ...facts, size: sizes.get(id) ?? facts.size },
    ]),
  );
  return remakePlan(plan, { sized: true, audiences });
}
