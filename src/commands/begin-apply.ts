import { type ApplyOptions, type ApplyPorts, IDLE_PATIENCE_MS } from "../apply/apply-plan.ts";
import type { ApplyResult, Plan, Report, Tool } from "../domain/model.ts";
import { type Applied, type ApplyInput, type Approval, apply, beginLedger, reportSoFar } from "./apply.ts";
import type { MadePlan } from "./plan.ts";

/** What a front end asks of an apply. */
export type ApplyOrder = {
  /** A plan of this run, or a saved one, of which no live campaign is at hand. */
  readonly planned: MadePlan | { readonly kind: "saved"; readonly plan: Plan };
  readonly approval: Approval;
  /** Updates that are not to be carried out, and what is reported of each, by campaign. */
  readonly refused?: ReadonlyMap<string, ApplyResult>;
  /** How long to wait for the reach of one campaign, in milliseconds; null for not at all. */
  readonly waitMs: number | null;
  /** Whether a skipped campaign is a condition of its own. */
  readonly failOnSkip: boolean;
};

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

/** No approval was asked for, or it was given beforehand. */
export const APPROVED: Approval = { expectDigest: null, maxPlanAge: null, confirm: null };

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
        order.approval,
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
  return planned.kind === "saved"
    ? { plan: planned.plan, live: null, accessError: null, refused, tool, startedAt }
    : { plan: planned.plan, live: planned.live, accessError: planned.accessError, refused, tool, startedAt };
}

function optionsOf({ waitMs }: ApplyOrder, { parallelism }: ApplyRun): ApplyOptions {
  return waitMs === null
    ? { parallelism, wait: "none" }
    : { parallelism, wait: "until-confirmed", timeoutMs: waitMs, idleMs: IDLE_PATIENCE_MS };
}
