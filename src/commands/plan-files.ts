import { InvalidFilesError } from "../domain/errors.ts";
import type { Variables } from "../domain/variables.ts";
import { systemClock } from "../host/clock.ts";
import { renderDiagnostics } from "../render/diagnostics.ts";
import { plainStyle } from "../render/style.ts";
import { PARALLELISM } from "../text/option-values.ts";
import { type DeclareOptions, readDeclarations } from "./declare.ts";
import { compose } from "./open.ts";
import { type Planned, plan } from "./plan.ts";
import { planInput } from "./plan-input.ts";
import { resolveSettings, secretsOf, type TargetFlags } from "./settings.ts";

/** What to plan, and for which API; what is left out is as on the command line without the flag. */
export type PlanFilesOptions = Partial<Omit<DeclareOptions, "needsEnvironment"> & TargetFlags> & {
  readonly variables?: Variables;
  readonly parallelism?: number;
  readonly signal?: AbortSignal;
};

/**
 * The common case in one call: reads the files, asks the API what is live, and says what would change. Never writes.
 *
 * @throws InvalidFilesError for files with errors, UsageError for settings, AccessError for refused credentials.
 */
export async function planFiles(
  options: PlanFilesOptions = {},
): Promise<Extract<Planned, { kind: "planned" }>> {
  const { paths = [], cwd = process.cwd(), config = null, environment = null, apiUrl = null } = options;
  const { variables = process.env, parallelism = PARALLELISM.usual, root = null } = options;
  const secrets = [...secretsOf(variables), ...(options.secrets ?? [])];
  const files = { paths, cwd, config, root, environment, secrets };
  const declared = readDeclarations({ ...files, needsEnvironment: true });
  if (declared.kind === "invalid") {
    const { diagnostics } = declared;
    throw new InvalidFilesError(renderDiagnostics(diagnostics, { style: plainStyle }), diagnostics);
  }
  const { signal = new AbortController().signal } = options;
  const settings = resolveSettings({ apiUrl, environment }, variables, declared.project);
  const { reader, close } = compose(settings, variables, parallelism);
  try {
    const planned = await plan(planInput(declared, settings), { reader, clock: systemClock }, signal);
    if (planned.kind === "no-access") throw planned.error;
    return planned;
  } finally {
    await close();
  }
}
