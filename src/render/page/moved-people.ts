import type { ApplyResult } from "../../domain/model.ts";
import { quantity } from "../../text/figures.ts";
import { DIRECTION_SIGNS } from "./effect-words.ts";
import { shownName } from "./facts.ts";
import type { AlertLine } from "./page-section.ts";
import { movedDirection } from "./reach-words.ts";

/** How a campaign's confirmed reach moved; null where a count is not known. */
function movedBy({ reach }: ApplyResult): { readonly by: number; readonly from: number } | null {
  if (reach?.confirmed !== true || reach.evaluatedCount === null || reach.reachedBefore === null) return null;
  return { by: reach.evaluatedCount - reach.reachedBefore, from: reach.reachedBefore };
}

/** Those that moved most people first, then those of which nobody knows; else as they were. */
export function biggestFirst(results: readonly ApplyResult[]): readonly ApplyResult[] {
  const sizeOf = (result: ApplyResult): number => Math.abs(movedBy(result)?.by ?? -1);
  const isKnown = (result: ApplyResult): number => (movedBy(result) === null ? 1 : 0);
  return results.toSorted((a, b) => isKnown(a) - isKnown(b) || sizeOf(b) - sizeOf(a));
}

/** Beyond this share of the people before, a change is called out. */
const FAR = 0.5;

/**
 * Changed campaigns that reach over half as many people more, or fewer, than before; one line each way, the biggest change
 * first. Of a count below `minCount` it tells no more than that it is small: then it must hold whatever the count is.
 */
export function farMoved(results: readonly ApplyResult[], minCount: number): readonly AlertLine[] {
  const mostOf = (count: number) => (count < minCount ? minCount - 1 : count);
  const far = biggestFirst(results).filter((result) => {
    const moved = movedBy(result);
    if (moved === null || result.outcome !== "applied") return false;
    const from = mostOf(moved.from);
    return Math.abs(mostOf(moved.from + moved.by) - from) > FAR * from;
  });
  return (["widens", "narrows"] as const).flatMap((direction) => {
    const names = far
      .filter(
        ({ reach }) =>
          movedDirection(reach?.reachedBefore ?? null, reach?.evaluatedCount ?? null) === direction,
      )
      .map(({ name }) => shownName(name));
    const title = `${DIRECTION_SIGNS[direction]} Over 50% ${direction === "widens" ? "more" : "fewer"} people in ${quantity(names.length, "campaign")}`;
    return names.length === 0 ? [] : [{ title, names, means: "" }];
  });
}
