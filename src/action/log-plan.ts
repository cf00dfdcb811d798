import { resolve } from "node:path";
import type { ValidDeclarations } from "../commands/declare.ts";
import type { Opening, PlanEnded, Planner } from "../commands/open.ts";
import { takeShard } from "../commands/take-shard.ts";
import { tellProgress } from "../commands/tell-progress.ts";
import { renderPlanText } from "../render/text/plan-text.ts";
import { plainStyle } from "../render/text/style.ts";
import { settingsFor } from "./api-place.ts";
import type { ActionRun } from "./run.ts";

/** A plan, and the text that the log shows of it. */
export type LoggedPlan = PlanEnded & { readonly text: string };

/** Why a step fails whose plan is not whole. */
export const UNREAD = "Not every campaign could be read. The job summary says which, and why.";

/** What a run asks the API with. Each token that is fetched is masked before it is used. */
export async function openingOfRun(run: ActionRun, declared: ValidDeclarations): Promise<Opening> {
  const { runner, inputs, env, machine } = run;
  return {
    settings: await settingsFor(run, declared),
    variables: env,
    machine,
    parallelism: inputs.parallelism,
    notice: runner.notice,
    onSecret: (secret) => runner.mask([secret]),
  };
}

/** Plans, and logs the plan. Credentials that are refused at once end the run. */
export async function logPlan(
  { runner, inputs, cwd, signal }: ActionRun,
  planner: Planner,
  declared: ValidDeclarations,
): Promise<LoggedPlan> {
  const { onEvent, stop } = tellProgress(runner.log, planner.clock);
  // What drift and apply tell must not change because a count did.
  const sizes = inputs.sizes && inputs.command === "plan";
  const { maxDurationMs: maxMs, lastChecked, allow } = inputs;
  const lastCheckedFile = lastChecked && resolve(cwd, lastChecked);
  const order = { countChanges: false, sizes, allow, maxMs, lastCheckedFile, onEvent };
  const { plan, ...rest } = await planner
    .plan(takeShard(declared, inputs.shard), order, signal)
    .finally(stop);
  const { minCount } = plan.privacy;
  const text = renderPlanText(plan, { style: plainStyle, isVerbose: true, minCount });
  runner.log(text);
  return { ...rest, plan, text };
}
