import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Machine } from "../commands/open.ts";
import { UsageError } from "../domain/errors.ts";
import type { Variables } from "../domain/ports.ts";
import { shardText } from "../domain/shard.ts";
import { openCheckout } from "../github/api/git-file.ts";
import { parseContext } from "../github/run/event.ts";
import type { Target } from "../github/run/model.ts";
import { targetOf } from "../github/run/target.ts";
import type { Interruption } from "../host/signals.ts";
import { checkCombination } from "./inputs/combination.ts";
import { type ActionInputs, parseInputs } from "./inputs/inputs.ts";
import { openGitHub } from "./open-github.ts";
import { tellNoPlan, whyFailed } from "./plan/plan-told.ts";
import type { ActionRun } from "./run.ts";
import type { Runner } from "./runner.ts";

/** What a step finds around it. */
type Surroundings = {
  readonly runner: Runner;
  readonly env: Variables;
  readonly interruption: Interruption;
  readonly machine: Machine;
};

/**
 * Reads what the step was asked and where it runs. Where that is not right, a pull request is told that it has no plan.
 *
 * @throws UsageError that names the input or the variable.
 */
export async function openRun(surroundings: Surroundings): Promise<ActionRun> {
  try {
    return open(surroundings);
  } catch (error) {
    await tellNotOpened(surroundings, error);
    throw error;
  }
}

/** Says in the pull request that there is no plan, as far as the inputs that say where are right. */
async function tellNotOpened(surroundings: Surroundings, error: unknown): Promise<void> {
  const { runner, env } = surroundings;
  const others = Object.entries(env).filter(([name]) => !name.startsWith("INPUT_"));
  const input = (name: string) => (WHERE_TO_TELL.includes(name) ? runner.input(name) : "");
  let run: ActionRun;
  try {
    run = open({ ...surroundings, runner: { ...runner, input }, env: Object.fromEntries(others) });
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
  "shard",
  "github-token",
  "comment",
];

function open({ runner, env, interruption, machine }: Surroundings): ActionRun {
  const inputs = parseInputs(runner.input, env);
  const context = parseContext(env, readPayload(env));
  checkCombination(inputs, context.trigger);
  const checkout = openCheckout(context.workspace, env);
  const { signal, beforeEnd } = interruption;
  return {
    inputs,
    context,
    runner,
    env,
    checkout,
    github: openGitHub({ inputs, context, runner, env, checkout, signal, machine }),
    target: targetFor(inputs, context.workflow),
    cwd: join(context.workspace, inputs.workingDirectory),
    signal,
    machine,
    beforeEnd,
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

/** What a comment is kept for: the workflow, and the environment, project file, paths and shard that it works on. */
function targetFor(inputs: ActionInputs, workflow: string): Target {
  const { workingDirectory, config, environment, paths, shard } = inputs;
  const folder = workingDirectory === "." ? null : workingDirectory;
  const file = config === null ? folder : posix.join(workingDirectory, config);
  return targetOf({ workflow, environment, config: file, paths, shard: shard && shardText(shard) });
}
