import { type ApplyOptions, type ApplyPorts, IDLE_PATIENCE_MS } from "../apply/apply-plan.ts";
import { makeResult } from "../apply/result.ts";
import type { ApplyResult, Plan, Report, Tool, Update } from "../domain/model.ts";
import { updatesOf } from "../plan/updates.ts";
import { type Applied, type ApplyInput, type Approval, apply, beginLedger, reportSoFar } from "./apply.ts";
import type { MadePlan } from "./plan.ts";

/** What a front end asks of an apply. */
export type ApplyOrder = {
  /** A plan of this run, or a saved one, of which no live campaign is at hand. */
  readonly planned: MadePlan | { readonly kind: "saved"; readonly plan: Plan };
  /** Null where none was asked for, or it was given beforehand. */
  readonly approval: Approval | null;
  /** Updates that are not to be carried out, by campaign. */
  readonly refused?: ReadonlyMap<string, Refusal>;
  /** How long to wait for the reach of one campaign, in milliseconds; null for not at all. */
  readonly waitMs: number | null;
  /** Whether a skipped campaign is a condition of its own. */
  readonly failOnSkip: boolean;
};

/** Why an update is not carried out, and what that means for the run. */
export type Refusal = { readonly outcome: "stale" | "not-attempted"; readonly reason: string };

/** An apply that is ready to begin. */
export type Applying = {
  /** How many updates are to be carried out. */
  readonly updates: number;
  /** The report as it stands at this moment. */
  soFar(): Report;
  /** Carries the plan out. As {@link apply} throws, so does this; what is known then, `soFar` tells. */
  carryOut(
    told: Pick<ApplyPorts, "onEvent" | "journal">,
    signal: AbortSignal,
  ): Promise<Applied & { readonly anyRead: boolean }>;
};

/** Who applies, since when, and how many campaigns at once. */
type ApplyRun = { readonly tool: Tool; readonly startedAt: number; readonly parallelism: number };

const APPROVED: Approval = { expectDigest: null, maxPlanAge: null, confirm: null };

/** Makes an apply ready: from here on there is a report, whatever happens. */
export function beginApply(
  order: ApplyOrder,
  run: ApplyRun,
  ports: Pick<ApplyPorts, "reader" | "writer" | "clock">,
): Applying {
  const input = inputOf(order, run);
  const ledger = beginLedger(input);
  return {
    updates: input.plan.summary.update - (input.refused?.size ?? 0),
    soFar: () => reportSoFar(input, ledger, ports.clock.now()),
    async carryOut(told, signal) {
      const applied = await apply(
        input,
        order.approval ?? APPROVED,
        optionsOf(order, run),
        { ...ports, ...told, ledger },
        signal,
      );
      const isHeld = order.failOnSkip && applied.report.summary.skipped > 0;
      return isHeld ? { ...applied, conditions: [...applied.conditions, "skipped"] } : applied;
    },
  };
}

function inputOf({ planned, refused = new Map() }: ApplyOrder, { tool, startedAt }: ApplyRun): ApplyInput {
  const { plan } = planned;
  const { live, accessError } = planned.kind === "saved" ? { live: null, accessError: null } : planned;
  return { plan, live, accessError, refused: refusedResults(plan, refused), tool, startedAt };
}

function refusedResults(
  { changes }: Plan,
  refused: ReadonlyMap<string, Refusal>,
): ReadonlyMap<string, ApplyResult> {
  const results = updatesOf(changes).flatMap((update) => {
    const refusal = refused.get(update.campaignId);
    return refusal === undefined ? [] : [refusedResult(update, refusal)];
  });
  return new Map(results.map((result) => [result.campaignId, result]));
}

function refusedResult(update: Update, { outcome, reason }: Refusal): ApplyResult {
  const result = makeResult(update, { outcome, reason });
  return outcome === "stale" ? { ...result, live: update.before } : result;
}

function optionsOf({ waitMs }: ApplyOrder, { parallelism }: ApplyRun): ApplyOptions {
  return waitMs === null
    ? { parallelism, wait: "none" }
    : { parallelism, wait: "until-confirmed", timeoutMs: waitMs, idleMs: IDLE_PATIENCE_MS };
}
