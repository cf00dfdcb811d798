import { compare } from "../domain/compare.ts";
import type { Change, Update } from "../domain/model.ts";
import { EFFECTS } from "./audience-changes.ts";

/** The changes that an apply would write, in the plan's order. */
export function updatesOf(changes: readonly Change[]): readonly Update[] {
  return changes.flatMap((change) => (change.action === "update" ? [change] : []));
}

/** Whether a change can reach people who are not reached now. */
export function canReachMore({ direction }: Pick<Update, "direction">): boolean {
  return direction === "widens" || direction === "mixed";
}

/** Whether a change takes away the last exclude: the one a reviewer must not miss. */
export function noExcludeIsLeft({ before, after }: Pick<Update, "before" | "after">): boolean {
  return before.exclude.length > 0 && after.exclude.length === 0;
}

/** In which order people read updates: who loses the last exclude first, then by what they do, and else as they are. */
export function dangerousFirst(updates: readonly Update[]): readonly Update[] {
  const ranked = EFFECTS.flatMap((effect) => updates.filter(({ direction }) => direction === effect));
  return [...ranked.filter(noExcludeIsLeft), ...ranked.filter((update) => !noExcludeIsLeft(update))];
}

/** What of the updates is reviewed, and enters the digest: the campaign and its audiences, sorted by campaign. */
export function reviewableUpdates(
  changes: readonly Change[],
): readonly Pick<Update, "campaignId" | "before" | "after">[] {
  return updatesOf(changes)
    .map(({ campaignId, before, after }) => ({ campaignId, before, after }))
    .sort((a, b) => compare(a.campaignId, b.campaignId));
}
