import type { Bounds, RuleName } from "../../domain/model.ts";
import { shownCount } from "../../people/privacy.ts";
import { countText } from "../../text/figures.ts";

/** The rules about how many people are reached. */
export type ReachRule = Extract<RuleName, `reach-${string}`>;

/** What a sentence about reach is made of. Counts that others may not read are not in it. */
export type ReachFigures = {
  readonly limit: number;
  /** What reach is or can be, as others may read it. */
  readonly shown: Bounds;
  readonly before: number | null;
  /** Whether the API has counted; else it is what can be. */
  readonly isCounted: boolean;
  readonly minCount: number;
};

/** That a rule about reach is broken. */
export function brokenReach(rule: ReachRule, words: ReachFigures): string {
  const { before, minCount } = words;
  const now = before === null ? "" : `, and ${shownCount(before, minCount)} before`;
  switch (rule) {
    case "reach-min":
      return `It ${peopleWords(words, "most")}; at least ${asked(words)} must be.`;
    case "reach-max":
      return `It ${peopleWords(words, "least")}; at most ${asked(words)} may be.`;
    case "reach-increase":
      return `It ${peopleWords(words, "least")}${now}: more than ${words.limit}% more.`;
    case "reach-decrease":
      return `It ${peopleWords(words, "most")}${now}: more than ${words.limit}% fewer.`;
  }
}

/** That nobody knows yet whether a rule about reach holds. */
export function possibleReach(rule: ReachRule, words: Pick<ReachFigures, "limit">): string {
  return `Only the API's count will tell whether it reaches ${ASKED[rule](words)}.`;
}

const ASKED: Readonly<Record<ReachRule, (words: Pick<ReachFigures, "limit">) => string>> = {
  "reach-min": ({ limit }) => `at least ${peopleText(limit)}`,
  "reach-max": ({ limit }) => `at most ${peopleText(limit)}`,
  "reach-increase": ({ limit }) => `at most ${limit}% more people than before`,
  "reach-decrease": ({ limit }) => `at most ${limit}% fewer people than before`,
};

function peopleText(count: number): string {
  return `${countText(count)} ${count === 1 ? "person" : "people"}`;
}

function asked({ limit }: Pick<ReachFigures, "limit">): string {
  return countText(limit);
}

function peopleWords({ shown, isCounted, minCount }: ReachFigures, bound: "least" | "most"): string {
  const count = bound === "least" ? shown.min : shown.max;
  if (count === null) return `would reach too ${bound === "least" ? "many" : "few"} people`;
  const people = `${shownCount(count, minCount)} people`;
  return isCounted ? `reaches ${people}` : `would reach ${people} at ${bound}`;
}
