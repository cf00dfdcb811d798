import { readFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { messageOf, stackOf } from "../error-text.ts";
import { AccessError, exitCodeOf, UsageError } from "../errors.ts";
import { parseContext } from "../github/event.ts";
import { connectGitHub, type GitHub } from "../github/github.ts";
import { GitHubError } from "../github/github-error.ts";
import { renderJobSummary } from "../github/job-summary.ts";
import type { RunContext } from "../github/model.ts";
import type { Runner } from "../github/runner.ts";
import { escapeMarkdown } from "../render/markdown-escape.ts";
import type { Variables } from "../settings.ts";
import { type Interruption, listenForSignals } from "../signals.ts";
import { applyAction } from "./apply.ts";
import { checkCombination } from "./combination.ts";
import { secretsOf } from "./credentials.ts";
import { driftAction } from "./drift.ts";
import { type ActionInputs, parseInputs } from "./inputs.ts";
import { failureReasonOf, NO_OUTPUTS } from "./outputs.ts";
import { planAction } from "./plan.ts";
import { type ActionEnd, type ActionRun, setOutputs, targetFor } from "./run.ts";
import { validate } from "./validate.ts";

/** Runs one step of the Action to its end, whatever happens, and gives its exit code: that of the command line. */
export async function runStep(runner: Runner, env: Variables): Promise<number> {
  runner.mask(secretsOf(runner.input, env));
  const interruption = listenForSignals({
    interrupted: "Interrupted: no new campaign begins, what was written is read back.",
    say: runner.log,
    stream: "stdout",
  });
  try {
    useProxy();
    const run = openRun(runner, env, interruption);
    return await finish(run, await dispatch(run));
  } catch (error) {
    return await explain(runner, error);
  } finally {
    interruption.dispose();
  }
}

/** Requests to GitHub go by the global fetch, which knows of a proxy only when it is told (Node 24). */
function useProxy(): void {
  if (!("setGlobalProxyFromEnv" in http) || typeof http.setGlobalProxyFromEnv !== "function") return;
  try {
    http.setGlobalProxyFromEnv();
  } catch {
    // The cause is dropped: it holds the whole address, and that may hold a password.
    throw new UsageError(
      "HTTP_PROXY or HTTPS_PROXY is not a URL of a proxy.",
      "Write it as http://host:port, in the environment of the runner.",
    );
  }
}

function openRun(runner: Runner, env: Variables, interruption: Interruption): ActionRun {
  const inputs = parseInputs(runner.input, env);
  const context = parseContext(env, readPayload(env));
  checkCombination(inputs, context.trigger);
  return {
    inputs,
    context,
    runner,
    github: openGitHub(inputs, context, runner),
    target: targetFor(inputs, context.workflow),
    cwd: join(context.workspace, inputs.workingDirectory),
    signal: interruption.signal,
    beforeEnd: interruption.beforeEnd,
  };
}

function readPayload(env: Variables): unknown {
  const path = env.GITHUB_EVENT_PATH;
  if (!path)
    throw new UsageError(
      "GITHUB_EVENT_PATH is not set.",
      "This program runs as a step of a GitHub Actions job.",
    );
  return JSON.parse(readFileSync(path, "utf8"));
}

function openGitHub({ githubToken }: ActionInputs, context: RunContext, runner: Runner): GitHub | null {
  if (githubToken === null) return null;
  const { apiUrl, repository, workspace } = context;
  return connectGitHub({ token: githubToken, apiUrl, repository, workspace, log: runner.notice });
}

function dispatch(run: ActionRun): Promise<ActionEnd> {
  switch (run.inputs.command) {
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

async function finish({ runner, target }: ActionRun, end: ActionEnd): Promise<number> {
  for (const notice of end.notices) runner.notice(notice);
  setOutputs(runner, { ...end.outputs, "failure-reason": failureReasonOf(end.exitCode) });
  await summarize(runner, renderJobSummary({ content: end.content, target, notices: end.notices }));
  if (end.exitCode === 0) return 0;
  runner.fail(end.failure ?? "The step did not succeed. The job summary says why.");
  return end.exitCode;
}

/** A summary that cannot be written must not take the outputs of an apply with it. */
async function summarize(runner: Runner, markdown: string): Promise<void> {
  try {
    await runner.summary(markdown);
  } catch (error) {
    runner.notice(`The job summary could not be written: ${messageOf(error)}`);
  }
}

/** Tells why a run ended before it had a result. What is none of ours is a bug: the log has its stack. */
async function explain(runner: Runner, error: unknown): Promise<number> {
  const { message, exitCode } = reasonFor(error);
  if (exitCode === 1) runner.log(stackOf(error));
  // A bug may come after writes, whose outputs then stay as they were set.
  if (exitCode === 1) runner.output("failure-reason", failureReasonOf(exitCode));
  else setOutputs(runner, { ...NO_OUTPUTS, "failure-reason": failureReasonOf(exitCode) });
  runner.fail(message);
  await summarize(runner, `### campaignctl did not come to a result\n\n${escapeMarkdown(message)}\n`);
  return exitCode;
}

/** Tells a bug, and gives its exit code. What the step has set before stays set. */
export function explainUncaught(runner: Runner, error: unknown): number {
  runner.log(stackOf(error));
  runner.output("failure-reason", failureReasonOf(1));
  runner.fail(bugMessage(error));
  return 1;
}

function reasonFor(error: unknown): { readonly message: string; readonly exitCode: number } {
  if (error instanceof UsageError) {
    const hint = error.hint === null ? "" : ` ${error.hint}`;
    return { message: `${error.message}${hint}`, exitCode: exitCodeOf(["invalid"]) };
  }
  if (error instanceof AccessError) {
    const id = error.correlationId === null ? "" : ` (correlation id ${error.correlationId})`;
    return { message: `${error.message}${id}`, exitCode: exitCodeOf(["no-access"]) };
  }
  if (error instanceof GitHubError) return { message: error.message, exitCode: exitCodeOf(["incomplete"]) };
  return { message: bugMessage(error), exitCode: 1 };
}

function bugMessage(error: unknown): string {
  return `This is a mistake in campaignctl, please report it: ${messageOf(error)}`;
}
