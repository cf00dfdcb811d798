import { resolve } from "node:path";
import { environmentsIn } from "../catalogue/catalogue.ts";
import { unusedNames } from "../catalogue/health.ts";
import { audiencesKnownBy, type Names } from "../catalogue/names.ts";
import { type LoadedCampaigns, loadCampaigns } from "../declarations/load.ts";
import { patternOf } from "../declarations/path-pattern.ts";
import { loadProject, type Project } from "../declarations/project.ts";
import type { CampaignChoice } from "../declarations/resolve.ts";
import { sameAudiences } from "../declarations/same-audiences.ts";
import type { KnownAudiences } from "../domain/declared.ts";
import { areWarnings, hasErrors, makeDiagnostic, sortDiagnostics } from "../domain/diagnostics.ts";
import type { AudienceBinding, CampaignSpec, Cause, Diagnostic, Warning } from "../domain/model.ts";
import { type Scope, wholeScope } from "../domain/scope.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { readProjectFile, readSourceFiles } from "../files/files.ts";
import { findCampaignFiles } from "../files/find-files.ts";
import { findProject } from "../files/find-project.ts";
import type { BaseRules } from "../guardrails/changes/rule-changes.ts";
import { forSomeFiles, type Guardrails } from "../guardrails/guardrails.ts";
import { quoteWhole } from "../text/quote.ts";
import { NAMES_UNKNOWN, readNames } from "./read-names.ts";
import { rulesOf } from "./rules/read-rules.ts";
import { lacksEnvironment } from "./settings.ts";

/** Which files to read. Paths are files, folders or globs; none means those of the project file, else the default. */
export type DeclareOptions = {
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly config: string | null;
  /** The root of the repository where it is known without git: up to there the project file is looked for. */
  readonly root?: string | null;
  readonly environment: string | null;
  /** Whether a campaign with an id for each environment needs one to be chosen. */
  readonly needsEnvironment: boolean;
  /** Whether names that no file uses are told, which can only be where every campaign file of the project is read. */
  readonly isStrict?: boolean;
  /** Is told each campaign file as it was read and resolved. */
  readonly see?: CampaignChoice["see"];
  /** Is told the audience catalogue before any campaign file; null where there is none. */
  readonly seeCatalogue?: ((source: SourceFile | null) => void) | undefined;
  /** What must never be shown of a file, such as the token of this run. */
  readonly secrets?: readonly string[];
};

/** What was read: files, the campaigns that they declare, and the project file. */
type Read = {
  readonly files: number;
  readonly campaigns: number;
  /** Of the campaigns, those that have no id for the chosen environment, which need not have every campaign. */
  readonly leftOut: number;
  readonly project: Project | null;
  /** The project file, absolute, where it was found above the working directory: that must be told. Null elsewhere. */
  readonly projectAbove: string | null;
};

/** Everything the files say. No file has an error. */
export type ValidDeclarations = Read & {
  readonly kind: "valid";
  /** The campaigns to look at: all that are declared, or some of them, as `scope` says. */
  readonly specs: readonly CampaignSpec[];
  readonly scope: Scope;
  /** Of campaigns that other files than their own changed: what in them did. */
  readonly causes: ReadonlyMap<string, readonly Cause[]>;
  /** Campaigns that the files declare and that are not to be looked at; none when left out. */
  readonly others?: readonly string[];
  /** Of campaigns that are declared otherwise than in a base: the audiences there; null where they are not known. */
  readonly before?: ReadonlyMap<string, AudienceBinding | null>;
  /** The rules there were in a base; left out where nothing is compared with one. */
  readonly baseRules?: BaseRules;
  /** What decided which campaigns and which audiences the files mean. */
  readonly choice: CampaignChoice;
  /** What names stand for in the chosen environment. */
  readonly names: Names;
  /** The rules of the project, with the audiences that they name. */
  readonly guardrails: Guardrails;
  /** What the catalogue says of audiences, in the chosen environment; null where there is no catalogue. */
  readonly known: KnownAudiences | null;
  readonly diagnostics: readonly Warning[];
};

/** Every mistake in the files. What they declare is not told: one mistake anywhere, and nothing may be planned. */
export type InvalidDeclarations = Read & {
  readonly kind: "invalid";
  readonly diagnostics: readonly Diagnostic[];
};

/** What the files say, or every mistake in them; never both. */
export type Declarations = ValidDeclarations | InvalidDeclarations;

/** Where campaign files are when nothing says so. */
export const DEFAULT_PATTERNS = [patternOf("campaigns/**/*.{yaml,yml}")];

