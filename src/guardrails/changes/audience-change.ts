import { compare } from "../../domain/compare.ts";
import type { RuleChange } from "../../domain/model.ts";
import { quoteWhole } from "../../text/quote.ts";
import { audiencesWords, demandWords, insteadWords, scopeOf } from "./demand-words.ts";
import type { AudienceDemand } from "./demands.ts";
import { isSameScope } from "./implied.ts";
import { type Demanded, insteadOf, scopeKey } from "./lost-demands.ts";

/** Why an audience is no longer asked for: the rule, what a name or a group of the catalogue stands for, or for whom it is. */
type Cause =
  | { readonly kind: "rule" }
  | { readonly kind: "when"; readonly scopes: readonly string[] }
  | { readonly kind: "catalogue"; readonly how: "name" | "group"; readonly of: string };

/** What became of one demand. */
export function causeOf(demand: AudienceDemand, sides: Demanded): Cause {
  const { name, group } = demand.audience;
  const here = sameRule(demand, sides);
  if (name !== null && here.some(({ audience }) => audience.name === name)) {
    return { kind: "catalogue", how: "name", of: name };
  }
  if (group !== null && here.some(({ audience }) => audience.group === group)) {
    return { kind: "catalogue", how: "group", of: group };
  }
  const instead = insteadOf(demand, sides);
  return instead.length === 0 ? { kind: "rule" } : { kind: "when", scopes: instead.map(scopeKey) };
}

/** The same rule for the same campaigns, as it is instead. */
function sameRule({ rule, scope }: AudienceDemand, { to }: Demanded): readonly AudienceDemand[] {
  return to.filter(
    (other): other is AudienceDemand =>
      other.what === "audience" && other.rule === rule && isSameScope(other.scope, scope),
  );
}

/** @param group audiences of one rule, for the same campaigns, of which the same became. */
export function audienceChange(
  group: readonly [AudienceDemand, ...AudienceDemand[]],
  sides: Demanded,
  effect: RuleChange["effect"],
): RuleChange {
  const [{ rule }] = group;
  const cause = causeOf(group[0], sides);
  return {
    kind: cause.kind,
    effect,
    rule,
    campaignId: null,
    audienceIds: group.map(({ audience }) => audience.audienceId).sort(compare),
    message: effect === "stricter" ? `Asked now: ${demandWords(...group)}.` : lostWords(group, cause, sides),
  };
}

function lostWords(
  group: readonly [AudienceDemand, ...AudienceDemand[]],
  cause: Cause,
  sides: Demanded,
): string {
  const [first, ...more] = group;
  switch (cause.kind) {
    case "rule":
      return `No longer asked: ${demandWords(...group)}.`;
    case "when":
      return insteadWords(first, insteadOf(first, sides), more);
    case "catalogue": {
      const now = sameRule(first, sides).filter(({ audience }) => audience.name === cause.of);
      const ids = now.map(({ audience }) => audience.audienceId).join(", ");
      const had = `${first.rule === "require-exclude" ? "had to be excluded" : "could not be included"}${scopeOf(first)}`;
      return cause.how === "group"
        ? `The group ${quoteWhole(cause.of)} no longer brings in ${audiencesWords(...group)}, which ${had}.`
        : `The name ${quoteWhole(cause.of)} stands for ${ids} now, no longer for ${first.audience.audienceId}, which ${had}.`;
    }
  }
}
