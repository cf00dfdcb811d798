import type { Finding, Update } from "../domain/model.ts";
import type { Rules } from "./judge-plan.ts";
import { isFor } from "./rule-scope.ts";
import { isFrozenAt } from "./rules/freeze.ts";

/** Whether a finding holds a run back. */
export function stops({ state, strength }: Pick<Finding, "state" | "strength">): boolean {
  return state === "broken" && strength !== "warn";
}

/** Whether a rule forbids to write a campaign at this moment, in milliseconds since the epoch. */
export function isFrozen(update: Update, { guardrails, allowed }: Rules, now: number): boolean {
  const strength = guardrails.strength.freeze;
  if (strength === "warn" || (strength === "soft" && allowed.has("freeze"))) return false;
  return guardrails.sets.some(
    ({ scope, freeze }) => isFor(scope, update) && freeze.some((each) => isFrozenAt(each, now)),
  );
}
