import { conditionsOfPlan, type PlanInput, plan } from "../commands/plan.ts";
import { planInput } from "../commands/plan-input.ts";
import { exitCodeOf } from "../domain/exit-codes.ts";
import type { Plan } from "../domain/model.ts";
import type { CampaignReader } from "../domain/ports.ts";
import { systemClock } from "../host/clock.ts";
import { exitCodeAfter, listenForSignals } from "../host/signals.ts";
import { renderPlanMarkdown } from "../render/plan/plan-markdown.ts";
import { renderPlanText } from "../render/plan/plan-text.ts";
import { accessLine } from "./access-line.ts";
import { connectFor, settle } from "./connect.ts";
import type { Format } from "./options.ts";
import { checkResultFiles } from "./result-files.ts";
import {
  declareOrExplain,
  explainUnreachable,
  type FileFlags,
  printResult,
  type Result,
  tellingOn,
  type Wanted,
  warnOfSkipped,
} from "./run.ts";
import type { Session } from "./terminal/session.ts";

/** The flags that `plan`, `apply` and `wait` share. */
export type CommonFlags = FileFlags & {
  readonly format: Format;
  readonly out: string | null;
  readonly apiUrl: string | null;
  readonly parallelism: number;
};

/** What a command that only reads works with. It has no writer, so it cannot write. */
export type Reading = {
  readonly input: PlanInput;
  readonly reader: CampaignReader;
  readonly signal: AbortSignal;
};

/**
 * Reads the files, connects, does the work of a command that never writes, and takes everything down again.
 *
 * @param interrupted is told on stderr at the first signal.
 * @returns the exit code; 3 when the files have errors.
 */
export async function withReading(
  flags: CommonFlags,
  session: Session,
  interrupted: string,
  work: (reading: Reading) => Promise<number>,
): Promise<number> {
  checkResultFiles([["--out", flags.out]], [["--config", flags.config]]);
  const declared = declareOrExplain(flags, session);
  if (declared === null) return exitCodeOf(["invalid"]);
  const settings = settle(flags, declared.project, session);
  const { reader, close } = connectFor(settings, flags, session);
  const interruption = listenForSignals(tellingOn(session, interrupted));
  try {
    return await work({ input: planInput(declared, settings), reader, signal: interruption.signal });
  } finally {
    interruption.dispose();
    await close();
  }
}

/** `campaignctl plan`: shows what would change. */
export function runPlan(
  flags: CommonFlags & { readonly detailedExitcode: boolean },
  session: Session,
): Promise<number> {
  return withReading(flags, session, "Interrupted: reading ends.", async ({ input, reader, signal }) => {
    const planned = await plan(input, { reader, clock: systemClock }, signal);
    if (planned.kind === "no-access") throw planned.error;
    const conditions = conditionsOfPlan(planned).filter(
      (condition) => condition !== "changes" || flags.detailedExitcode,
    );
    if (planned.accessError !== null) session.stderr.write(accessLine(planned.accessError, session));
    const { changes } = planned.plan;
    explainUnreachable(
      conditions,
      changes.map(({ error }) => error),
      session,
    );
    warnOfSkipped(
      changes.filter(({ action }) => action === "skip"),
      flags.format,
      session,
    );
    const exitCode = exitCodeAfter(conditions, signal);
    return printResult(planResult(planned.plan, session), wantedBy(flags), session, exitCode);
  });
}

/** Where the result of a command goes that has no more flags for it than `--format` and `--out`. */
export function wantedBy({ format, out }: CommonFlags): Wanted {
  return { format, files: out === null ? [] : [out] };
}

function planResult(made: Plan, session: Session): Result {
  return {
    json: made,
    text: () => renderPlanText(made, { style: session.stdout.style }),
    markdown: () => renderPlanMarkdown(made),
  };
}
