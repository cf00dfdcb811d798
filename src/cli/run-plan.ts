import type { ValidDeclarations } from "../commands/declare.ts";
import { openPlanner, type Planner } from "../commands/open.ts";
import type { Settings } from "../commands/settings.ts";
import { exitCodeOf } from "../domain/exit-codes.ts";
import type { Plan } from "../domain/model.ts";
import { exitCodeAfter } from "../host/signals.ts";
import { renderPlanMarkdown } from "../render/markdown/plan-markdown.ts";
import { renderPlanText } from "../render/text/plan-text.ts";
import { accessLine } from "./access-line.ts";
import { declareOrExplain, type FileFlags } from "./declared.ts";
import { explainUnreachable, warnOfSkipped } from "./explain.ts";
import { listening, openingFor, settle } from "./opening.ts";
import type { Format } from "./options.ts";
import { type Printable, printResult, type Wanted } from "./print-result.ts";
import { checkResultFiles } from "./result-files.ts";
import type { Session } from "./terminal/session.ts";
import { showing } from "./terminal/show-progress.ts";

/** The flags that `plan`, `apply` and `wait` share. */
export type CommonFlags = FileFlags & {
  readonly format: Format;
  readonly out: string | null;
  readonly apiUrl: string | null;
  readonly parallelism: number;
  readonly verbose: boolean;
};

/** The flags of `plan`. */
export type PlanFlags = CommonFlags & { readonly detailedExitcode: boolean; readonly sizes: boolean };

/** What a command that only reads works with: it has no way to write. */
export type Reading = {
  readonly declared: ValidDeclarations;
  readonly settings: Settings;
  readonly planner: Planner;
  readonly signal: AbortSignal;
};

/**
 * Reads the files, opens the API, does the work of a command that never writes, and takes everything down again.
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
  return openPlanner(openingFor(settings, flags, session), (planner) =>
    listening(session, interrupted, ({ signal }) => work({ declared, settings, planner, signal })),
  );
}

/** `campaignctl plan`: shows what would change. */
export function runPlan(flags: PlanFlags, session: Session): Promise<number> {
  return withReading(flags, session, "Interrupted: reading ends.", async ({ declared, planner, signal }) => {
    const order = { countChanges: flags.detailedExitcode, sizes: flags.sizes };
    const { plan, accessError, conditions } = await showing(session, planner.clock, (onEvent) =>
      planner.plan(declared, { ...order, onEvent }, signal),
    );
    if (accessError !== null) session.stderr.write(accessLine(accessError, session));
    const { changes } = plan;
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
    return printResult(planResult(plan, flags, session), wantedBy(flags), session, exitCode);
  });
}

/** Where the result of a command goes that has no more flags for it than `--format` and `--out`. */
export function wantedBy({ format, out }: CommonFlags): Wanted {
  return { format, files: out === null ? [] : [out] };
}

/** A plan in every form. */
export function planResult(
  made: Plan,
  { verbose }: Pick<CommonFlags, "verbose">,
  session: Session,
): Printable {
  return {
    json: made,
    text: () => renderPlanText(made, { style: session.stdout.style, isVerbose: verbose }),
    markdown: () => renderPlanMarkdown(made),
  };
}
