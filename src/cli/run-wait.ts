import { readSavedReport } from "../commands/saved.ts";
import { exitCodeAfter } from "../host/signals.ts";
import type { ReadingFlags } from "./common-options.ts";
import { explainFailure, explainWarnings } from "./explain.ts";
import { withReading } from "./opening.ts";
import { printResult, reportResult, wantedBy } from "./print-result.ts";
import { checkResultFiles } from "./result-files.ts";
import type { Session } from "./terminal/session.ts";
import { showing } from "./terminal/show-progress.ts";

/** The flags of `wait`. `waitTimeout` is milliseconds. */
export type WaitFlags = ReadingFlags & { readonly waitTimeout: number; readonly after: string | null };

/** `campaignctl wait`: waits for reach of the declared draft campaigns. */
export async function runWait(flags: WaitFlags, session: Session): Promise<number> {
  checkResultFiles([["--out", flags.out]], [["--after", flags.after]]);
  return withReading(flags, session, "Interrupted: waiting ends.", async (reading) => {
    const { declared, settings, planner, signal } = reading;
    explainWarnings(declared.diagnostics, session);
    const after = flags.after === null ? null : readSavedReport(flags.after, settings);
    const order = { timeoutMs: flags.waitTimeout, after };
    const { report, accessError, conditions } = await showing(session, planner.clock, (onEvent) =>
      planner.wait(declared, { ...order, onEvent }, signal),
    );
    explainFailure(report, accessError, conditions, session);
    const exitCode = exitCodeAfter(conditions, signal);
    return printResult(reportResult(report, session), wantedBy(flags), session, exitCode);
  });
}
