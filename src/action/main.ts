import { MACHINE } from "../commands/open.ts";
import { AccessError, UsageError } from "../domain/errors.ts";
import { BUG, exitCodeOf, failureReasonOf } from "../domain/exit-codes.ts";
import type { Variables } from "../domain/ports.ts";
import { GitHubError } from "../github/run/github-error.ts";
import { exitCodeAfter, listenForSignals } from "../host/signals.ts";
import { escapeMarkdown } from "../render/markdown/markdown-escape.ts";
import { messageOf, stackOf } from "../text/error-text.ts";
import { applyAction } from "./apply/apply.ts";
import { requireCheckout } from "./checked-out.ts";
import { driftAction } from "./drift.ts";
import { type ActionEnd, leaveEndedEarly, summarize, writeSummary } from "./end.ts";
import { secretsToMask } from "./inputs/credentials.ts";
import { openRun } from "./open-run.ts";
import { NO_OUTPUTS, setOutputs } from "./outputs.ts";
import { planAction } from "./plan/plan.ts";
import type { ActionRun } from "./run.ts";
import type { Runner } from "./runner.ts";
import { validate } from "./validate.ts";

/** Runs one step of the Action to its end, whatever happens, and gives its exit code: that of the command line. */
export async function runStep(runner: Runner, env: Variables, machine = MACHINE): Promise<number> {
  runner.mask(secretsToMask(runner.input, env));
  const interruption = listenForSignals({
    interrupted: "Interrupted: no new campaign begins, what was written is read back.",
    say: runner.log,
    stream: "stdout",
  });
  interruption.beforeEnd(() => leaveEndedEarly({ runner, signal: interruption.signal }));
  try {
    const run = await openRun({ runner, env, interruption, machine });
    return await finish(run, await dispatch(run));
  } catch (error) {
    return await explain(runner, error, interruption.signal);
  } finally {
    interruption.dispose();
  }
}

async function dispatch(run: ActionRun): Promise<ActionEnd> {
  const { command } = run.inputs;
  // A plan or an apply that cannot begin has that to tell on GitHub, so these look by themselves.
  if (command === "validate" || command === "drift") await requireCheckout(run);
  switch (command) {
    case "validate":
      return validate(run);
    case "plan":
      return planAction(run);
    case "apply":
      return applyAction(run);
    case "drift":
      return driftAction(run);
  }
}

async function finish(run: ActionRun, end: ActionEnd): Promise<number> {
  const { runner } = run;
  const { warnings = [], notices } = end;
  // From here on only the summary may be missing.
  run.beforeEnd(() => summarize(run, end));
  for (const warning of warnings) runner.warning(warning);
  for (const notice of notices) runner.notice(notice);
  setOutputs(runner, { ...end.outputs, "failure-reason": failureReasonOf(end.exitCode) });
  await summarize(run, end);
  if (end.exitCode === 0) return 0;
  runner.fail(end.failure ?? "The step did not succeed. The job summary says why.");
  return end.exitCode;
}

/** Tells why a run ended before it had a result. What is none of ours is a bug: the log has its stack. */
async function explain(runner: Runner, error: unknown, signal: AbortSignal): Promise<number> {
  const { message, exitCode } = reasonFor(error, signal);
  if (exitCode === BUG) runner.log(stackOf(error));
  // A bug may come after writes, whose outputs then stay as they were set.
  if (exitCode === BUG) runner.output("failure-reason", failureReasonOf(exitCode));
  else setOutputs(runner, { ...NO_OUTPUTS, "failure-reason": failureReasonOf(exitCode) });
  runner.fail(message);
  await writeSummary(runner, `### campaignctl did not come to a result\n\n${escapeMarkdown(message)}\n`);
  return exitCode;
}

/** Tells a bug, and gives its exit code. What the step has set before stays set. */
export function explainUncaught(runner: Runner, error: unknown): number {
  runner.log(stackOf(error));
  runner.output("failure-reason", failureReasonOf(BUG));
  runner.fail(bugMessage(error));
  return BUG;
}

function reasonFor(
  error: unknown,
  signal: AbortSignal,
): { readonly message: string; readonly exitCode: number } {
  if (error instanceof UsageError) {
    const hint = error.hint === null ? "" : ` ${error.hint}`;
    return { message: `${error.message}${hint}`, exitCode: exitCodeOf(["invalid"]) };
  }
  if (error instanceof AccessError) {
    const id = error.correlationId === null ? "" : ` (correlation id ${error.correlationId})`;
    return { message: `${error.message}${id}`, exitCode: exitCodeOf(["no-access"]) };
  }
  if (error instanceof GitHubError) {
    return { message: error.message, exitCode: exitCodeAfter(["incomplete"], signal) };
  }
  return { message: bugMessage(error), exitCode: BUG };
}

function bugMessage(error: unknown): string {
  return `This is a mistake in campaignctl, please report it: ${messageOf(error)}`;
}