/** Reads the project file, the audience catalogue and all campaign files. A mistake is a diagnostic; nothing is thrown for one. */
export function readDeclarations(options: DeclareOptions): Declarations {
  const { paths, cwd, secrets = [] } = options;
  const { project, projectAbove, place, diagnostics: projectDiagnostics } = readProject(options);
  const isProjectRight = !hasErrors(projectDiagnostics);
  const unlisted = isProjectRight ? unlistedEnvironment(options.environment, project) : [];
  if ((!isProjectRight && paths.length === 0) || unlisted.length > 0) {
    const nothing = { project, projectAbove, campaigns: 0, leftOut: 0, files: 0 };
    return { kind: "invalid", ...nothing, diagnostics: [...projectDiagnostics, ...unlisted] };
  }
  const origin = paths.length > 0 ? "arguments" : "project-file";
  const folder = origin === "arguments" ? cwd : place.folder;
  const patterns = origin === "arguments" ? paths.map(patternOf) : (project?.campaigns ?? DEFAULT_PATTERNS);
  // A project file with mistakes may name another catalogue.
  const named = isProjectRight ? readNames(place, project, options) : NAMES_UNKNOWN;
  const search = { cwd, folder, origin, project: place.path, catalogue: named.path } as const;
  const found = findCampaignFiles(patterns, search);
  const choice = choiceOf(options, project, named.names);
  const sources = readSourceFiles(found.files, { ...found, cwd, folder, secrets });
  const loaded = loadCampaigns(sources, { ...choice, see: options.see });
  const { environment, needsEnvironment } = options;
  const needsIds = environment !== null || needsEnvironment;
  const ruled = rulesOf(project, { names: named.names, environment, needsIds });
  const told = [
    ...projectDiagnostics,
    ...named.diagnostics,
    ...ruled.diagnostics,
    ...found.diagnostics,
    ...loaded.diagnostics,
    ...(options.isStrict === true && origin === "project-file"
      ? unusedNames(named.names, new Set([...loaded.usedNames, ...ruled.usedNames]))
      : []),
  ];
  const diagnostics = sortDiagnostics(
    hasErrors(told)
      ? told
      : [
          ...told,
          ...checkAll(loaded, options, project, named.names),
          ...sameAudiences(loaded.specs, project?.distinctAudiences ?? []),
        ],
  );
  const { campaigns, leftOut, files, specs } = loaded;
  const guardrails = origin === "arguments" ? forSomeFiles(ruled.guardrails) : ruled.guardrails;
  const read = { project, projectAbove, campaigns, leftOut, files };
  const { names } = named;
  if (!areWarnings(diagnostics) || names === null) return { kind: "invalid", ...read, diagnostics };
  const whole = { scope: wholeScope(specs.length), causes: new Map() };
  return {
    kind: "valid",
    ...read,
    specs,
    ...whole,
    choice,
    names,
    guardrails,
    known: knownBy(names),
    diagnostics,
  };
}

/** What decides what campaign files mean, by the project file and the catalogue. */
export function choiceOf(
  { environment, needsEnvironment }: Pick<DeclareOptions, "environment" | "needsEnvironment">,
  project: Project | null,
  names: Names | null,
): CampaignChoice {
  return {
    environment,
    needsEnvironment,
    isPartial: environment !== null && project?.environments[environment]?.isPartial === true,
    names,
    requiresOwners: project?.requireOwners ?? false,
  };
}

/** What the catalogue says of audiences; null where there is no catalogue. */
export function knownBy(names: Names): KnownAudiences | null {
  return names.catalogue.isThere ? audiencesKnownBy(names) : null;
}

/** What can only be known where everything was read: a file with a mistake may declare what is missed. */
function checkAll(
  loaded: LoadedCampaigns,
  { environment }: DeclareOptions,
  project: Project | null,
  names: Names | null,
): readonly Diagnostic[] {
  if (loaded.files === 0) return [nothingLeft()];
  const isKnown =
    loaded.hasIdsByEnvironment ||
    listsEnvironments(project) ||
    (names !== null && environmentsIn(names.catalogue).length > 0);
  return isKnown ? [] : unknownEnvironment(environment);
}

function nothingLeft(): Diagnostic {
  const detail =
    "Every file that was found is of another kind, and is left out. Name campaign files, which have the keys campaignId " +
    "and include.";
  return makeDiagnostic("no-files", { detail, file: null });
}

/** Told alone, without any file being read: every id of another environment would be missing. */
function unlistedEnvironment(name: string | null, project: Project | null): readonly Diagnostic[] {
  const lacks = lacksEnvironment(name, project);
  if (lacks === null) return [];
  const detail = `${lacks.message} ${lacks.hint}`;
  return [makeDiagnostic("environment-unknown", { detail, file: null })];
}

/** Then one that it does not list was refused before. */
function listsEnvironments(project: Project | null): boolean {
  return Object.keys(project?.environments ?? {}).length > 0;
}

/** A name that nothing knows is a slip: the run would go where a run without it goes. */
function unknownEnvironment(name: string | null): readonly Diagnostic[] {
  if (name === null) return [];
  const detail =
    `Nothing says what the environment ${quoteWhole(name)} is: no project file lists environments, and no campaign ` +
    "file or catalogue that was read has an id for each. List it under environments in campaignctl.yaml, or choose none.";
  return [makeDiagnostic("environment-unknown", { detail, file: null })];
}

/** Reads the project file alone. `project` is null where there is none, or where it has errors. */
export function readProject({
  config,
  cwd,
  root = null,
  secrets = [],
}: Pick<DeclareOptions, "config" | "cwd" | "root" | "secrets">) {
  const place = findProject(config, cwd, root);
  const projectAbove = config === null && place.folder !== resolve(cwd) ? place.path : null;
  const source = readProjectFile(place, { cwd, secrets });
  const found = { place, projectAbove };
  if (source === null) return { ...found, project: null, diagnostics: [] };
  if ("code" in source) return { ...found, project: null, diagnostics: [source] };
  const { project, diagnostics } = loadProject(source);
  return { ...found, project, diagnostics: sortDiagnostics(diagnostics) };
}
