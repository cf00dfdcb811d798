import type { AudienceSize, Bounds } from "../../domain/model.ts";
import { shownCount } from "../../people/privacy.ts";
import type { Sizing, UnknownSize } from "../../people/sizing.ts";
import { countText, quantity } from "../../text/figures.ts";

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

const WHY: Readonly<Record<UnknownSize, string>> = {
  "not-permitted":
    "the API does not permit it (403), most likely since the OAuth client lacks the scope cdp:audiences:preview, which nothing else needs",
  "not-known":
    "the preview knows no such audience (404): where it has another id there, give it as previewId in the catalogue",
  refused: "the API refused to count",
  "no-answer": "no answer came in time",
  "no-count": "the answer has no count in it",
};

/** One sentence on what could not be counted, and one on what was counted only about. Null where neither is. */
export function sizingWords({ sizes, unknown }: Sizing): string | null {
  const asked = sizes.size + unknown.size;
  const reasons = (Object.keys(WHY) as UnknownSize[]).flatMap((why) => {
    const count = [...unknown.values()].filter((of) => of === why).length;
    return count === 0 ? [] : [{ why, count }];
  });
  const inexact = [...sizes.values()].filter(({ isExact }) => isExact !== true).length;
  const sentences = [
    ...(reasons.length === 0 ? [] : [`${uncounted(unknown.size, asked)}: ${reasonWords(reasons)}.`]),
    ...(inexact === 0
      ? []
      : [
          `The API does not say of ${quantity(inexact, "count")} that ${inexact === 1 ? "it is exact, so it is" : "they are exact, so they are"} shown as "about".`,
        ]),
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

function uncounted(count: number, asked: number): string {
  const all = quantity(asked, "changed audience");
  if (count < asked) return `${countText(count)} of ${all} could not be counted`;
  return asked === 1 ? "The changed audience could not be counted" : `None of ${all} could be counted`;
}

function reasonWords(reasons: readonly { readonly why: UnknownSize; readonly count: number }[]): string {
  if (reasons.length === 1) return reasons.map(({ why }) => WHY[why]).join("");
  return reasons.map(({ why, count }) => `for ${countText(count)}, ${WHY[why]}`).join("; ");
}
