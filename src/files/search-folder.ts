import { type Dirent, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { type GlobOptions, globSync } from "tinyglobby";
import type { DiagnosticCode } from "../domain/diagnostics.ts";
import { explainReadError, isInside, isMissing } from "./file-errors.ts";

/** The name of a YAML file, in any case: Windows and macOS write `.YAML` too. */
export const YAML_NAME = /\.ya?ml$/i;

/** Takes what is to be told about a path, which is absolute. */
export type TellPath = (code: DiagnosticCode, path: string, detail: string) => void;

const SEARCH: GlobOptions = { ignore: ["**/node_modules/**"] };

const LINKED_FOLDER =
  "It leads to a folder, to nothing, or back to itself. Folders behind links are not searched, since they can lie " +
  "anywhere: name that folder itself, or move its files here.";

/**
 * The files below a folder that a pattern matches, by their absolute paths. Symbolic links to folders are not followed
 * but told, and so is what cannot be listed. Names with a leading dot are left out.
 */
export function searchFolder(folder: string, pattern: string, tell: TellPath): readonly string[] {
  const bugs: unknown[] = [];
  const found = glob(folder, pattern, listingOf(tell, bugs), SEARCH);
  // The search swallows whatever a listing throws.
  if (bugs.length > 0) throw bugs[0];
  return found;
}

/** Which of some absolute paths a search of {@link searchFolder} would find, were they on the disk. */
export function searchPaths(folder: string, pattern: string, paths: readonly string[]): readonly string[] {
  return glob(folder, pattern, listingOfPaths(paths), SEARCH);
}

/** Which of some absolute paths, and of the folders that they are in, a pattern matches, whatever their names begin with. */
export function matchPaths(folder: string, pattern: string, paths: readonly string[]): readonly string[] {
  return glob(folder, pattern, listingOfPaths(paths), { onlyFiles: false, dot: true });
}

function listingOfPaths(paths: readonly string[]): (folder: string) => readonly Dirent[] {
  const entries = new Map<string, Map<string, Dirent>>();
  for (const path of paths) addEntry(entries, path, true);
  return (at) => [...(entries.get(at)?.values() ?? [])];
}

function addEntry(entries: Map<string, Map<string, Dirent>>, path: string, isFile: boolean): void {
  const [parent, name] = [dirname(path), basename(path)];
  if (parent === path) return;
  const known = entries.get(parent);
  if (known?.has(name)) return;
  const [yes, no] = [() => true, () => false];
  const kind = isFile ? { isFile: yes, isDirectory: no } : { isFile: no, isDirectory: yes };
  const entry = { name, parentPath: parent, isSymbolicLink: no, ...kind } as Dirent;
  if (known !== undefined) known.set(name, entry);
  else entries.set(parent, new Map([[name, entry]]));
  addEntry(entries, parent, false);
}

function glob(
  folder: string,
  pattern: string,
  list: (folder: string) => readonly Dirent[],
  options: GlobOptions,
): readonly string[] {
  // The search takes a backslash for a slash, also where it is a character of a name: it gets to see another name.
  const seen = sep === "/" ? folder.replaceAll("\\", "/") : folder;
  const realOf = (path: string): string => {
    const found = resolve(path);
    return seen !== folder && isInside(seen, found) ? join(folder, relative(seen, found)) : found;
  };
  const matches = globSync(inAnyCase(pattern.split(sep).join("/")), {
    cwd: seen,
    absolute: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ...options,
    // The search only calls this one form of the many that the type lists.
    fs: { readdirSync: ((at: string) => list(realOf(at))) as unknown as typeof readdirSync },
  });
  return matches.map(realOf);
}

/** Endings count in any case: those of YAML files that a pattern names in braces, and what it itself ends in. */
function inAnyCase(pattern: string): string {
  return pattern
    .replace(/(?<=[.{,(|*])ya?ml(?=[},)|]|$)/gi, lettersInAnyCase)
    .replace(/(?<=\.)[^./]*$/, lettersInAnyCase);
}

function lettersInAnyCase(ending: string): string {
  return ending.replace(/\\.|\[(!?)([^\]]*)\]|[a-z]/gi, (part, not = "", set = "") => {
    const both = (set || part).toLowerCase() + (set || part).toUpperCase();
    // An escape stands for itself, and a class such as [:alpha:] has its own letters.
    return /^\\|:/.test(part) ? part : `[${not}${both}]`;
  });
}

/**
 * The listing that a search sees. Whatever has the name of a campaign file counts as one, also a pipe or a folder, so
 * that reading it tells what is wrong; a link to anything but a file counts as a folder, and is told when entered.
 */
function listingOf(tell: TellPath, bugs: unknown[]): (folder: string) => readonly Dirent[] {
  const links = new Set<string>();
  return (at) => {
    try {
      if (!links.has(at)) return list(at, links);
      tell("symlink-refused", at, LINKED_FOLDER);
    } catch (error) {
      // A pattern may begin with a folder that is not there: then it matches nothing, and that is told.
      if (!isMissing(error)) tellUnlisted(tell, at, error, bugs);
    }
    return [];
  };
}

function tellUnlisted(tell: TellPath, at: string, error: unknown, bugs: unknown[]): void {
  try {
    tell("file-unreadable", at, explainReadError(error));
  } catch (bug) {
    bugs.push(bug);
  }
}

function list(folder: string, links: Set<string>): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).map((entry) => asSearched(entry, folder, links));
}

function asSearched(entry: Dirent, folder: string, links: Set<string>): Dirent {
  // The usual case, for thousands of files.
  if (entry.isFile() || (entry.isDirectory() && !YAML_NAME.test(entry.name))) return entry;
  const path = join(folder, entry.name);
  const isLink = entry.isSymbolicLink();
  const behind = isLink ? kindBehind(path) : null;
  const isFileLike =
    entry.isFile() || behind === "file" || (YAML_NAME.test(entry.name) && behind !== "folder");
  if (isLink && !isFileLike) links.add(path);
  return Object.assign(Object.create(entry), {
    isFile: () => isFileLike,
    isDirectory: () => !isFileLike && (isLink || entry.isDirectory()),
    isSymbolicLink: () => false,
  });
}

function kindBehind(link: string): "file" | "folder" | "nothing" {
  try {
    const stats = statSync(link);
    if (stats.isDirectory()) return "folder";
    return stats.isFile() ? "file" : "nothing";
  } catch {
    // A loop, or a link to nothing: told when it is read or entered.
    return "nothing";
  }
}
