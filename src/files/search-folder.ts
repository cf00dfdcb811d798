import { type Dirent, readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { globSync } from "tinyglobby";
import type { DiagnosticCode } from "../domain/diagnostics.ts";
import { explainReadError, isInside, isMissing } from "./file-errors.ts";

/** The name of a YAML file, in any case: Windows and macOS write `.YAML` too. */
export const YAML_NAME = /\.ya?ml$/i;

/** Takes what is to be told about a path, which is absolute. */
export type Tell = (code: DiagnosticCode, path: string, detail: string) => void;

const LINKED_FOLDER =
  "It leads to a folder, to nothing, or back to itself. Folders behind links are not searched, since they can lie " +
  "anywhere: name that folder itself, or move its files here.";

/**
 * The files below a folder that a pattern matches, by their absolute paths; on demand the folders too. Symbolic links to
 * folders are not followed but told, and so is what cannot be listed. Names with a leading dot are left out.
 */
export function searchFolder(
  folder: string,
  pattern: string,
  tell: Tell,
  kind: "files" | "files and folders" = "files",
): readonly string[] {
  const bugs: unknown[] = [];
  // The search takes a backslash for a slash, also where it is a character of a name: it gets to see another name.
  const seen = sep === "/" ? folder.replaceAll("\\", "/") : folder;
  const realOf = (path: string): string => {
    const found = resolve(path);
    return seen !== folder && isInside(seen, found) ? join(folder, relative(seen, found)) : found;
  };
  const matches = globSync(inAnyCase(pattern), {
    cwd: seen,
    absolute: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    onlyFiles: kind === "files",
    ignore: ["**/node_modules/**"],
    // The search only calls this one form of the many that the type lists.
    fs: { readdirSync: listingOf(realOf, tell, bugs) as unknown as typeof readdirSync },
  });
  // The search swallows whatever a listing throws.
  if (bugs.length > 0) throw bugs[0];
  return matches.map(realOf);
}

/** The endings of YAML files, where a pattern ends or names them in braces: they count in any case. */
function inAnyCase(pattern: string): string {
  return pattern.replace(/(?<=[.{,(|])ya?ml(?=[},)|]|$)/gi, (ending) =>
    ending.replace(/./g, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`),
  );
}

/**
 * The listing that a search sees. Whatever has the name of a campaign file counts as one, also a pipe or a folder, so
 * that reading it tells what is wrong; a link to anything but a file counts as a folder, and is told when entered.
 */
function listingOf(
  realOf: (path: string) => string,
  tell: Tell,
  bugs: unknown[],
): (folder: string) => readonly Dirent[] {
  const links = new Set<string>();
  return (folder) => {
    const at = realOf(folder);
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

function tellUnlisted(tell: Tell, at: string, error: unknown, bugs: unknown[]): void {
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
