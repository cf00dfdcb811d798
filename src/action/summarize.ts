import { renderJobSummary } from "../github/page/job-summary.ts";
import { messageOf } from "../text/error-text.ts";
import type { ActionEnd, ActionRun } from "./run.ts";
import type { Runner } from "./runner.ts";

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
