import type { Plan, Report } from "../domain/model.ts";
import type { Runner } from "./runner.ts";

/** What every run sets, whether it went well or not; see {@link NO_OUTPUTS}. */
const OUTPUT_NAMES = [
  "planned",
  "changes",
  "to-update",
  "in-sync",
  "skipped",
  "failed",
  "widens",
  "findings",
  "digest",
  "plan-path",
  "report-path",
  "comment-url",
  "failure-reason",
] as const;

/** The outputs of `action.yml`. Counts are digits, paths absolute, `planned` and `changes` are `true` or `false`. */
export type Outputs = Readonly<Record<(typeof OUTPUT_NAMES)[number], string>>;

/** The outputs of a run without a plan: each of them is there, and what is not known is empty. */
export const NO_OUTPUTS: Outputs = {
  ...(Object.fromEntries(OUTPUT_NAMES.map((name) => [name, ""])) as Outputs),
  planned: "false",
};

/** The outputs that tell of a plan. `failed` counts campaigns that could not be read. */
export function planOutputs(plan: Plan, planPath: string): Outputs {
  const { update, noOp, skip, error, widens } = plan.summary;
  const isAnyRead = update + noOp + skip > 0 || (error === 0 && !isNoneLookedAt(plan));
  return {
    ...NO_OUTPUTS,
    planned: isAnyRead ? "true" : "false",
    changes: isNoneLookedAt(plan) ? "" : changesOf(update, error),
    "to-update": String(update),
    "in-sync": String(noOp),
    skipped: String(skip),
    failed: String(error),
    widens: String(widens),
    findings: brokenRules(plan.findings, isAnyRead),
    digest: plan.digest,
    "plan-path": planPath,
  };
}

/**
 * How many rules are broken, whatever their strength. Where no campaign was read, that none is known means nothing: empty.
 */
export function brokenRules(findings: Plan["findings"], isAnyRead: boolean): string {
  const broken = findings.filter(({ state }) => state === "broken").length;
  return broken > 0 || isAnyRead ? String(broken) : "";
}

/** Whether the time was up before the first campaign. */
function isNoneLookedAt({ scope: { planned, outOfTime = 0 } }: Plan): boolean {
  return planned === 0 && outOfTime > 0;
}

/** Of a campaign that could not be read nobody knows whether there is anything to change. */
function changesOf(update: number, error: number): string {
  if (update > 0) return "true";
  return error > 0 ? "" : "false";
}

/** The outputs that tell of an apply: what the plan was to change, and what became of the rest. */
export function reportOutputs(
  plan: Plan,
  report: Report,
  paths: { readonly plan: string; readonly report: string },
): Outputs {
  const { unchanged, skipped, failed } = report.summary;
  const planned = planOutputs(plan, paths.plan);
  return {
    ...planned,
    "in-sync": String(unchanged),
    skipped: String(skipped),
    failed: String(failed),
    findings: brokenRules(report.findings, planned.planned === "true"),
    "report-path": paths.report,
  };
}

/** Sets every output of the step. */
export function setOutputs(runner: Runner, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
}
