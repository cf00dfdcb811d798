import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { globSync, isDynamicPattern } from "tinyglobby";
import { type DiagnosticCode, makeDiagnostic } from "../diagnostics.ts";
import type { Diagnostic } from "../domain.ts";
import { displayName, explainReadError, isMissing, readErrorCode } from "./file-errors.ts";
import { explainLeavingPattern, leavesFolder } from "./path-pattern.ts";
import { PROJECT_FILE } from "./source-file.ts";

const YAML_NAME = /\.ya?ml$/;

/** Which files are to be read. */
export type FoundFiles = {
  /** Sorted, each once; relative to the working directory when inside it, with forward slashes. */
  readonly files: readonly string[];
  /** Real paths of the folders named on the command line: symbolic links may lead into these too. */
  readonly roots: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

type Search = {
  readonly cwd: string;
  readonly origin: "arguments" | "project-file";
  readonly files: Set<string>;
  readonly roots: Set<string>;
  readonly diagnostics: Diagnostic[];
};

/**
 * Finds the campaign files that paths name: files, folders (every `.yaml` and `.yml` below, names with a leading dot
 * left out), or globs. Symbolic links to folders are not followed but told, and so is what cannot be read.
 *
 * @param options.origin from the project file no path may lead out of `cwd`, and patterns may match nothing as long as
 * one of them matches.
 */
export function findCampaignFiles(
  paths: readonly string[],
  options: { readonly cwd: string; readonly origin: "arguments" | "project-file" },
): FoundFiles {
  const cwd = resolve(options.cwd);
  const { origin } = options;
  const search: Search = { cwd, origin, files: new Set(), roots: new Set(), diagnostics: [] };
  const unmatched: string[] = [];
  for (const path of paths) {
    if (origin === "project-file" && leavesFolder(path)) {
      search.diagnostics.push(
        makeDiagnostic("path-outside-project", { detail: explainLeavingPattern(path), file: null }),
      );
    } else if (!addPath(search, path)) {
      unmatched.push(path);
    }
  }
  const isFatal = origin === "arguments" || search.files.size === 0;
  if ((isFatal && unmatched.length > 0) || paths.length === 0) {
    const named = unmatched.map((path) => JSON.stringify(path)).join(", ");
    const detail = `Nothing matches ${named || "an empty list of paths"}. Campaign files end in .yaml or .yml; name a file, a folder or a pattern.`;
    search.diagnostics.push(makeDiagnostic("no-files", { detail, file: null }));
  }
  return {
    files: [...search.files].sort(),
    roots: [...search.roots],
    diagnostics: unique(search.diagnostics),
  };
}

const LINKED_FOLDER =
  "It leads to a folder, to nothing, or back to itself. Folders behind links are not searched, since they can lie " +
  "anywhere: name that folder itself, or move its files here.";

/** Adds what one path names; false when it matched nothing and nothing was told about it. */
function addPath(search: Search, path: string): boolean {
  const absolute = resolve(search.cwd, path);
  try {
    if (statSync(absolute).isDirectory() && !YAML_NAME.test(absolute)) {
      if (search.origin === "arguments") search.roots.add(realpathSync(absolute));
      return addMatches(search, absolute, "**/*.{yaml,yml}");
    }
    return addFile(search, absolute);
  } catch (error) {
    if (!isMissing(error)) return tell(search, readErrorCode(error), absolute, explainReadError(error));
  }
  if (isLink(absolute)) return addFile(search, absolute);
  if (isDynamicPattern(path)) return addMatches(search, search.cwd, path.split(sep).join("/"));
  const detail = "Nothing has this name. Check the spelling, and the folder you are in.";
  return tell(search, "path-not-found", absolute, detail);
}

/** Whether there is a link of that name, though it leads to nothing. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function addFile(search: Search, absolute: string): true {
  search.files.add(displayName(absolute, search.cwd));
  return true;
}

function addMatches(search: Search, folder: string, pattern: string): boolean {
  const before = search.diagnostics.length;
  const bugs: unknown[] = [];
  const matches = globSync(pattern, {
    cwd: folder,
    absolute: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: ["**/node_modules/**"],
    // The search only calls this one form of the many that the type lists.
    fs: { readdirSync: listingOf(search, bugs) as unknown as typeof readdirSync },
  });
  // The search swallows whatever a listing throws.
  if (bugs.length > 0) throw bugs[0];
  const project = join(search.cwd, PROJECT_FILE);
  const found = matches.map((match) => resolve(folder, match)).filter((match) => match !== project);
  for (const match of found) addFile(search, match);
  return found.length > 0 || search.diagnostics.length > before;
}

/**
 * The listing that a search sees. Whatever has the name of a campaign file counts as one, also a pipe or a folder, so
 * that reading it tells what is wrong; a link to anything but a file counts as a folder, and is told when entered.
 */
function listingOf(search: Search, bugs: unknown[]): (folder: string) => readonly Dirent[] {
  const links = new Set<string>();
  return (folder) => {
    const at = resolve(folder);
    try {
      if (!links.has(at)) return list(at, links);
      tell(search, "symlink-refused", at, LINKED_FOLDER);
    } catch (error) {
      // A pattern may begin with a folder that is not there: then it matches nothing, and that is told.
      if (!isMissing(error)) tellUnlisted(search, at, error, bugs);
    }
    return [];
  };
}

function tellUnlisted(search: Search, at: string, error: unknown, bugs: unknown[]): void {
  try {
    tell(search, "file-unreadable", at, explainReadError(error));
  } catch (bug) {
    bugs.push(bug);
  }
}

function list(folder: string, links: Set<string>): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).map((entry) => asSearched(entry, folder, links));
}

function asSearched(entry: Dirent, folder: string, links: Set<string>): Dirent {
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

function tell(search: Search, code: DiagnosticCode, absolute: string, detail: string): true {
  const file = displayName(absolute, search.cwd);
  search.diagnostics.push(makeDiagnostic(code, { detail, file }));
  return true;
}

/** Paths may overlap, and what two of them met is told once. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const keys = diagnostics.map(({ code, file, detail }) => JSON.stringify([code, file, detail]));
  return diagnostics.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
