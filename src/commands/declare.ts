import { dirname, relative, resolve } from "node:path";
import { escapePath } from "tinyglobby";
import { findCampaignFiles, readProjectFile, readSourceFiles } from "../declarations/files.ts";
import { loadCampaigns } from "../declarations/load.ts";
import { loadProject, type Project } from "../declarations/project.ts";
import { areWarnings, makeDiagnostic, sortDiagnostics } from "../diagnostics.ts";
import type { CampaignSpec, Diagnostic, Warning } from "../domain.ts";

/** Which files to read. Paths are files, folders or globs; none means those of the project file, else the default. */
export type DeclareOptions = {
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly config: string | null;
  readonly environment: string | null;
  /** Whether a campaign with an id for each environment needs one to be chosen. */
  readonly needsEnvironment: boolean;
};

/** How much was read: files, and the campaigns that they declare. */
type Counts = { readonly files: number; readonly campaigns: number };

/** Everything the files say. No file has an error. */
export type ValidDeclarations = Counts & {
  readonly kind: "valid";
  readonly project: Project | null;
  readonly specs: readonly CampaignSpec[];
  readonly diagnostics: readonly Warning[];
};

/** Every mistake in the files. What they declare is not told: one mistake anywhere, and nothing may be planned. */
export type InvalidDeclarations = Counts & {
  readonly kind: "invalid";
  readonly project: Project | null;
  readonly diagnostics: readonly Diagnostic[];
};

/** What the files say, or every mistake in them; never both. */
export type Declarations = ValidDeclarations | InvalidDeclarations;

const DEFAULT_PATTERN = "campaigns/**/*.{yaml,yml}";

/** Reads the project file and all campaign files. A mistake is a diagnostic; nothing is thrown for one. */
export function readDeclarations(options: DeclareOptions): Declarations {
  const { project, diagnostics: projectDiagnostics } = readProject(options);
  const isUnknown = project === null && projectDiagnostics.length > 0;
  if (isUnknown && options.paths.length === 0) {
    return { kind: "invalid", project, campaigns: 0, files: 0, diagnostics: projectDiagnostics };
  }
  const found = findFiles(options, project);
  const loaded = loadCampaigns(readSourceFiles(found.files, options.cwd, found.roots), options);
  const mistakes = [...projectDiagnostics, ...found.diagnostics, ...loaded.diagnostics];
  // A file with a mistake may be the one that declares the environment.
  const isDeclared = mistakes.length > 0 || loaded.hasIdsByEnvironment || listsEnvironments(project);
  const diagnostics = isDeclared ? sortDiagnostics(mistakes) : unknownEnvironment(options.environment);
  const read = { project, campaigns: loaded.campaigns, files: found.files.length };
  return areWarnings(diagnostics)
    ? { kind: "valid", ...read, specs: loaded.specs, diagnostics }
    : { kind: "invalid", ...read, diagnostics };
}

/** Then `resolveEnvironment` says which, and refuses any other. */
function listsEnvironments(project: Project | null): boolean {
  return Object.keys(project?.environments ?? {}).length > 0;
}

/** A name that nothing knows is a slip: the run would go where a run without it goes. */
function unknownEnvironment(name: string | null): readonly Diagnostic[] {
  if (name === null) return [];
  const detail =
    `Nothing says what the environment ${JSON.stringify(name)} is: no project file lists environments, and no campaign ` +
    "file that was read has an id for each. List it under environments in campaignctl.yaml, or choose none.";
  return [makeDiagnostic("environment-unknown", { detail, file: null })];
}

/** Reads the project file alone. `project` is null where there is none, or where it has errors. */
export function readProject({ config, cwd }: Pick<DeclareOptions, "config" | "cwd">): {
  readonly project: Project | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const source = readProjectFile(config, cwd);
  if (source === null) return { project: null, diagnostics: [] };
  if ("code" in source) return { project: null, diagnostics: [source] };
  const { project, diagnostics } = loadProject(source);
  return { project, diagnostics: sortDiagnostics(diagnostics) };
}

function findFiles(options: DeclareOptions, project: Project | null) {
  const { paths, cwd } = options;
  if (paths.length > 0) return findCampaignFiles(paths, { cwd, origin: "arguments" });
  return findCampaignFiles(patternsOf(options, project), { cwd, origin: "project-file" });
}

/** The project file's patterns, which are relative to its folder; without any, the default one. */
function patternsOf({ config, cwd }: DeclareOptions, project: Project | null): readonly string[] {
  if (project?.campaigns == null) return [DEFAULT_PATTERN];
  const folder = config === null ? "" : relative(cwd, dirname(resolve(cwd, config)));
  return project.campaigns.map((pattern) => (folder === "" ? pattern : `${escapePath(folder)}/${pattern}`));
}
