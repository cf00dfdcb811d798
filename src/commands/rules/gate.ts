import type { WriteRules } from "../../apply/write-rules.ts";
import type { ApplyResult, Finding, Plan } from "../../domain/model.ts";
import type { Clock } from "../../domain/ports.ts";
import { type Judged, judgePlan, type Rules } from "../../guardrails/judge-plan.ts";
import { isFrozen, stops } from "../../guardrails/stops.ts";

/** Holds a run to the rules of its project, by the time that it is when something is about to be written. */
export type Gate = WriteRules & {
  /** Judges the plan at this moment: whether any rule forbids to carry it out. */
  refuses(): boolean;
  /** What the rules say by now, with what became of each campaign. As of the last time that they were asked. */
  findings(results: readonly ApplyResult[]): readonly Finding[];
};

/** @param plan what is to be carried out, without what was refused beforehand. */
export function createGate(plan: Plan, rules: Rules, clock: Pick<Clock, "now">): Gate {
  let askedAt: number | null = null;
  const ask = (): number => {
    askedAt = clock.now();
    return askedAt;
  };
  const changes = new Map(plan.changes.map((change) => [change.campaignId, change]));
  const findingsOf = (judged: Pick<Judged, "plan" | "results">) =>
    judgePlan(rules, { ...judged, now: askedAt ?? ask() }).findings;
  return {
    refuses() {
      ask();
      return findingsOf({ plan }).some(stops);
    },
    findings: (results) => findingsOf({ plan, results: byCampaign(results) }),
    mayWrite(update) {
      const now = clock.now();
      if (!isFrozen(update, rules, now)) return true;
      askedAt = now;
      return false;
    },
    mustRestore(result) {
      const change = changes.get(result.campaignId);
      if (rules.guardrails.onBreach !== "restore" || change === undefined) return false;
      const judged = { plan: { ...partOf(plan), changes: [change] }, results: byCampaign([result]) };
      return findingsOf(judged).some((finding) => finding.rule.startsWith("reach-") && stops(finding));
    },
  };
}

function byCampaign(results: readonly ApplyResult[]): ReadonlyMap<string, ApplyResult> {
  return new Map(results.map((result) => [result.campaignId, result]));
}

function partOf({ audiences, privacy, scope }: Plan): Omit<Judged["plan"], "changes"> {
  return { audiences, privacy, scope };
}
