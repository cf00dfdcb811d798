import { NO_OUTPUTS, type Outputs } from "./outputs.ts";
import { setOutputs } from "./run.ts";
import type { Runner } from "./runner.ts";
import { writeSummary } from "./summarize.ts";

/** What a second signal leaves behind of a run that wrote nothing: outputs, an annotation, one line in the summary. */
export async function leaveEndedEarly(runner: Runner, known: Outputs = NO_OUTPUTS): Promise<void> {
  setOutputs(runner, { ...known, "failure-reason": "incomplete" });
  runner.fail(ENDED_EARLY);
  await writeSummary(runner, `### campaignctl did not come to a result\n\n${ENDED_EARLY}\n`);
}

const ENDED_EARLY = "The run was ended before its time. The log says how far it came.";
