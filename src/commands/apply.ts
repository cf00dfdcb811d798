import { type ApplyOptions, type ApplyPorts, applyPlan, IDLE_PATIENCE_MS } from "../apply/apply-plan.ts";
import { createLedger, type Ledger } from "../apply/ledger.ts";
import { buildApplyReport, conditionsOf } from "../apply/report.ts";
import { reportAudiences } from "../apply/report-audiences.ts";
import { makeResult, withheldResults } from "../apply/result.ts";
import type { KnownAudiences } from "../domain/declared.ts";
import type { AccessError } from "../domain/errors.ts";
import type { Condition } from "../domain/exit-codes.ts";
import type { ApplyResult, Campaign, Plan, Report, Tool, Update } from "../domain/model.ts";
import type { CampaignReader, ProgressEvent } from "../domain/ports.ts";
import { NO_RULES, type Rules } from "../guardrails/judge-plan.ts";
import { interruptibly } from "../patience/interruption.ts";
import { remakePlan } from "../plan/build.ts";
import { updatesOf } from "../plan/updates.ts";
import { checkParallelism } from "../text/option-values.ts";
import { type Approval, reasonToWithhold } from "./approval.ts";
import { beginJournal, type JournalOrder } from "./journal.ts";
import type { MadePlan } from "./plan.ts";
import { createGate, type Gate } from "./rules/gate.ts";

/** What a front end asks of an apply. */
export type ApplyOrder = {
  /** A plan of this run, or a saved one, of which no live campaign is at hand. */
  readonly planned: MadePlan | { readonly kind: "saved"; readonly plan: Plan; readonly rules: Rules };
  /** Null where none was asked for, or it was given beforehand. */
  readonly approval: Approval | null;
  /** Updates that are not to be carried out, by campaign. */
  readonly refused?: ReadonlyMap<string, Refusal>;
  /** How long to wait for the reach of one campaign, in milliseconds; null for not at all. */
  readonly waitMs: number | null;
  /** Whether a skipped campaign is a condition of its own. */
  readonly failOnSkip: boolean;
  readonly journal: JournalOrder;
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
  carryOut(onEvent: (event: ProgressEvent) => void, signal: AbortSignal): Promise<CarriedOut>;
};

/** An apply that came to its end. */
export type CarriedOut = Applied & {
  /** Whether the API let any campaign be read, for this run or for its plan. */
  readonly anyRead: boolean;
  /** The refusal that stopped the reading for the plan half-way. */
  readonly accessError: AccessError | null;
  /** To be called when the report was told: then no later run need be told of this one. */
  end(): void;
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
  const { plan, refused, accessError } = input;
  const ledger = beginLedger(input);
  const gate = gateOf(input, ports.clock);
  const journal = beginJournal(plan, order.journal, ports.clock);
  return {
    updates: plan.summary.update - (refused?.size ?? 0),
    soFar: () => reportSoFar(input, { ledger, gate }, ports.clock.now()),
    async carryOut(onEvent, signal) {
      const approval = order.approval ?? APPROVED;
      const used = { ...ports, onEvent, journal, ledger, gate };
      const applied = await apply(input, approval, optionsOf(order, run), used, signal);
      const isHeld = order.failOnSkip && applied.report.summary.skipped > 0;
      return {
        ...applied,
        conditions: isHeld ? [...applied.conditions, "skipped"] : applied.conditions,
        accessError,
        end: () => journal.end({ isTold: applied.anyRead && !signal.aborted }),
      };
    },
  };
}

