import { systemClock } from "../clock.ts";
import { wait } from "../commands/wait.ts";
import { compose } from "../compose.ts";
import type { Report } from "../domain.ts";
import { exitCodeOf } from "../errors.ts";
import { renderReportMarkdown } from "../render/report-markdown.ts";
import { renderReportText } from "../render/report-text.ts";
import { resolveSettings } from "../settings.ts";
import { listenForSignals } from "../signals.ts";
import { checkWritable } from "../write-file.ts";
import {
  declareOrExplain,
  exitCodeAfter,
  explainRefusal,
  explainUnreachable,
  printResult,
  type Result,
} from "./run.ts";
import { type CommonFlags, planInput } from "./run-plan.ts";
import type { Session } from "./session.ts";
import { showProgress } from "./show-progress.ts";

/** `campaignctl wait`: waits for reach of the declared draft campaigns. It gets a reader, so it cannot write. */
export async function runWait(
  flags: CommonFlags & { readonly waitTimeout: number },
  session: Session,
): Promise<number> {
  if (flags.out !== null) checkWritable(flags.out, "--out");
  const declared = declareOrExplain(flags, session);
  if (declared === null) return exitCodeOf(["invalid"]);
  const settings = resolveSettings(flags, session.variables, declared.project);
  const { reader, close } = compose(settings, session.variables, flags.parallelism);
  const interruption = listenForSignals(() => session.stderr.write("Interrupted: waiting ends.\n"));
  const progress = showProgress(session.stderr, systemClock);
  try {
    const input = { ...planInput(declared, settings), timeoutMs: flags.waitTimeout };
    const ports = { reader, clock: systemClock, onEvent: progress.onEvent };
    const waited = await wait(input, ports, interruption.signal);
    progress.stop();
    if (waited.kind === "no-access") throw waited.error;
    explainRefusal(waited.report, waited.accessError, waited.conditions, session);
    const errors = waited.report.results.map(({ error }) => error);
    explainUnreachable(waited.conditions, errors, session);
    const exitCode = exitCodeAfter(waited.conditions, interruption.signal);
    const wanted = { format: flags.format, files: flags.out === null ? [] : [flags.out] };
    return printResult(reportResult(waited.report, session), wanted, session, exitCode);
  } finally {
    progress.stop();
    interruption.dispose();
    await close();
  }
}

/** A report in every form. */
export function reportResult(report: Report, session: Session): Result {
  return {
    json: report,
    text: () => renderReportText(report, { style: session.stdout.style }),
    markdown: () => renderReportMarkdown(report),
  };
}
