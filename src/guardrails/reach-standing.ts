import { isDraft } from "../domain/campaign.ts";
import type { ApplyResult, Bounds, Update } from "../domain/model.ts";
import { usableCount } from "../domain/reach-rules.ts";
import { shownBounds } from "../people/privacy.ts";
import type { PlanFacts, ReadChange } from "./rules/broken.ts";
import type { ExpectedReach } from "./rules/expected-reach.ts";

/** What rules about reach judge of one campaign. */
export type ReachStanding = {
  readonly expected: ExpectedReach;
  /** What of it others may read. */
  readonly shown: Bounds;
  readonly isCounted: boolean;
  /** Whether this run changes the campaign; of any other nothing is held back. */
  readonly isChanged: boolean;
};

/**
 * What is known of a campaign's reach: before the write what can be, after it what the API counted. Null for one whose
 * reach is not ours to judge: locked, or not written after all.
 */
export function reachStanding(
  change: ReadChange,
  result: ApplyResult | undefined,
  facts: PlanFacts,
): ReachStanding | null {
  if (!isDraft(change)) return null;
  if (change.action !== "update") return inSync(change.reachedBefore, result);
  switch (result?.outcome) {
    case undefined:
    case "not-attempted":
      return planned(change, facts);
    case "applied":
    case "restored":
      return counted(countOf(result), beforeOf(change, result), true);
    case "unchanged":
      return counted(countOf(result), null, false);
    case "failed":
      return result.error?.mayHaveLanded === true ? counted(null, change.reachedBefore, true) : null;
    default:
      return null;
  }
}

function planned(update: Update, { audiences, privacy }: PlanFacts): ReachStanding {
  const expected = { ...update.bounds, before: update.reachedBefore };
  const shown = shownBounds(update, audiences, privacy.minCount);
  return { expected, shown, isCounted: false, isChanged: true };
}

function inSync(before: number | null, result: ApplyResult | undefined): ReachStanding {
  return counted((result === undefined ? null : countOf(result)) ?? before, null, false);
}

function counted(count: number | null, before: number | null, isChanged: boolean): ReachStanding {
  const exact = { min: count, max: count };
  return { expected: { ...exact, before }, shown: exact, isCounted: true, isChanged };
}

/** The count that broke a rule, also where the old audiences are back; else the one that this run has proof of. */
function countOf({ breach, reach }: ApplyResult): number | null {
  if (breach !== null) return breach.count;
  return reach?.confirmed === true ? usableCount(reach) : null;
}

function beforeOf({ reachedBefore }: Update, { reach }: ApplyResult): number | null {
  return reach?.reachedBefore ?? reachedBefore;
}
