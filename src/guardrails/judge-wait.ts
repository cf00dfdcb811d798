import type { ApplyResult, Finding, Plan } from "../domain/model.ts";
import type { Guardrails, RuleSet } from "./guardrails.ts";
import { judgePlan, type Rules, withChanges } from "./judge-plan.ts";

/** What was waited for: the plan of it, and what became of its campaigns. `now` is milliseconds since the epoch. */
type Waited = {
  readonly plan: Pick<Plan, "changes" | "audiences" | "privacy" | "scope">;
  readonly results: readonly ApplyResult[];
  readonly now: number;
};

/**
 * What the rules about reach say of campaigns that were waited for, by what the API has counted. Nothing was to be
 * written, so it is only told; of what a write would do other rules speak, in a plan.
 */
export function judgeWait(
  { guardrails, allowed }: Rules,
  { plan, results, now }: Waited,
): readonly Finding[] {
  const drafts = new Map(
    results.filter(({ outcome }) => outcome === "unchanged").map((result) => [result.campaignId, result]),
  );
  const changes = plan.changes.filter(({ campaignId }) => drafts.has(campaignId));
  const judged = { plan: withChanges(plan, changes), results: drafts, now };
  return judgePlan({ guardrails: reachOf(guardrails), allowed }, judged).findings.filter(isOfReach);
}

function reachOf({ sets, waivers, ...rest }: Guardrails): Guardrails {
  const nothing = { requireExclude: [], forbidInclude: [], maxChanges: null, freeze: [] };
  return {
    ...rest,
    sets: sets.map(({ scope, reach }): RuleSet => ({ scope, reach, ...nothing })),
    waivers: waivers.filter(isOfReach),
  };
}

/** A waiver that is over is one of these rules: there are no others here. */
function isOfReach({ rule }: Pick<Finding, "rule">): boolean {
  return rule.startsWith("reach-") || rule === "waiver-expired";
}
