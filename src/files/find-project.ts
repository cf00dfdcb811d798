import { existsSync, lstatSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { PROJECT_FILE } from "../domain/source-file.ts";
import { descriptorOf } from "./descriptor.ts";
import { isMissing } from "./file-errors.ts";

/** Where the project file of a run is, and the folder that the paths in it are relative to. Both absolute. */
export type ProjectPlace = {
  /** Null where there is none, or only one of nearly the right name. */
  readonly path: string | null;
  /** The working directory where there is neither, or where it comes from a pipe. */
  readonly folder: string;
};

/**
 * Finds the project file: the one that is named, else `campaignctl.yaml` in the working directory or above it, up to the
 * root of the git repository. Outside of a repository only the working directory is looked at. The nearest folder with one
 * of nearly the right name counts too, so that it is told and never passed over.
 *
 * @param root a root that is known, whether git is there or not; null to look for git.
 */
export function findProject(config: string | null, cwd: string, root: string | null = null): ProjectPlace {
  const here = resolve(cwd);
  if (config !== null) return namedProject(config, here);
  for (const folder of foldersUpwards(here, root)) {
    const path = join(folder, PROJECT_FILE);
    if (isThere(path)) return { path, folder };
    if (misnamedIn(folder) !== null) return { path: null, folder };
  }
  return { path: null, folder: here };
}

/** Whether one of these absolute paths was that of a project file, and it is not there any more. */
export function isProjectGone(paths: readonly string[]): boolean {
  return paths.some((path) => basename(path) === PROJECT_FILE && !isThere(path));
}

/** A name in a folder that is nearly that of the project file, such as `campaignctl.yml` or `Campaignctl.yaml`. */
export function misnamedIn(folder: string): string | null {
  try {
    return readdirSync(folder).find((name) => /^campaignctl\.ya?ml$/i.test(name)) ?? null;
  } catch {
    // Who may not list a folder may still pass through it.
    return null;
  }
}

function namedProject(config: string, cwd: string): ProjectPlace {
  if (descriptorOf(config) !== null) return { path: config, folder: cwd };
  const path = resolve(cwd, config);
  return { path, folder: dirname(path) };
}

function foldersUpwards(cwd: string, root: string | null): readonly string[] {
  const top = root === null ? null : resolve(root);
  const folders: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder);
    // A file in a worktree, a folder elsewhere.
    if (folder === top || existsSync(join(folder, ".git"))) return folders;
    if (dirname(folder) === folder) return [cwd];
  }
}

/** Also a link to nothing, and what must not be looked at: reading it tells why. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return !isMissing(error);
  }
}
