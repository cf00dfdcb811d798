import type { AccessError } from "../domain/errors.ts";
import type { Condition } from "../domain/exit-codes.ts";
import type { Plan } from "../domain/model.ts";
import type { Clock } from "../domain/ports.ts";
import { isTooOld } from "../plan/plan-age.ts";

/** What must hold before anything is written; null where nothing was asked for. */
export type Approval = {
  readonly expectDigest: string | null;
  /** Milliseconds. */
  readonly maxPlanAge: number | null;
  /** Asks a person; null when approval was given beforehand. */
  readonly confirm: ((plan: Plan) => Promise<boolean>) | null;
};

/** Why nothing of a plan is written, and what that means for the run. */
export type Withheld = {
  readonly outcome: "stale" | "not-attempted";
  readonly reason: string;
  readonly condition: Condition | null;
};

const REFUSED: Withheld = { outcome: "not-attempted", reason: "guardrail", condition: "guardrail" };

/** A plan, and whatever says at once that it is not carried out. */
type Planned = {
  readonly plan: Plan;
  /** The refusal of the API that stopped the reading for it half-way, if there was one. */
  readonly accessError: AccessError | null;
  /** Whether a rule of the project forbids it at this moment. */
  readonly isRefused: () => boolean;
};

/**
 * Asks for approval where that is wanted; null when it was given.
 */
export async function reasonToWithhold(
  { plan, accessError, isRefused }: Planned,
  { expectDigest, maxPlanAge, confirm }: Approval,
  clock: Clock,
  signal: AbortSignal,
): Promise<Withheld | null> {
  if (accessError !== null) {
    return { outcome: "not-attempted", reason: "no-access", condition: "no-access" };
  }
  if (isRefused()) return REFUSED;
  if (maxPlanAge !== null && isTooOld(plan, maxPlanAge, clock.now())) {
    return { outcome: "not-attempted", reason: "plan-too-old", condition: "plan-too-old" };
  }
  if (expectDigest !== null && expectDigest !== plan.digest) {
    return { outcome: "stale", reason: "digest-differs", condition: "stale" };
  }
  if (signal.aborted) return { outcome: "not-attempted", reason: "interrupted", condition: null };
  if (confirm === null || plan.summary.update === 0) return null;
  const confirmed = await confirm(plan);
  if (signal.aborted) return { outcome: "not-attempted", reason: "interrupted", condition: null };
  if (!confirmed) return { outcome: "not-attempted", reason: "declined", condition: null };
  // While a person thought about it, a freeze may have begun.
  return isRefused() ? REFUSED : null;
}
