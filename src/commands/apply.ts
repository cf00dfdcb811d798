import { type ApplyOptions, type ApplyPorts, applyPlan } from "../apply/apply-plan.ts";
import { createLedger, type Ledger } from "../apply/ledger.ts";
import { buildApplyReport, conditionsOf } from "../apply/report.ts";
import { withheldResults } from "../apply/result.ts";
import type { AccessError } from "../domain/errors.ts";
import type { Condition } from "../domain/exit-codes.ts";
import type { ApplyResult, Campaign, Plan, Report, Tool } from "../domain/model.ts";
import type { CampaignReader } from "../domain/ports.ts";
import { interruptibly } from "../patience/interruption.ts";
import { completePlan } from "../plan/build.ts";
import { isTooOld } from "../plan/saved-plan.ts";
import { checkParallelism } from "../text/option-values.ts";

/** The plan to carry out, and how it came to be approved. */
export type ApplyInput = {
  readonly plan: Plan;
  /** What the plan was made from; null for a saved plan, of which no live campaign is at hand. */
  readonly live: ReadonlyMap<string, Campaign> | null;
  /** The refusal that stopped the reading half-way: nothing is written then. */
  readonly accessError: AccessError | null;
  /** Updates that are not to be carried out, and what is reported of each, by campaign. */
  readonly refused?: ReadonlyMap<string, ApplyResult>;
  readonly tool: Tool;
  readonly startedAt: number;
};

/** What must hold before anything is written; null where nothing was asked for. */
export type Approval = {
  readonly expectDigest: string | null;
  /** Milliseconds. */
  readonly maxPlanAge: number | null;
  /** Asks a person; null when approval was given beforehand. */
  readonly confirm: ((plan: Plan) => Promise<boolean>) | null;
};

/** A report, and what of it decides the exit code. */
export type Applied = { readonly report: Report; readonly conditions: readonly Condition[] };

type Withheld = {
  readonly outcome: "stale" | "not-attempted";
  readonly reason: string;
  readonly condition: Condition | null;
};

/**
 * Carries out an approved plan and reports on every declared campaign. `anyRead` tells whether the API let any campaign
 * be read, for this run or for its plan.
 *
 * @param signal ends the run, whatever its reason: no new campaign begins, what was written is read back and reported.
 * @throws UsageError when a saved plan claims to be from the future, or for a parallelism that is none. What a bug, or the caller's own `onEvent`, threw: no
 *   new campaign begins then, what was written is read back, and `ports.ledger` tells what became of each.
 */
export function apply(
  input: ApplyInput,
  approval: Approval,
  options: ApplyOptions,
  ports: ApplyPorts,
  signal: AbortSignal,
): Promise<Applied & { readonly anyRead: boolean }> {
  return interruptibly(signal, async (interruption, interrupt) => {
    checkParallelism(options.parallelism);
    const ledger = ports.ledger ?? beginLedger(input);
    const permitted = permittedOf(input);
    const watched = watchReads(ports.reader, (input.live?.size ?? 0) > 0);
    const withheld = await reasonToWithhold(input, approval, ports, interruption);
    if (withheld === null) {
      const watching = { ...ports, ledger, interrupt, reader: watched.reader };
      await applyPlan(permitted, input.live ?? new Map(), options, watching, interruption);
    } else {
      withheldResults(permitted, withheld.outcome, withheld.reason).forEach(ledger.settle);
    }
    const report = reportSoFar(input, ledger, ports.clock.now());
    // One answered read shows that the API can be reached: what fails after it is incomplete, not unreachable.
    const conditions = conditionsOf(
      report,
      input.live === null ? askedResults(input.plan, report.results) : report.results,
    ).filter((condition) => condition !== "unreachable" || !watched.anyRead());
    const held = withheld?.condition ? [...conditions, withheld.condition] : conditions;
    return { report, conditions: held, anyRead: watched.anyRead() };
  });
}

/** A ledger in which nothing has begun, and what was refused has ended. */
export function beginLedger({ plan, refused = new Map() }: Pick<ApplyInput, "plan" | "refused">): Ledger {
  const ledger = createLedger(plan);
  for (const result of refused.values()) ledger.settle(result);
  return ledger;
}

/** The plan without the updates that were refused: what carries it out never sees them. */
function permittedOf({ plan, refused }: ApplyInput): Plan {
  if (refused === undefined || refused.size === 0) return plan;
  return completePlan({
    ...plan,
    changes: plan.changes.filter(({ campaignId }) => !refused.has(campaignId)),
  });
}

/** The report as it stands at this moment: what was not begun, or is not known, says so. */
export function reportSoFar(
  { plan, tool, startedAt }: Pick<ApplyInput, "plan" | "tool" | "startedAt">,
  ledger: Ledger,
  finishedAt: number,
): Report {
  const { environment, apiUrl } = plan;
  return buildApplyReport(plan, ledger.results(), { tool, startedAt, finishedAt, environment, apiUrl });
}

/** A reader that remembers whether any campaign could be read. */
function watchReads(reader: CampaignReader, already: boolean) {
  let anyRead = already;
  const watched: CampaignReader = {
    async readCampaign(...asked) {
      const campaign = await reader.readCampaign(...asked);
      anyRead = true;
      return campaign;
    },
  };
  return { reader: watched, anyRead: () => anyRead };
}

/** Of a saved plan only the updates are asked about again. */
function askedResults(plan: Plan, results: readonly ApplyResult[]): readonly ApplyResult[] {
  return results.filter((_, index) => plan.changes[index]?.action === "update");
}

async function reasonToWithhold(
  { plan, accessError }: ApplyInput,
  approval: Approval,
  ports: ApplyPorts,
  signal: AbortSignal,
): Promise<Withheld | null> {
  const { expectDigest, maxPlanAge, confirm } = approval;
  if (accessError !== null) {
    return { outcome: "not-attempted", reason: "no-access", condition: "no-access" };
  }
  if (maxPlanAge !== null && isTooOld(plan, maxPlanAge, ports.clock.now())) {
    return { outcome: "not-attempted", reason: "plan-too-old", condition: "plan-too-old" };
  }
  if (expectDigest !== null && expectDigest !== plan.digest) {
    return { outcome: "stale", reason: "digest-differs", condition: "stale" };
  }
  if (signal.aborted) return { outcome: "not-attempted", reason: "interrupted", condition: null };
  if (confirm === null || plan.summary.update === 0) return null;
  const confirmed = await confirm(plan);
  if (signal.aborted) return { outcome: "not-attempted", reason: "interrupted", condition: null };
  return confirmed ? null : { outcome: "not-attempted", reason: "declined", condition: null };
}
