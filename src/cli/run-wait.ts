import { systemClock } from "../clock.ts";
import { wait } from "../commands/wait.ts";
import type { Report } from "../domain.ts";
import { renderReportMarkdown } from "../render/report-markdown.ts";
import { renderReportText } from "../render/report-text.ts";
import { exitCodeAfter } from "../signals.ts";
import { explainRefusal, explainUnreachable, printResult, type Result } from "./run.ts";
import { type CommonFlags, wantedBy, withReading } from "./run-plan.ts";
import type { Session } from "./session.ts";
import { showProgress } from "./show-progress.ts";

/** `campaignctl wait`: waits for reach of the declared draft campaigns. */
export function runWait(
  flags: CommonFlags & { readonly waitTimeout: number },
  session: Session,
): Promise<number> {
  return withReading(flags, session, "Interrupted: waiting ends.", async ({ input, reader, signal }) => {
    const progress = showProgress(session.stderr, systemClock);
    const waited = await wait(
      { ...input, timeoutMs: flags.waitTimeout },
      { reader, clock: systemClock, onEvent: progress.onEvent },
      signal,
    ).finally(progress.stop);
    if (waited.kind === "no-access") throw waited.error;
    const { report, accessError, conditions } = waited;
    explainRefusal(report, accessError, conditions, session);
    explainUnreachable(
      conditions,
      report.results.map(({ error }) => error),
      session,
    );
    const exitCode = exitCodeAfter(conditions, signal);
    return printResult(reportResult(report, session), wantedBy(flags), session, exitCode);
  });
}

/** A report in every form. */
export function reportResult(report: Report, session: Session): Result {
  return {
    json: report,
    text: () => renderReportText(report, { style: session.stdout.style }),
    markdown: () => renderReportMarkdown(report),
  };
}
