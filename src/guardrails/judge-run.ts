import { isDraft } from "../domain/campaign.ts";
import type { Plan } from "../domain/model.ts";
import { updatesOf } from "../plan/updates.ts";
import type { RuleScope, RuleSet } from "./guardrails.ts";
import { isFor, scopeWords } from "./rule-scope.ts";
import type { Broken } from "./rules/broken.ts";
import { freeze } from "./rules/freeze.ts";
import { type Counted, maxChanges } from "./rules/max-changes.ts";

/** What rules of a set say of a run as a whole. Where nothing would be written they hold. */
export function judgeRun(
  set: RuleSet,
  plan: Pick<Plan, "changes" | "scope">,
  now: number,
): readonly Broken[] {
  if (set.maxChanges === null && set.freeze.length === 0) return [];
  const counted = countOf(set.scope, plan);
  if (counted.changes === 0) return [];
  const whose = scopeWords(set.scope);
  return [
    ...(set.maxChanges === null ? [] : maxChanges(counted, set.maxChanges, whose)),
    ...freeze(set.freeze, now, whose),
  ];
}

/** Of the campaigns that were not looked at nothing is known, so each of them counts. */
function countOf(
  scope: RuleScope | null,
  { changes, scope: { declared } }: Pick<Plan, "changes" | "scope">,
): Counted {
  const meant = changes.filter((change) => isFor(scope, change));
  const writable = meant.filter((change) => change.action === "error" || isDraft(change)).length;
  return {
    changes: updatesOf(meant).length,
    campaigns: writable + Math.max(0, declared - changes.length),
  };
}
