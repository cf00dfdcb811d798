import { dirname, join, resolve } from "node:path";
import { noCatalogue } from "../../catalogue/catalogue.ts";
import { type Names, namesOf } from "../../catalogue/names.ts";
import { readCatalogue } from "../../catalogue/read-catalogue.ts";
import { loadProject, type Project } from "../../declarations/project.ts";
import type { Cause } from "../../domain/model.ts";
import {
  CATALOGUE_FILE,
  MAX_CATALOGUE_BYTES,
  MAX_FILE_BYTES,
  PROJECT_FILE,
} from "../../domain/source-file.ts";
import { isProjectGone } from "../../files/find-project.ts";
import type { DeclareOptions } from "../declare.ts";
import type { BaseFiles } from "./base-files.ts";

/** The project file of a base, and where its catalogue was. Paths are absolute. */
export type BaseProject = {
  /** The project file; null where there was none. */
  readonly path: string | null;
  /** Where it was looked for, if it was not there and may have been elsewhere. */
  readonly missing: string | null;
  readonly folder: string;
  /** Null where there was none, or it cannot be read. */
  readonly project: Project | null;
  readonly isReadable: boolean;
  /** Where the catalogue was, or would have been. */
  readonly catalogue: string;
  /** Its blob id; null where there was none. */
  readonly catalogueId: string | null;
};

/** Finds the project file of a base as that of now is found, and reads it. */
export async function readBaseProject(
  { config, cwd }: Pick<DeclareOptions, "config" | "cwd">,
  files: BaseFiles,
  root: string,
): Promise<BaseProject> {
  const path = projectPath(config, resolve(cwd), files, root);
  // One that is gone may be the one of now, moved.
  const mayHaveMoved = path === null && (config !== null || isProjectGone([...files.ids.keys()]));
  const missing = mayHaveMoved ? resolve(cwd, config ?? PROJECT_FILE) : null;
  const folder = path === null ? resolve(cwd) : dirname(path);
  const bytes = path === null ? undefined : await files.read(path);
  const project = bytes == null ? null : projectIn(bytes);
  const catalogue = resolve(folder, project?.audiences ?? CATALOGUE_FILE);
  const isReadable = bytes === undefined || project !== null;
  const catalogueId = files.ids.get(catalogue) ?? null;
  return { path, missing, folder, project, isReadable, catalogue, catalogueId };
}

function projectPath(config: string | null, cwd: string, { ids }: BaseFiles, root: string): string | null {
  if (config !== null) return ids.has(resolve(cwd, config)) ? resolve(cwd, config) : null;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, PROJECT_FILE);
    if (ids.has(path)) return path;
    if (folder === root || folder === dirname(folder)) return null;
  }
}

function projectIn(bytes: Uint8Array): Project | null {
  return bytes.length > MAX_FILE_BYTES ? null : loadProject({ file: PROJECT_FILE, bytes }).project;
}

/**
 * What names stood for in a base; null where its catalogue cannot be read, or is missing although it was named.
 *
 * @param bytes those of its catalogue; undefined where there was none, null where they cannot be had.
 */
export function namesInBase(
  { project }: BaseProject,
  bytes: Uint8Array | null | undefined,
  environment: string | null,
): Names | null {
  if (bytes === undefined) {
    return project?.audiences == null ? namesOf(noCatalogue(CATALOGUE_FILE), environment) : null;
  }
  if (bytes === null || bytes.length > MAX_CATALOGUE_BYTES) return null;
  const { catalogue } = readCatalogue({ file: CATALOGUE_FILE, bytes });
  return catalogue === null ? null : namesOf(catalogue, environment);
}

/** What of a project file makes every campaign another one, whatever campaign files and catalogue say. */
export function causesForAll(
  { project: before, isReadable }: BaseProject,
  now: Project | null,
  environment: string | null,
  file: string,
): readonly Cause[] {
  if (!isReadable) return [{ file, kind: "unreadable", name: null }];
  const excludesIn = (project: Project | null) => project?.unknownExcludes ?? "remove";
  const causes: Cause[] = [];
  if (environment !== null && apiUrlOf(before, environment) !== apiUrlOf(now, environment)) {
    causes.push({ file, kind: "environment", name: environment });
  }
  if (excludesIn(before) !== excludesIn(now)) causes.push({ file, kind: "setting", name: "unknownExcludes" });
  return causes;
}

function apiUrlOf(project: Project | null, environment: string): string | null {
  return project?.environments[environment]?.apiUrl ?? null;
}
