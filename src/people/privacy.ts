import type { AudienceFacts, Bounds, Update } from "../domain/model.ts";
import { countText } from "../text/figures.ts";
import { boundsOf } from "./bounds.ts";
import { exactIn } from "./change-bounds.ts";

/** Below how many people a count is not shown where others read, unless the project file says otherwise. */
export const DEFAULT_MIN_COUNT = 20;

/** For who may see every count: whoever asked the API for it. */
export const SHOW_ALL = 0;

/** A count of people as others may read it: one below `minCount` could point at a person. */
export function shownCount(count: number, minCount: number): string {
  return count < minCount ? `fewer than ${minCount}` : countText(count);
}

/**
 * The bounds of a change as others may read them. Every count below `minCount` that goes into them is taken for `minCount`
 * people, which keeps them true, and a least below it is left out: so they say no more of it than that it is small.
 */
export function shownBounds(
  { before, after, reachedBefore: count }: Update,
  audiences: Readonly<Record<string, AudienceFacts>>,
  minCount: number,
): Bounds {
  const exact = exactIn(audiences);
  const bounds = (shown: number | null): Bounds =>
    boundsOf({ before, after, count: shown }, (ref) => atLeast(exact(ref), minCount));
  const { min } = bounds(count);
  const { max } = bounds(atLeast(count, minCount));
  return { min: min === null || min < minCount ? null : min, max };
}

function atLeast(count: number | null, minCount: number): number | null {
  return count === null ? null : Math.max(count, minCount);
}
