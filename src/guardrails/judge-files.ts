import { DRAFT } from "../domain/campaign.ts";
import type { CampaignSpec, Finding, NoOp } from "../domain/model.ts";
import { wholeScope } from "../domain/scope.ts";
import { DEFAULT_MIN_COUNT } from "../people/privacy.ts";
import type { UnknownExcludes } from "../plan/keep-excludes.ts";
import type { RuleSet } from "./guardrails.ts";
import { judgePlan, type Rules, type Ruling } from "./judge-plan.ts";

/** What is judged offline. `now` is milliseconds since the epoch, for waivers. */
type JudgedFiles = {
  readonly specs: readonly CampaignSpec[];
  readonly unknownExcludes: UnknownExcludes;
  readonly now: number;
};

/**
 * Judges what files declare, without asking the API. What depends on a live channel, or on excludes that may be bound
 * live, is only possible; what speaks of changes, of reach or of the time of a run is not said at all. Nor is that a waiver
 * lets nothing pass: it may be for what is bound live to a locked campaign.
 */
export function judgeFiles(
  { guardrails, allowed }: Rules,
  { specs, unknownExcludes, now }: JudgedFiles,
): Ruling {
  const sets = guardrails.sets.map(offlineSet);
  const certain = sets.filter(({ scope }) => scope === null || scope.channel === null);
  const judged = { plan: planOf(specs), now };
  const known = judgePlan({ guardrails: { ...guardrails, sets: certain }, allowed }, judged).findings;
  const all = judgePlan({ guardrails: { ...guardrails, sets }, allowed }, judged);
  const isKnown = new Set(known.map(keyOf));
  const findings = all.findings.map((finding): Finding => {
    const mayBeKept = unknownExcludes === "keep" && finding.rule === "require-exclude";
    if (isKnown.has(keyOf(finding)) && !mayBeKept) return finding;
    return { ...finding, state: "possible", message: `${finding.message} ${ONLY_A_PLAN}` };
  });
  return { ...all, findings, unusedWaivers: [] };
}

const ONLY_A_PLAN = "Only a plan, which reads what is live, can tell whether it must be, or is already.";

function keyOf({ rule, campaignId, audienceIds }: Finding): string {
  return [rule, campaignId, ...audienceIds].join(" ");
}

function offlineSet({ scope, requireExclude, forbidInclude }: RuleSet): RuleSet {
  const reach = { min: null, max: null, maxIncrease: null, maxDecrease: null };
  return { scope, requireExclude, forbidInclude, reach, maxChanges: null, freeze: [] };
}

/** Every declared campaign as a draft that is as its file says. */
function planOf(specs: readonly CampaignSpec[]) {
  const changes = specs.map(
    ({ campaignId, name, source, owner, labels, audience }): NoOp => ({
      ...{ campaignId, name, source, owner, labels, before: audience, after: audience },
      ...{ channel: null, schedule: null, kept: [], bounds: { min: null, max: null } },
      ...{ authoringStatus: DRAFT, action: "no-op", reason: null, direction: "none", operations: [] },
      ...{ reach: NO_REACH, reachedBefore: null, error: null },
    }),
  );
  const scope = wholeScope(specs.length);
  return { changes, audiences: {}, privacy: { minCount: DEFAULT_MIN_COUNT }, scope };
}

const NO_REACH = { status: "idle", evaluatedCount: null, evaluatedAt: null, isStale: null };
