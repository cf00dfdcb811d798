import { confirmDeclared } from "../apply/confirm-declared.ts";
import { buildWaitReport, conditionsOf } from "../apply/report.ts";
import type { AccessError } from "../domain/errors.ts";
import type { Report } from "../domain/model.ts";
import type { ProgressEvent } from "../domain/ports.ts";
import { judgeWait } from "../guardrails/judge-wait.ts";
import { interruptibly } from "../patience/interruption.ts";
import type { Applied } from "./apply.ts";
import { type PlanInput, type PlanPorts, plan } from "./plan.ts";

/** What to wait for, and how long for each campaign at most. */
export type WaitInput = PlanInput & {
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** The report of the apply that wrote, as evidence of when it did; null where there is none. */
  readonly after: Report | null;
};

export type WaitPorts = PlanPorts & { readonly onEvent: (event: ProgressEvent) => void };

/** A report, or credentials refused before anything was read. */
export type Waited =
  | ({ readonly kind: "waited"; readonly accessError: AccessError | null } & Applied)
  | { readonly kind: "no-access"; readonly error: AccessError };

/** Waits for reach of the declared draft campaigns. Never writes: it has the ports of a plan. */
export async function wait(input: WaitInput, ports: WaitPorts, signal: AbortSignal): Promise<Waited> {
  const startedAt = ports.clock.now();
  const planned = await plan(input, ports, signal);
  if (planned.kind === "no-access") return planned;
  const { timeoutMs, after, tool, environment, apiUrl } = input;
  const options = { wait: "until-confirmed", timeoutMs, idleMs: timeoutMs } as const;
  const known = { live: planned.live, after };
  const results = await interruptibly(signal, (interruption) =>
    confirmDeclared(planned.plan, known, options, ports, interruption),
  );
  const finishedAt = ports.clock.now();
  const { privacy, scope, audiences } = planned.plan;
  const findings = judgeWait(planned.rules, { plan: planned.plan, results, now: finishedAt });
  const origin = { tool, startedAt, finishedAt, environment, apiUrl, privacy, scope, audiences, findings };
  const report = buildWaitReport(results, origin);
  const conditions = conditionsOf(report);
  return {
    kind: "waited",
    report,
    accessError: planned.accessError,
    conditions: planned.accessError === null ? conditions : [...conditions, "no-access"],
  };
}
