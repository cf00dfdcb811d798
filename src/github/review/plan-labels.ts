import type { Plan } from "../../domain/model.ts";
import { canReachMore, updatesOf } from "../../plan/updates.ts";
import type { PlanLabel } from "../run/model.ts";

/** Every label that a plan may give its pull request. All others are somebody else's. */
const PLAN_LABELS = [
  "audience-widens",
  "audience-narrows",
  "audience-skipped",
  "audience-rules",
] as const satisfies readonly PlanLabel[];

/**
 * The labels that hold of a plan. A rule that is surely broken counts, let pass or not; so do rules that are weaker, and
 * those of which nobody knows whether they are.
 */
export function labelsOf({ changes, findings, ruleChanges }: Plan): readonly PlanLabel[] {
  const updates = updatesOf(changes);
  const holds: Readonly<Record<PlanLabel, boolean>> = {
    "audience-widens": updates.some(canReachMore),
    "audience-narrows": updates.some(({ direction }) => direction === "narrows" || direction === "mixed"),
    "audience-skipped": changes.some(({ action }) => action === "skip"),
    "audience-rules": findings.some(({ state }) => state !== "possible") || mayBeWeaker(ruleChanges),
  };
  return PLAN_LABELS.filter((label) => holds[label]);
}

/** Whether a plan's files weaken the rules, as far as anybody knows. */
export function mayBeWeaker(ruleChanges: Plan["ruleChanges"]): boolean {
  if (ruleChanges === undefined) return false;
  const { unknown, changes, refusedBefore } = ruleChanges;
  return unknown !== null || refusedBefore.length > 0 || changes.some(({ effect }) => effect === "weaker");
}

/** What is to be done so that a pull request has the labels that hold. */
export type LabelChange = { readonly add: readonly PlanLabel[]; readonly remove: readonly PlanLabel[] };

/**
 * From the labels that a pull request has to those that hold. GitHub takes `Audience-Widens` for the same label.
 *
 * @param isWhole whether all that the plan is of could be read: else what is not seen to hold may hold all the same.
 */
export function labelChange(
  there: readonly string[],
  holding: readonly PlanLabel[],
  isWhole: boolean,
): LabelChange {
  const has = new Set(there.map((label) => label.toLowerCase()));
  return {
    add: holding.filter((label) => !has.has(label)),
    remove: isWhole ? PLAN_LABELS.filter((label) => has.has(label) && !holding.includes(label)) : [],
  };
}

/** How a header holds labels: a letter each. */
export function packLabels(labels: readonly PlanLabel[]): string {
  return labels.map(letterOf).join("");
}

/** What {@link packLabels} wrote; letters that are none of these are left out. */
export function unpackLabels(text: string): readonly PlanLabel[] {
  return PLAN_LABELS.filter((label) => text.includes(letterOf(label)));
}

function letterOf(label: PlanLabel): string {
  return label.charAt("audience-".length);
}
