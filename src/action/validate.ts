import type { Declarations } from "../commands/declare.ts";
import { checkApiUrls, resolveEnvironment } from "../commands/settings.ts";
import { exitCodeOf } from "../domain/exit-codes.ts";
import { renderDiagnostics } from "../render/text/diagnostics.ts";
import { plainStyle } from "../render/text/style.ts";
import { NO_OUTPUTS } from "./outputs.ts";
import { type ActionEnd, type ActionRun, declareAndAnnotate } from "./run.ts";

/** `command: validate`: checks the files. Nothing is asked of the API. */
export async function validate(run: ActionRun): Promise<ActionEnd> {
  const declared = await declareAndAnnotate(run);
  resolveEnvironment(run.inputs.environment, declared.project);
  checkApiUrls(declared.project);
  return endOfFiles(run, declared, []);
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
