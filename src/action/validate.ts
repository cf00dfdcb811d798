import { type Declarations, type DeclareOptions, readDeclarations } from "../commands/declare.ts";
import { checkApiUrls, secretsOf } from "../commands/settings.ts";
import { exitCodeOf } from "../domain/exit-codes.ts";
import type { Diagnostic } from "../domain/model.ts";
import { chooseAnnotations } from "../github/run/annotations.ts";
import { renderDiagnostics } from "../render/text/diagnostics.ts";
import { plainStyle } from "../render/text/style.ts";
import type { ActionEnd } from "./end.ts";
import { onGitHub } from "./on-github.ts";
import { NO_OUTPUTS } from "./outputs.ts";
import type { ActionRun } from "./run.ts";

/** `command: validate`: checks the files. Nothing is asked of the API. */
export async function validate(run: ActionRun): Promise<ActionEnd> {
  const declared = await declareAndAnnotate(run);
  checkApiUrls(declared.project);
  return endOfFiles(run, declared, []);
}

/** Which files a run reads, and how. */
export function declareOptions({ inputs, context, cwd }: ActionRun): DeclareOptions {
  return {
    paths: inputs.paths,
    cwd,
    config: inputs.config,
    // In a container without git nothing else says where the repository begins.
    root: context.workspace,
    environment: inputs.environment,
    needsEnvironment: inputs.command !== "validate" || inputs.environment !== null,
    secrets: secretsOf(inputs.variables),
  };
}

/** Reads all declarations of what is checked out, and annotates every mistake at its line. */
export async function declareAndAnnotate(run: ActionRun): Promise<Declarations> {
  const declared = readDeclarations(declareOptions(run));
  await annotateMistakes(run, declared);
  return declared;
}

/** Says in the log where a project file was found, and annotates every mistake at its line. */
export async function annotateMistakes(
  run: ActionRun,
  { projectAbove, diagnostics }: Declarations,
): Promise<void> {
  if (projectAbove !== null) run.runner.log(`Project file: ${projectAbove} (found upwards)`);
  if (diagnostics.length > 0) annotate(run, diagnostics, await changedFiles(run));
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

/** The end of a run that looked at files only: because it was asked to, or because there can be no plan. */
export function endOfFiles(run: ActionRun, declared: Declarations, notices: readonly string[]): ActionEnd {
  const { diagnostics, campaigns } = declared;
  if (diagnostics.length > 0) run.runner.log(renderDiagnostics(diagnostics, { style: plainStyle }));
  const isInvalid = declared.kind === "invalid";
  return {
    exitCode: isInvalid ? exitCodeOf(["invalid"]) : 0,
    outputs: NO_OUTPUTS,
    content: { kind: "validate", diagnostics, campaigns },
    notices,
    failure: isInvalid ? "The campaign files are not valid. Nothing was sent." : null,
  };
}
