import { buildWaitReport, conditionsOf } from "../apply/report.ts";
import { waitForDeclared } from "../apply/wait-declared.ts";
import type { AccessError } from "../errors.ts";
import type { ProgressEvent } from "../ports.ts";
import type { Applied } from "./apply.ts";
import { type PlanInput, type PlanPorts, plan } from "./plan.ts";

/** How long to wait for each campaign at most, in milliseconds. */
export type WaitInput = PlanInput & { readonly timeoutMs: number };

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
  const { timeoutMs, tool, environment, apiUrl } = input;
  const options = { wait: "until-confirmed", timeoutMs, idleMs: timeoutMs } as const;
  const results = await waitForDeclared(planned.plan, planned.live, options, ports, signal);
  const finishedAt = ports.clock.now();
  const report = buildWaitReport(results, { tool, startedAt, finishedAt, environment, apiUrl });
  const conditions = conditionsOf(report);
  return {
    kind: "waited",
    report,
    accessError: planned.accessError,
    conditions: planned.accessError === null ? conditions : [...conditions, "no-access"],
  };
}
