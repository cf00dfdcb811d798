import { isUnreachable } from "../domain/campaign-error.ts";
import type { KnownAudiences } from "../domain/declared.ts";
import { areWarnings } from "../domain/diagnostics.ts";
import { type AccessError, UsageError } from "../domain/errors.ts";
import type { Condition } from "../domain/exit-codes.ts";
import type { Campaign, CampaignSpec, Plan, Tool, Warning } from "../domain/model.ts";
import type { AudienceSizer, Clock } from "../domain/ports.ts";
import { cutOff, wholeScope } from "../domain/scope.ts";
import { type BaseRules, withRuleChanges } from "../guardrails/changes/rule-changes.ts";
import { NO_RULES, type Rules } from "../guardrails/judge-plan.ts";
import { stops } from "../guardrails/stops.ts";
import { withFindings } from "../guardrails/with-findings.ts";
import { interruptibly } from "../patience/interruption.ts";
import type { Sizing } from "../people/sizing.ts";
import { buildPlan, type PlanOrigin } from "../plan/build.ts";
import { type LastChecked, oldestFirst } from "../plan/last-checked.ts";
import { audiencesToSize, withSizes } from "../plan/with-sizes.ts";
import { type LivePorts, readLive } from "./read-live.ts";
import { sizeAudiences } from "./size-audiences.ts";

/** What `plan` works on: valid declarations, and where they are to hold. */
export type PlanInput = {
  readonly specs: readonly CampaignSpec[];
  /** From the files. With an error among them there are no valid declarations, and so no plan. */
  readonly warnings: readonly Warning[];
  readonly environment: string | null;
  readonly apiUrl: string;
  readonly tool: Tool;
  /** That of the project file; left out where nothing says otherwise. */
  readonly privacy?: Plan["privacy"] | undefined;
  /** The rules of the project; left out, only those that are always there count. */
  readonly rules?: Rules;
  /** The rules there were in a base; left out, nothing is said of what changes them. */
  readonly baseRules?: BaseRules | undefined;
  /** What the catalogue says of audiences; null or left out where there is none. */
  readonly known?: KnownAudiences | null;
  /** How many declared campaigns have no id for the environment; 0 when left out. */
  readonly leftOut?: number;
  /** How long to read at most, in milliseconds; null or left out for as long as it takes. */
  readonly maxMs?: number | null | undefined;
  /** What earlier runs looked at: who was looked at longest ago comes first. In any order where null or left out. */
  readonly lastChecked?: LastChecked | null | undefined;
} & Pick<PlanOrigin, "scope" | "causes" | "unknownExcludes">;

/** Planning needs no more than to read. With a sizer, what an update changes is counted as well. */
export type PlanPorts = LivePorts & { readonly clock: Clock; readonly sizer?: AudienceSizer | undefined };

/** A plan, or credentials refused before anything was read. */
export type Planned =
  | {
      readonly kind: "planned";
      readonly plan: Plan;
      /** The campaigns that could be read, by id. */
      readonly live: ReadonlyMap<string, Campaign>;
      /** The refusal that stopped the reading half-way. */
      readonly accessError: AccessError | null;
      /** The rules that it was judged by. */
      readonly rules: Rules;
      /** What came of counting; null where that was not asked for. */
      readonly sizing: Sizing | null;
      /** What the catalogue says of audiences; null where there is none. */
      readonly known: KnownAudiences | null;
    }
  | { readonly kind: "no-access"; readonly error: AccessError };

/** A plan that was made. */
export type MadePlan = Extract<Planned, { readonly kind: "planned" }>;

/**
 * Reads the live campaigns and compares them with the declared ones. Never writes: its reader has no way to.
 *
 * @param signal ends the reading; what is unread then is an `error` in the plan.
 * @throws UsageError when the declarations are not valid: the campaigns of a bad file would be missing from the plan.
 */
export async function plan(input: PlanInput, ports: PlanPorts, signal: AbortSignal): Promise<Planned> {
  assertValid(input);
  const { specs: all, scope = wholeScope(all.length), warnings, known = null, ...rest } = input;
  const { maxMs = null, lastChecked = null, rules = NO_RULES, baseRules, ...origin } = rest;
  const { clock } = ports;
  const inOrder = lastChecked === null ? all : oldestFirst(all, lastChecked, clock.now());
  const { reads, accessError } = await interruptibly(signal, (interruption) =>
    readLive(inOrder, ports, interruption, maxMs === null ? null : { ms: maxMs, clock }),
  );
  const live = new Map<string, Campaign>();
  for (const [campaignId, read] of reads) if ("campaign" in read) live.set(campaignId, read.campaign);
  if (accessError !== null && live.size === 0) return { kind: "no-access", error: accessError };
  const specs = maxMs === null ? all : all.filter(({ campaignId }) => reads.has(campaignId));
  const made = { ...origin, scope: cutOff(scope, specs.length), createdAt: clock.now() };
  const built = buildPlan(specs, reads, made, warnings, known);
  // After a refusal, or a signal, nothing more is asked: nothing was counted, and there is no other reason to tell.
  const isAsking = accessError === null && !signal.aborted;
  const sizing = isAsking ? await sizingOf(built, known, ports, signal) : null;
  const sized = sizing === null ? built : withSizes(built, sizing.sizes);
  const judgedAt = clock.now();
  const judged = withFindings(sized, rules, judgedAt);
  const { guardrails, allowed } = rules;
  const rulesNow = { guardrails, allowed, unknownExcludes: input.unknownExcludes ?? "remove" };
  const told = baseRules === undefined ? judged : withRuleChanges(judged, rulesNow, baseRules, judgedAt);
  return { kind: "planned", plan: told, live, accessError, sizing, known, rules };
}

/** After every read, so that no count ever keeps one waiting. */
async function sizingOf(
  { changes }: Plan,
  known: KnownAudiences | null,
  { sizer, clock, onEvent }: PlanPorts,
  signal: AbortSignal,
): Promise<Sizing | null> {
  if (sizer === undefined) return null;
  const audienceIds = audiencesToSize(changes);
  const previewIds = new Map(
    audienceIds.flatMap((id) => {
      const previewId = known?.get(id)?.previewId ?? null;
      return previewId === null ? [] : [[id, previewId] as const];
    }),
  );
  const order = { audienceIds, previewIds };
  const ports = { sizer, clock, onEvent };
  return interruptibly(signal, (interruption) => sizeAudiences(order, ports, interruption));
}

/** For callers without types: what is not valid must not pass for "no changes". */
function assertValid({ specs, warnings }: PlanInput): void {
  if (Array.isArray(specs) && Array.isArray(warnings) && areWarnings(warnings)) return;
  throw new UsageError(
    "There is no plan of declarations that are not valid. Nothing was sent.",
    "Plan only what readDeclarations gave with the kind valid, and show the diagnostics else.",
  );
}

/** What of a plan decides the exit code. `changes` counts only with `--detailed-exitcode`. */
export function conditionsOfPlan({ plan: made, accessError }: MadePlan): readonly Condition[] {
  const conditions: Condition[] = made.findings.some(stops) ? ["guardrail"] : [];
  if (accessError !== null) conditions.push("no-access");
  if (made.summary.error > 0) conditions.push("incomplete");
  if (isNothingReached(made)) conditions.push("unreachable");
  if (made.summary.update > 0) conditions.push("changes");
  return conditions;
}

function isNothingReached(made: Plan): boolean {
  if (made.changes.length === 0) return (made.scope.outOfTime ?? 0) > 0;
  return made.changes.every(({ error }) => error !== null && isUnreachable(error));
}
