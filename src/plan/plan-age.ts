import { UsageError } from "../domain/errors.ts";
import type { Plan } from "../domain/model.ts";

const MAKE_A_NEW_ONE = "Make a new plan with: campaignctl plan --out FILE";

/** The error for a plan that was saved and cannot be carried out. */
export function refusedPlan(message: string): UsageError {
  return new UsageError(`${message} Nothing was sent.`, MAKE_A_NEW_ONE);
}

/** A plan from further in the future than this was not made by a clock one can trust. */
const MAX_SKEW_MS = 5 * 60_000;

/**
 * Whether a plan is older than `maxAgeMs`.
 *
 * @throws UsageError when it claims to be from the future, or from a moment that no clock of ours has.
 */
export function isTooOld(plan: Plan, maxAgeMs: number, now: number): boolean {
  const age = now - Date.parse(plan.createdAt);
  // The schema lets a leap second through, which is no date here.
  if (Number.isNaN(age)) throw refusedPlan(`When the plan was made is not understood (${plan.createdAt}).`);
  if (age < -MAX_SKEW_MS) throw refusedPlan(`The plan was made in the future (${plan.createdAt}).`);
  return age > maxAgeMs;
}
