import { systemClock } from "./clock.ts";
import { type DeclareOptions, readDeclarations } from "./commands/declare.ts";
import { type Planned, plan } from "./commands/plan.ts";
import { planInput } from "./commands/plan-input.ts";
import { compose } from "./compose.ts";
import { InvalidFilesError } from "./errors.ts";
import { PARALLELISM } from "./option-values.ts";
import { renderDiagnostics } from "./render/diagnostics.ts";
import { plainStyle } from "./render/style.ts";
import { resolveSettings, type TargetFlags, type Variables } from "./settings.ts";

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
  const declared = readDeclarations({ paths, cwd, config, environment, needsEnvironment: true });
  if (declared.kind === "invalid") {
    const { diagnostics } = declared;
    throw new InvalidFilesError(renderDiagnostics(diagnostics, { style: plainStyle }), diagnostics);
  }
  const { variables = process.env, parallelism = PARALLELISM.usual } = options;
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
