import { groupBy } from "../../domain/group-by.ts";
import type { RuleChange } from "../../domain/model.ts";
import { audienceChange, causeOf } from "./audience-change.ts";
import { capital, demandWords, insteadWords, limitValue, scopeOf, timeWords } from "./demand-words.ts";
import type { Demand, FreezeDemand, LimitDemand } from "./demands.ts";
import { isSameScope } from "./implied.ts";
import { type Demanded, insteadOf, lostDemands, scopeKey } from "./lost-demands.ts";

type Effect = RuleChange["effect"];

/** What rules ask for less now, or more: a change each, of audiences one for all that it is the same of. */
export function compareDemands(
  before: readonly Demand[],
  now: readonly Demand[],
  effect: Effect,
): readonly RuleChange[] {
  const sides = effect === "weaker" ? { from: before, to: now } : { from: now, to: before };
  const lost = lostDemands(sides);
  const audiences = groupBy(
    lost.filter((each) => each.what === "audience"),
    (each) => JSON.stringify([each.rule, scopeKey(each), causeOf(each, sides)]),
  );
  return [
    ...[...audiences.values()].map((group) => audienceChange(group, sides, effect)),
    ...lost.filter((each) => each.what === "limit").map((each) => limitChange(each, sides, effect)),
    ...lost.filter((each) => each.what === "freeze").map((each) => freezeChange(each, sides, effect)),
  ];
}

function limitChange(demand: LimitDemand, sides: Demanded, effect: Effect): RuleChange {
  const there = sides.to.find(
    (other): other is LimitDemand => other.rule === demand.rule && isSameScope(other.scope, demand.scope),
  );
  if (there === undefined) return elsewhereOrGone(demand, sides, effect);
  const [before, now] = effect === "weaker" ? [demand, there] : [there, demand];
  return ofRule(demand, effect, "rule", `${capital(demandWords(now))}; it was ${limitValue(before)}.`);
}

function freezeChange(demand: FreezeDemand, sides: Demanded, effect: Effect): RuleChange {
  const there = sides.to.filter(
    (other): other is FreezeDemand =>
      other.what === "freeze" &&
      isSameScope(other.scope, demand.scope) &&
      other.from < demand.to &&
      demand.from < other.to,
  );
  if (there.length === 0) return elsewhereOrGone(demand, sides, effect);
  const [own, others] = [timeWords(demand), there.map(timeWords).join(" and ")];
  const [before, now] = effect === "weaker" ? [own, others] : [others, own];
  const message = `Nothing is written${scopeOf(demand)} ${now}; it was ${before}.`;
  return ofRule(demand, effect, "rule", message);
}

function elsewhereOrGone(demand: LimitDemand | FreezeDemand, sides: Demanded, effect: Effect): RuleChange {
  const words = demandWords(demand);
  if (effect === "stricter") return ofRule(demand, effect, "rule", `Asked now: ${words}.`);
  const instead = insteadOf(demand, sides);
  return instead.length === 0
    ? ofRule(demand, effect, "rule", `No longer asked: ${words}.`)
    : ofRule(demand, effect, "when", insteadWords(demand, instead));
}

function ofRule({ rule }: Demand, effect: Effect, kind: RuleChange["kind"], message: string): RuleChange {
  return { kind, effect, rule, campaignId: null, audienceIds: [], message };
}
