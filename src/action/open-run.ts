import { setMaxListeners } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MACHINE } from "../commands/open.ts";
import { UsageError } from "../domain/errors.ts";
import type { Variables } from "../domain/variables.ts";
import { openCheckout } from "../github/api/git-file.ts";
import { connectGitHub, type GitHub } from "../github/api/github.ts";
import { parseContext } from "../github/run/event.ts";
import type { Interruption } from "../host/signals.ts";
import { connectFetch } from "./connect-fetch.ts";
import { checkCombination } from "./inputs/combination.ts";
import { parseInputs } from "./inputs/inputs.ts";
import { tellNoPlan, whyFailed } from "./plan/plan-told.ts";
import { type ActionRun, targetFor } from "./run.ts";
import type { Runner } from "./runner.ts";

/**
 * Reads what the step was asked and where it runs. Where that is not right, a pull request is told that it has no plan.
 *
 * @throws UsageError that names the input or the variable.
 */
export async function openRun(
  runner: Runner,
  env: Variables,
  interruption: Interruption,
): Promise<ActionRun> {
  try {
    return open(runner, env, interruption);
  } catch (error) {
    await tellNotOpened(runner, env, interruption, error);
    throw error;
  }
}

/** Says in the pull request that there is no plan, as far as the inputs that say where are right. */
async function tellNotOpened(
  runner: Runner,
  env: Variables,
  interruption: Interruption,
  error: unknown,
): Promise<void> {
  const others = Object.entries(env).filter(([name]) => !name.startsWith("INPUT_"));
  const input = (name: string) => (WHERE_TO_TELL.includes(name) ? runner.input(name) : "");
  let run: ActionRun;
  try {
    run = open({ ...runner, input }, Object.fromEntries(others), interruption);
  } catch {
    // Then nobody knows which comment it would be; the step says what is wrong.
    return;
  }
  if (run.inputs.command === "plan") await tellNoPlan(run, whyFailed(error), null);
}

const WHERE_TO_TELL = [
  "command",
  "working-directory",
  "config",
  "environment",
  "paths",
  "github-token",
  "comment",
];

function open(runner: Runner, env: Variables, interruption: Interruption): ActionRun {
  const inputs = parseInputs(runner.input, env);
  const context = parseContext(env, readPayload(env));
  checkCombination(inputs, context.trigger);
  const checkout = openCheckout(context.workspace, env);
  const signal = graceAfter(interruption.signal);
  return {
    inputs,
    context,
    runner,
    env,
    checkout,
    github: openGitHub({ inputs, context, runner, env, checkout, signal }),
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

/** What is told to GitHub after a signal has this long, milliseconds: a runner kills a cancelled job after some 7 s. */
const GRACE_MS = 3_000;

function graceAfter(signal: AbortSignal): AbortSignal {
  const grace = new AbortController();
  // Every request listens: their number is no leak.
  setMaxListeners(0, grace.signal);
  const end = (): void => void setTimeout(() => grace.abort(signal.reason), GRACE_MS).unref();
  signal.addEventListener("abort", end, { once: true });
  return grace.signal;
}

function openGitHub({
  inputs: { githubToken },
  context,
  runner,
  env,
  checkout,
  signal,
}: Pick<ActionRun, "inputs" | "context" | "runner" | "env" | "checkout" | "signal">): GitHub | null {
  if (githubToken === null) return null;
  const { apiUrl, serverUrl, repository } = context;
  connectFetch(apiUrl, env);
  return connectGitHub({
    ...MACHINE,
    token: githubToken,
    apiUrl,
    serverUrl,
    repository,
    checkout,
    log: once(runner.notice),
    warn: once(runner.warning),
    signal,
  });
}

/** What stands in the way of one comment may stand in the way of the next as well. */
function once(tell: (text: string) => void): (text: string) => void {
  const told = new Set<string>();
  return (text) => {
    if (!told.has(text)) tell(text);
    told.add(text);
  };
}
