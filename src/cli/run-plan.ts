import { systemClock } from "../clock.ts";
import type { Declarations } from "../commands/declare.ts";
import { conditionsOfPlan, type PlanInput, plan } from "../commands/plan.ts";
import { compose } from "../compose.ts";
import type { Plan } from "../domain.ts";
import { exitCodeOf } from "../errors.ts";
import { renderPlanMarkdown } from "../render/plan-markdown.ts";
import { renderPlanText } from "../render/plan-text.ts";
import { resolveSettings, type Settings } from "../settings.ts";
import { listenForSignals } from "../signals.ts";
import { TOOL } from "../tool.ts";
import { checkWritable } from "../write-file.ts";
import { accessLine } from "./access-line.ts";
import type { Format } from "./options.ts";
import {
  declareOrExplain,
  exitCodeAfter,
  explainUnreachable,
  type FileFlags,
  printResult,
  type Result,
  warnOfSkipped,
} from "./run.ts";
import type { Session } from "./session.ts";

/** The flags that `plan`, `apply` and `wait` share. */
export type CommonFlags = FileFlags & {
  readonly format: Format;
  readonly out: string | null;
  readonly apiUrl: string | null;
  readonly parallelism: number;
};

/** `campaignctl plan`: shows what would change. It gets a reader, so it cannot write. */
export async function runPlan(
  flags: CommonFlags & { readonly detailedExitcode: boolean },
  session: Session,
): Promise<number> {
  if (flags.out !== null) checkWritable(flags.out, "--out");
  const declared = declareOrExplain(flags, session);
  if (declared === null) return exitCodeOf(["invalid"]);
  const settings = resolveSettings(flags, session.variables, declared.project);
  const { reader, close } = compose(settings, session.variables, flags.parallelism);
  const interruption = listenForSignals(() => session.stderr.write("Interrupted: reading ends.\n"));
  try {
    const input = planInput(declared, settings);
    const planned = await plan(input, { reader, clock: systemClock }, interruption.signal);
    if (planned.kind === "no-access") throw planned.error;
    const conditions = conditionsOfPlan(planned).filter(
      (condition) => condition !== "changes" || flags.detailedExitcode,
    );
    const exitCode = exitCodeAfter(conditions, interruption.signal);
    if (planned.accessError !== null) session.stderr.write(accessLine(planned.accessError, session));
    const errors = planned.plan.changes.map(({ error }) => error);
    explainUnreachable(conditions, errors, session);
    const skipped = planned.plan.changes.filter(({ action }) => action === "skip");
    warnOfSkipped(skipped, flags.format, session);
    const wanted = { format: flags.format, files: flags.out === null ? [] : [flags.out] };
    return printResult(planResult(planned.plan, session), wanted, session, exitCode);
  } finally {
    interruption.dispose();
    await close();
  }
}

/** What to plan, from the files and the settings of this run. */
export function planInput(declared: Declarations, settings: Settings): PlanInput {
  return {
    specs: declared.specs,
    warnings: declared.diagnostics,
    environment: settings.environment,
    apiUrl: settings.apiUrl,
    tool: TOOL,
  };
}

function planResult(made: Plan, session: Session): Result {
  return {
    json: made,
    text: () => renderPlanText(made, { style: session.stdout.style }),
    markdown: () => renderPlanMarkdown(made),
  };
}
