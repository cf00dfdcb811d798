import { sameBinding } from "../domain/binding.ts";
import type { ApplyResult, Change, Report } from "../domain/model.ts";
import { updatesOf } from "../plan/updates.ts";

/** Why an update is not written: an earlier apply wrote the same, and put it back, since reach broke a rule. */
export const RESTORED_BEFORE = "restored-before";

/**
 * The updates that the apply of a report put back, from and to the same audiences: to write them again would only come to
 * that again. What such an apply left alone for that reason stays left alone.
 */
export function restoredBefore({ results }: Report, changes: readonly Change[]): readonly string[] {
  const restored = new Map(results.filter(isPutBack).map((result) => [result.campaignId, result]));
  return updatesOf(changes).flatMap(({ campaignId, before, after }) => {
    const earlier = restored.get(campaignId);
    const isSame =
      earlier !== undefined &&
      earlier.before !== null &&
      sameBinding(earlier.before, before) &&
      sameBinding(earlier.after, after);
    return isSame ? [campaignId] : [];
  });
}

function isPutBack({ outcome, reason }: ApplyResult): boolean {
  return outcome === "restored" || (outcome === "not-attempted" && reason === RESTORED_BEFORE);
}
