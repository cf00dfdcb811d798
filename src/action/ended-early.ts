import { NO_OUTPUTS, type Outputs } from "./outputs.ts";
import { type ActionRun, setOutputs } from "./run.ts";
import { writeSummary } from "./summarize.ts";

/**
 * What a second signal leaves behind of a run that wrote nothing: outputs, an annotation, one line in the summary. Of a
 * bug nothing: that is told by itself.
 */
export async function leaveEndedEarly(
  { runner, signal }: Pick<ActionRun, "runner" | "signal">,
  known: Outputs = NO_OUTPUTS,
): Promise<void> {
  if (!signal.aborted) return;
  setOutputs(runner, { ...known, "failure-reason": "incomplete" });
  runner.fail(ENDED_EARLY);
  await writeSummary(runner, `### campaignctl did not come to a result\n\n${ENDED_EARLY}\n`);
}

const ENDED_EARLY = "The run was ended before its time. The log says how far it came.";
