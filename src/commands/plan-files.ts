import { InvalidFilesError } from "../domain/errors.ts";
import type { Variables } from "../domain/ports.ts";
import { openBase } from "../git/open-base.ts";
import { renderDiagnostics } from "../render/text/diagnostics.ts";
import { plainStyle } from "../render/text/style.ts";
import { PARALLELISM } from "../text/option-values.ts";
import { declareChanged } from "./changed/declare-changed.ts";
import { type Declarations, type DeclareOptions, readDeclarations } from "./declare.ts";
import { openPlanner } from "./open.ts";
import type { MadePlan } from "./plan.ts";
import { type DestinationFlags, resolveSettings, secretsOf } from "./settings.ts";

/** What to plan, and for which API; what is left out is as on the command line without the flag. */
export type PlanFilesOptions = Partial<Omit<DeclareOptions, "needsEnvironment"> & DestinationFlags> & {
  readonly variables?: Variables;
  readonly parallelism?: number;
  /** Whether the audiences that an update changes are counted. */
  readonly sizes?: boolean;
  /** A revision of git: only what is declared otherwise than where its history and that of `HEAD` parted. */
  readonly changedSince?: string;
  readonly signal?: AbortSignal;
};

/** Reads the files and plans what they declare, with settings from these variables. Never writes. */
export async function planFilesWith(variables: Variables, options: PlanFilesOptions): Promise<MadePlan> {
  const { paths = [], cwd = process.cwd(), config = null, apiUrl = null } = options;
  const { environment = variables.CAMPAIGNCTL_ENVIRONMENT || null } = options;
  const { parallelism = PARALLELISM.usual, root = null } = options;
  const secrets = [...secretsOf(variables), ...(options.secrets ?? [])];
  const files = { paths, cwd, config, root, environment, secrets };
  const declared = await declareSince(options.changedSince, { ...files, needsEnvironment: true }, variables);
  if (declared.kind === "invalid") {
    const { diagnostics } = declared;
    throw new InvalidFilesError(renderDiagnostics(diagnostics, { style: plainStyle }), diagnostics);
  }
  const { signal = new AbortController().signal } = options;
  const settings = resolveSettings({ apiUrl, environment }, variables, declared.project);
  return openPlanner({ settings, variables, parallelism }, (planner) =>
    planner.plan(declared, { countChanges: true, sizes: options.sizes ?? false }, signal),
  );
}

async function declareSince(
  revision: string | undefined,
  files: DeclareOptions,
  variables: Variables,
): Promise<Declarations> {
  if (revision === undefined) return readDeclarations(files);
  return declareChanged(files, await openBase(revision, files.cwd, variables));
}
