import type { Diagnostic, Plan } from "../domain/model.ts";
import { remakePlan } from "../plan/build.ts";
import { judgePlan, type Rules, type Ruling } from "./judge-plan.ts";
import { collidingSends } from "./sends/colliding-sends.ts";
import { lockedSoon } from "./sends/locked-soon.ts";
import { plannedSends } from "./sends/planned-sends.ts";

/** The plan with what the rules, and the times of its sends, say of it at a moment, in milliseconds since the epoch. */
export function withFindings(plan: Plan, rules: Rules, now: number): Plan {
  const ruling = judgePlan(rules, { plan, now });
  const warnings = [...sendWarnings(plan, now), ...ruleWarnings(ruling)];
  if (ruling.findings.length + plan.findings.length + warnings.length === 0) return plan;
  const diagnostics = [...plan.diagnostics, ...warnings];
  return remakePlan(plan, { findings: ruling.findings, diagnostics });
}

function sendWarnings(plan: Plan, now: number): readonly Diagnostic[] {
  const sends = plannedSends(plan.changes, now);
  return [...lockedSoon(sends, now), ...collidingSends(sends, plan)];
}

/** Waivers and rules that say nothing: something may have been mistyped. */
export function ruleWarnings({ unusedWaivers, idle }: Ruling): readonly Diagnostic[] {
  return [
    ...unusedWaivers.map(({ place, rule, campaignId }) =>
      told(
        place,
        `Campaign ${campaignId} breaks the rule ${rule} in nothing that this waiver is for. Delete the waiver, or mend what it names.`,
      ),
    ),
    ...idle.flatMap(({ place }) =>
      place === null
        ? []
        : told(
            place,
            "No declared campaign has this channel and these labels, so these rules hold for nobody. Mend them, or delete them.",
          ),
    ),
  ];
}

/** A place that looks like a secret is told already. */
function told(place: Diagnostic, detail: string): Diagnostic {
  return place.detail === "" ? { ...place, detail } : place;
}
