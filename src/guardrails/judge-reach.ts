import type { ApplyResult } from "../domain/model.ts";
import type { ReachLimits } from "./guardrails.ts";
import { reachStanding } from "./reach-standing.ts";
import { type Broken, ofCampaign, type PlanFacts, type ReadChange } from "./rules/broken.ts";
import type { ExpectedReach, ReachVerdict } from "./rules/expected-reach.ts";
import { reachDecrease } from "./rules/reach-decrease.ts";
import { reachIncrease } from "./rules/reach-increase.ts";
import { reachMax } from "./rules/reach-max.ts";
import { brokenReach, possibleReach, type ReachRule } from "./rules/reach-messages.ts";
import { reachMin } from "./rules/reach-min.ts";

type Judge = (expected: ExpectedReach, limit: number) => ReachVerdict;

/** `isOfChange`: it compares with before, so it says nothing of a campaign that this run does not change. */
const RULES: readonly {
  readonly rule: ReachRule;
  readonly limit: keyof ReachLimits;
  readonly judge: Judge;
  readonly isOfChange: boolean;
}[] = [
  { rule: "reach-min", limit: "min", judge: reachMin, isOfChange: false },
  { rule: "reach-max", limit: "max", judge: reachMax, isOfChange: false },
  { rule: "reach-increase", limit: "maxIncrease", judge: reachIncrease, isOfChange: true },
  { rule: "reach-decrease", limit: "maxDecrease", judge: reachDecrease, isOfChange: true },
];

/** What the rules about reach say of one campaign, by what is known of it at this moment. */
export function judgeReach(
  change: ReadChange,
  limits: ReachLimits,
  result: ApplyResult | undefined,
  facts: PlanFacts,
): readonly Broken[] {
  const standing = RULES.some(({ limit }) => limits[limit] !== null)
    ? reachStanding(change, result, facts)
    : null;
  if (standing === null) return [];
  const { expected, shown, isCounted, isChanged } = standing;
  return RULES.flatMap(({ rule, limit, judge, isOfChange }) => {
    const asked = limits[limit];
    if (asked === null || (isOfChange && !isChanged)) return [];
    const state = judge(expected, asked);
    if (state === "held") return [];
    const words = {
      limit: asked,
      shown,
      before: expected.before,
      isCounted,
      minCount: facts.privacy.minCount,
    };
    const message =
      state === "broken" ? `${brokenReach(rule, words)}${afterwards(result)}` : possibleReach(rule, words);
    return [ofCampaign(rule, change, message, { state, isOnlyTold: !isChanged })];
  });
}

/** What became of a campaign whose reach broke a rule after the write. */
function afterwards(result: ApplyResult | undefined): string {
  if (result === undefined || result.breach === null) return "";
  const { notRestored } = result.breach;
  return notRestored === null
    ? " The old audiences are back."
    : ` The old audiences could not be put back: ${notRestored}`;
}
