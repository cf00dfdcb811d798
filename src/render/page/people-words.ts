import type { AudienceSize, Bounds } from "../../domain/model.ts";
import { shownCount } from "../../people/privacy.ts";
import { countText } from "../../text/figures.ts";

/** How many people are in an audience, for readers who may see counts from `minCount` on. Null where nobody says. */
export function sizeWords(size: AudienceSize | null, minCount: number): string | null {
  if (size === null) return null;
  const { count, isExact } = size;
  const about = isExact === true || count < minCount ? "" : "about ";
  return `${about}${shownCount(count, minCount)} ${count === 1 && minCount < 2 ? "person" : "people"}`;
}

/**
 * What reach can be after a change: `at most 50,638`, `between 300 and 500`. What goes without saying is left out: nobody,
 * and the old count. Null where nothing is left.
 */
export function boundsWords({ min, max }: Bounds, count: number | null): string | null {
  const least = min === 0 || min === count ? null : min;
  const most = max === count ? null : max;
  if (least !== null && least === most) return countText(least);
  if (least !== null && most !== null) return `between ${countText(least)} and ${countText(most)}`;
  if (most !== null) return `at most ${countText(most)}`;
  return least === null ? null : `at least ${countText(least)}`;
}
