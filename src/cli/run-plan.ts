import type { ValidDeclarations } from "../commands/declare.ts";
import type { Planner } from "../commands/open.ts";
import { exitCodeAfter } from "../host/signals.ts";
import { accessLine } from "./access-line.ts";
import type { ReadingFlags } from "./common-options.ts";
import { explainUnreachable, warnOfSkipped } from "./explain.ts";
import { withReading } from "./opening.ts";
import { planResult, printResult, wantedBy } from "./print-result.ts";
import { checkResultFiles } from "./result-files.ts";
import type { Session } from "./terminal/session.ts";
import { showing } from "./terminal/show-progress.ts";

/** The flags of `plan`. */
export type PlanFlags = ReadingFlags & {
  readonly detailedExitcode: boolean;
  readonly sizes: boolean;
  /** Milliseconds; null for as long as it takes. */
  readonly maxDuration: number | null;
  readonly lastChecked: string | null;
  /** `RULE`, or `RULE=REASON`. */
  readonly allow: readonly string[];
};

/** `campaignctl plan`: shows what would change. */
export function runPlan(flags: PlanFlags, session: Session): Promise<number> {
  const { lastChecked: lastCheckedFile, maxDuration: maxMs } = flags;
  checkResultFiles(
    [["--last-checked", lastCheckedFile]],
    [
      ["--out", flags.out],
      ["--config", flags.config],
    ],
  );
  return withReading(flags, session, "Interrupted: reading ends.", async ({ declared, planner, signal }) => {
    const { sizes, allow } = flags;
    const order = { countChanges: flags.detailedExitcode, sizes, allow, maxMs, lastCheckedFile };
    return planAndPrint({ declared, planner, signal }, order, flags, session);
  });
}

/** Plans, tells what stderr is to tell, and prints the plan. */
export async function planAndPrint(
  {
    declared,
    planner,
    signal,
  }: {
    readonly declared: ValidDeclarations;
    readonly planner: Planner;
    readonly signal: AbortSignal;
  },
  order: Omit<Parameters<Planner["plan"]>[1], "onEvent">,
  flags: Pick<PlanFlags, "format" | "out" | "verbose">,
  session: Session,
): Promise<number> {
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
}