function inputOf({ planned, refused = new Map() }: ApplyOrder, { tool, startedAt }: ApplyRun): ApplyInput {
  const { plan, rules } = planned;
  const made = planned.kind === "saved" ? { live: null, accessError: null, known: null } : planned;
  const { live, accessError, known } = made;
  return { plan, rules, live, accessError, known, refused: refusedResults(plan, refused), tool, startedAt };
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

/** The plan to carry out, and how it came to be approved. */
export type ApplyInput = {
  readonly plan: Plan;
  /** The rules of the project as they stand now; left out, only those that are always there count. */
  readonly rules?: Rules;
  /** What the plan was made from; null for a saved plan, of which no live campaign is at hand. */
  readonly live: ReadonlyMap<string, Campaign> | null;
  /** The refusal that stopped the reading half-way: nothing is written then. */
  readonly accessError: AccessError | null;
  /** What the catalogue says of audiences; null or left out where none is at hand. */
  readonly known?: KnownAudiences | null;
  /** Updates that are not to be carried out, and what is reported of each, by campaign. */
  readonly refused?: ReadonlyMap<string, ApplyResult>;
  readonly tool: Tool;
  readonly startedAt: number;
};

/** A report, and what of it decides the exit code. */
export type Applied = { readonly report: Report; readonly conditions: readonly Condition[] };

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
  ports: ApplyPorts & { readonly gate?: Gate },
  signal: AbortSignal,
): Promise<Applied & { readonly anyRead: boolean }> {
  return interruptibly(signal, async (interruption, interrupt) => {
    checkParallelism(options.parallelism);
    const ledger = ports.ledger ?? beginLedger(input);
    const permitted = permittedOf(input);
    const gate = ports.gate ?? gateOf(input, ports.clock);
    const watched = watchReads(ports.reader, (input.live?.size ?? 0) > 0);
    const withheld = await reasonToWithhold(
      { ...input, isRefused: gate.refuses },
      approval,
      ports.clock,
      interruption,
    );
    if (withheld === null) {
      const watching = { ...ports, ledger, interrupt, rules: gate, reader: watched.reader };
      await applyPlan(permitted, input.live ?? new Map(), options, watching, interruption);
    } else {
      withheldResults(permitted, withheld.outcome, withheld.reason).forEach(ledger.settle);
    }
    const report = reportSoFar(input, { ledger, gate }, ports.clock.now());
    // One answered read shows that the API can be reached: what fails after it is incomplete, not unreachable.
    const conditions = conditionsOf(
      report,
      input.live === null ? askedResults(input.plan, report.results) : report.results,
    ).filter((condition) => condition !== "unreachable" || !watched.anyRead());
    const held = withheld?.condition ? [...conditions, withheld.condition] : conditions;
    return { report, conditions: held, anyRead: watched.anyRead() };
  });
}

function gateOf(input: ApplyInput, clock: ApplyPorts["clock"]): Gate {
  return createGate(permittedOf(input), input.rules ?? NO_RULES, clock);
}

/** A ledger in which nothing has begun, and what was refused has ended. */
function beginLedger({ plan, refused = new Map() }: ApplyInput): Ledger {
  const ledger = createLedger(plan);
  for (const result of refused.values()) ledger.settle(result);
  return ledger;
}

/** The plan without the updates that were refused: what carries it out never sees them. */
function permittedOf({ plan, refused }: ApplyInput): Plan {
  if (refused === undefined || refused.size === 0) return plan;
  return remakePlan(plan, {
    changes: plan.changes.filter(({ campaignId }) => !refused.has(campaignId)),
  });
}

/** The report as it stands at this moment: what was not begun, or is not known, says so. */
function reportSoFar(
  input: ApplyInput,
  { ledger, gate }: { readonly ledger: Ledger; readonly gate: Gate },
  finishedAt: number,
): Report {
  const { plan, tool, startedAt, known = null } = input;
  const { environment, apiUrl, privacy, scope } = plan;
  const results = ledger.results();
  const audiences = reportAudiences(results, { planned: plan.audiences, met: ledger.met(), known });
  const origin = {
    tool,
    startedAt,
    finishedAt,
    environment,
    apiUrl,
    privacy,
    scope,
    audiences,
    findings: gate.findings(results),
  };
  return buildApplyReport(plan, results, origin);
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
