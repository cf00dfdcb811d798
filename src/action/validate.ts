import { type Declarations, type DeclareOptions, readDeclarations } from "../commands/declare.ts";
import { checkRules, type RulesChecked } from "../commands/rules/check-rules.ts";
import { checkApiUrls, secretsOf } from "../commands/settings.ts";
import { exitCodeOf } from "../domain/exit-codes.ts";
import type { Diagnostic } from "../domain/model.ts";
import { chooseAnnotations } from "../github/run/annotations.ts";
import { findingSections } from "../render/page/rules/finding-entry.ts";
import { renderDiagnostics } from "../render/text/diagnostics.ts";
import { toldLines } from "../render/text/finding-lines.ts";
import { plainStyle } from "../render/text/style.ts";
import type { ActionEnd } from "./end.ts";
import { onGitHub } from "./on-github.ts";
import { brokenRules, NO_OUTPUTS } from "./outputs.ts";
import type { ActionRun } from "./run.ts";

/** `command: validate`: checks the files. Nothing is asked of the API. */
export async function validate(run: ActionRun): Promise<ActionEnd> {
  const checked = await checkFiles(run);
  checkApiUrls(checked.declared.project);
  return endOfFiles(run, checked, []);
}

/** What files alone say, and what the rules of the project say of them; nothing where no rule was asked. */
export type FilesChecked = { readonly declared: Declarations; readonly rules?: RulesChecked };

/** Reads all declarations and judges them by the rules, as far as files alone can break them; annotates it all. */
export async function checkFiles(run: ActionRun): Promise<FilesChecked> {
  const declared = readDeclarations(declareOptions(run));
  if (declared.kind === "invalid") {
    await annotateMistakes(run, declared);
    return { declared };
  }
  const rules = checkRules(declared, run.machine.clock.now());
  await annotateMistakes(run, { ...declared, diagnostics: diagnosticsOf({ declared, rules }) });
  return { declared, rules };
}

/** A broken rule is a warning here: it stops a plan, and there is none. */
function diagnosticsOf({ declared, rules }: FilesChecked): readonly Diagnostic[] {
  return [...declared.diagnostics, ...(rules?.warnings ?? []), ...(rules?.broken ?? [])];
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
  { projectAbove, diagnostics }: Pick<Declarations, "projectAbove" | "diagnostics">,
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
export function endOfFiles(run: ActionRun, checked: FilesChecked, notices: readonly string[]): ActionEnd {
  const { declared, rules } = checked;
  const { campaigns } = declared;
  const diagnostics = diagnosticsOf(checked);
  if (diagnostics.length > 0) run.runner.log(renderDiagnostics(diagnostics, { style: plainStyle }));
  const specs = declared.kind === "valid" ? declared.specs : [];
  const findings = findingSections(rules?.findings ?? [], specs);
  const told = toldLines(findings, plainStyle);
  if (told.length > 0) run.runner.log(told.join("\n"));
  const isInvalid = declared.kind === "invalid";
  return {
    exitCode: isInvalid ? exitCodeOf(["invalid"]) : 0,
    outputs: { ...NO_OUTPUTS, findings: brokenRules(rules?.findings ?? [], false) },
    content: { kind: "validate", diagnostics, campaigns, findings },
    notices,
    failure: isInvalid ? "The campaign files are not valid. Nothing was sent." : null,
  };
}
