import { renderJobSummary, type SummaryContent } from "../github/page/job-summary.ts";
import { messageOf } from "../text/error-text.ts";
import { NO_OUTPUTS, type Outputs, setOutputs } from "./outputs.ts";
import type { ActionRun } from "./run.ts";
import type { Runner } from "./runner.ts";

/** What a run came to. */
export type ActionEnd = {
  /** As of the command line; 0 and 2 are success. */
  readonly exitCode: number;
  readonly outputs: Outputs;
  readonly content: SummaryContent;
  /** Sentences to stand out in the job summary, such as why there is no plan. */
  readonly notices: readonly string[];
  /** As notices, for what somebody should look at. */
  readonly warnings?: readonly string[];
  /** Why the step fails, for its annotation; null where there is no more to say than the summary does. */
  readonly failure: string | null;
};

/** Writes what a run came to into its job summary, in place of what stood there before. */
export async function summarize(
  { runner, target }: ActionRun,
  end: Pick<ActionEnd, "content" | "notices" | "warnings">,
): Promise<void> {
  const { content, notices, warnings = [] } = end;
  await writeSummary(runner, renderJobSummary({ content, target, notices: [...warnings, ...notices] }));
}

/** A summary that cannot be written must not take the outputs of an apply with it. */
export async function writeSummary(runner: Runner, markdown: string): Promise<void> {
  try {
    await runner.summary(markdown);
  } catch (error) {
    runner.notice(`The job summary could not be written: ${messageOf(error)}`);
  }
}

/** What is said first of a run that a second signal has ended. */
export const ENDED_EARLY = "The run was ended before its time.";

/** Sets outputs and annotation of a run that was ended before its time. */
export function failEarly(runner: Runner, known: Outputs, sentence: string): void {
  setOutputs(runner, { ...known, "failure-reason": "incomplete" });
  runner.fail(sentence);
}

/**
 * What a second signal leaves behind of a run that wrote nothing: outputs, an annotation, one line in the summary. Of a
 * bug nothing: that is told by itself.
 */
export async function leaveEndedEarly(
  { runner, signal }: Pick<ActionRun, "runner" | "signal">,
  known: Outputs = NO_OUTPUTS,
): Promise<void> {
  if (!signal.aborted) return;
  const sentence = `${ENDED_EARLY} The log says how far it came.`;
  failEarly(runner, known, sentence);
  await writeSummary(runner, `### campaignctl did not come to a result\n\n${sentence}\n`);
}
