import { mkdirSync } from "node:fs";
import { join, posix } from "node:path";
import { type Declarations, readDeclarations } from "../commands/declare.ts";
import { secretsOf } from "../commands/settings.ts";
import type { Diagnostic, Plan, Report } from "../domain/model.ts";
import type { Variables } from "../domain/variables.ts";
import { writeFileWhole } from "../files/write-file.ts";
import type { Checkout } from "../github/api/git-file.ts";
import type { GitHub } from "../github/api/github.ts";
import { type FileUrl, fileUrlAt } from "../github/page/file-link.ts";
import type { SummaryContent } from "../github/page/job-summary.ts";
import { chooseAnnotations } from "../github/run/annotations.ts";
import type { RunContext, Target } from "../github/run/model.ts";
import { targetOf } from "../github/run/target.ts";
import type { Interruption } from "../host/signals.ts";
import { renderJson } from "../render/json.ts";
import { messageOf } from "../text/error-text.ts";
import type { ActionInputs } from "./inputs/inputs.ts";
import { onGitHub } from "./on-github.ts";
import type { Outputs } from "./outputs.ts";
import type { Runner } from "./runner.ts";

/** One run of the Action: what it was asked, where it runs, and what it may use. */
export type ActionRun = {
  readonly inputs: ActionInputs;
  readonly context: RunContext;
  readonly runner: Runner;
  /** The repository as it is checked out. */
  readonly checkout: Checkout;
  /** Null when there is no token for it. */
  readonly github: GitHub | null;
  readonly target: Target;
  /** The environment of the process, for what no input says, such as proxies. */
  readonly env: Variables;
  /** The folder to work in, absolute. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Sets what a second signal still leaves behind. */
  readonly beforeEnd: Interruption["beforeEnd"];
};

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

/** Sets every output of the step. */
export function setOutputs(runner: Runner, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
}

/** What a comment is kept for: the workflow, and the environment, project file and paths that it works on. */
export function targetFor(
  { workingDirectory, config, environment, paths }: ActionInputs,
  workflow: string,
): Target {
  const folder = workingDirectory === "." ? null : workingDirectory;
  const file = config === null ? folder : posix.join(workingDirectory, config);
  return targetOf({ workflow, environment, config: file, paths });
}

/** Reads the declarations of what is checked out, and annotates every mistake at its line. */
export async function declareAndAnnotate(run: ActionRun): Promise<Declarations> {
  const { inputs, context, cwd, runner } = run;
  const declared = readDeclarations({
    paths: inputs.paths,
    cwd,
    config: inputs.config,
    // In a container without git nothing else says where the repository begins.
    root: context.workspace,
    environment: inputs.environment,
    needsEnvironment: inputs.command !== "validate" || inputs.environment !== null,
    secrets: secretsOf(inputs.variables),
  });
  if (declared.projectAbove !== null) runner.log(`Project file: ${declared.projectAbove} (found upwards)`);
  if (declared.diagnostics.length > 0) {
    annotate(run, declared.diagnostics, await changedFiles(run));
  }
  return declared;
}

/** They only decide which annotations come first: without them the mistakes are told all the same. */
async function changedFiles({ context: { trigger }, github, runner }: ActionRun) {
  if (trigger.kind !== "pull-request" || github === null) return null;
  const problems: string[] = [];
  const changed = await onGitHub(problems, () => github.changedFiles(trigger.number));
  for (const problem of problems) runner.notice(problem);
  return changed;
}

function annotate(
  run: ActionRun,
  diagnostics: readonly Diagnostic[],
  changed: ReadonlySet<string> | null,
): void {
  for (const annotation of chooseAnnotations(diagnostics, changed, run.inputs.workingDirectory)) {
    run.runner.annotate(annotation.level, annotation, annotation.message);
  }
}

/** Where files are shown: at a commit, or on a branch where the address is to stay the same. */
export function fileUrlFor({ context, inputs }: ActionRun, ref: string): FileUrl {
  const { serverUrl, repository } = context;
  return fileUrlAt({ serverUrl, repository, ref, folder: inputs.workingDirectory });
}

/** The commit whose files are checked out, as far as a reader is concerned. */
export function commitOf({ context: { trigger } }: ActionRun): string {
  switch (trigger.kind) {
    case "pull-request":
    case "merge-group":
      return trigger.headSha;
    case "push":
      return trigger.after;
    case "other":
      return trigger.sha;
  }
}

/**
 * Writes a result into the job's own folder: as JSON, whose absolute path it gives, and beside it, ending in `.txt`, as
 * text for an artifact. A full disk must not keep the result from being told on GitHub: it is added to the problems, and
 * the path is empty when there is no JSON.
 */
export function saveResult(
  { context, target }: ActionRun,
  result: Plan | Report,
  text: string,
  problems: string[],
): string {
  const folder = join(context.temporary, "campaignctl");
  const path = join(folder, `${result.kind}-${target.key}`);
  const json = renderJson(result);
  let saved = "";
  try {
    mkdirSync(folder, { recursive: true });
    writeFileWhole(`${path}.json`, json);
    saved = `${path}.json`;
    writeFileWhole(`${path}.txt`, text);
  } catch (error) {
    problems.push(`The ${result.kind} could not be saved: ${messageOf(error)}`);
  }
  return saved;
}
