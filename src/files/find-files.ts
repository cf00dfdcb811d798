import { lstatSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isDynamicPattern } from "tinyglobby";
import { tellNoCampaign } from "../declarations/other-kind.ts";
import { type CampaignPattern, isExclusion } from "../declarations/path-pattern.ts";
import { type DiagnosticCode, makeDiagnostic } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";
import { descriptorOf } from "./descriptor.ts";
import { displayName, explainReadError, isMissing, readErrorCode } from "./file-errors.ts";
import { ownKindOf } from "./own-file.ts";
import { matchPaths, searchFolder, YAML_NAME } from "./search-folder.ts";
import { explainIdle, explainNotFound, explainUnmatched, type Match } from "./unmatched.ts";

/** Which files are to be read. */
export type FoundFiles = {
  /** Sorted, each once; named as `displayName` does. */
  readonly files: readonly string[];
  /** Real paths of the folders named on the command line: symbolic links may lead into these too. */
  readonly roots: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

/** From where to search, and how to call what is found. */
export type SearchOptions = {
  readonly cwd: string;
  /** Who names the paths. What the command line names must be there; its folders are places where links may lead. */
  readonly origin: "arguments" | "project-file";
  /** The folder that patterns are relative to. */
  readonly folder: string;
  /** The project file of this run, which is no campaign; null where there is none. */
  readonly project: string | null;
  /** The audience catalogue that the project file names, which is none either; null where it names none. */
  readonly catalogue: string | null;
};

type Search = SearchOptions & {
  readonly roots: Set<string>;
  readonly told: { readonly path: string; readonly diagnostic: Diagnostic }[];
};

/** A pattern with `!`, and the absolute paths of files and folders that it matches. */
type Exclusion = { readonly pattern: CampaignPattern; readonly paths: ReadonlySet<string> };

/**
 * Finds the campaign files that patterns name: files, folders (every `.yaml` and `.yml` below, names with a leading dot
 * left out), or globs. What a pattern with `!` matches is left out, whatever the order. Symbolic links to folders are not
 * followed but told, and so are what cannot be read and patterns that match nothing.
 */
export function findCampaignFiles(patterns: readonly CampaignPattern[], options: SearchOptions): FoundFiles {
  const cwd = resolve(options.cwd);
  const search: Search = { ...options, cwd, folder: resolve(options.folder), roots: new Set(), told: [] };
  const [named, negated] = split(patterns, search);
  const matches = named.map((pattern) => matchOf(pattern, search));
  const all = matches.flatMap((match) => match.paths);
  const met = [...all, ...search.told.map(({ path }) => path)];
  const exclusions = negated.map((pattern) => exclusionOf(pattern, search.folder, met));
  const isLeftOut = (path: string): boolean => exclusions.some((exclusion) => covers(exclusion, path));
  const kept = matches.map((match) => ({ ...match, left: match.paths.filter((path) => !isLeftOut(path)) }));
  const paths = new Set(kept.flatMap(({ left }) => left));
  const idle = exclusions.filter((exclusion) => !all.some((path) => covers(exclusion, path)));
  return {
    files: [...paths].map((path) => displayName(path, cwd, search.folder)).sort(),
    roots: [...search.roots],
    diagnostics: unique([
      ...search.told.filter(({ path }) => !isLeftOut(path)).map(({ diagnostic }) => diagnostic),
      ...explainUnmatched(kept, negated, paths.size, search),
      ...(all.length > 0 ? idle.map(({ pattern }) => explainIdle(pattern, search.origin)) : []),
    ]),
  };
}

/** A name that is there is meant as it is, also one that begins with `!`, when somebody types it. */
function split(
  patterns: readonly CampaignPattern[],
  search: Search,
): readonly [named: readonly CampaignPattern[], negated: readonly CampaignPattern[]] {
  const leavesOut = ({ text }: CampaignPattern): boolean =>
    isExclusion(text) && (search.origin === "project-file" || !isThere(resolve(search.folder, text)));
  return [patterns.filter((pattern) => !leavesOut(pattern)), patterns.filter(leavesOut)];
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function matchOf(pattern: CampaignPattern, search: Search): Match {
  const before = search.told.length;
  const paths = pathsOf(pattern, search);
  return { pattern, paths, isTold: search.told.length > before };
}

function pathsOf({ text, place }: CampaignPattern, search: Search): readonly string[] {
  const { folder, origin } = search;
  if (origin === "arguments" && descriptorOf(text) !== null) return [text];
  const absolute = resolve(folder, text);
  try {
    if (!statSync(absolute).isDirectory() || YAML_NAME.test(absolute)) return namedFile(absolute, search);
    if (origin === "arguments") search.roots.add(realpathSync(absolute));
    return campaignsBelow(absolute, "**/*.{yaml,yml}", search);
  } catch (error) {
    if (!isMissing(error)) return tell(search, readErrorCode(error), absolute, explainReadError(error));
  }
  // A link to nothing is told when it is read.
  if (isLink(absolute)) return [absolute];
  if (isDynamicPattern(text)) return campaignsBelow(folder, text, search);
  return tell(search, "path-not-found", absolute, explainNotFound(place));
}

/** What is left out of a search without a word is told to whoever names it. */
function namedFile(path: string, search: Search): readonly string[] {
  const kind = ownKindOf(path, search);
  if (kind === null) return [path];
  const diagnostic = tellNoCampaign(displayName(path, search.cwd, search.folder), kind);
  search.told.push({ path, diagnostic });
  return [];
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

function campaignsBelow(folder: string, pattern: string, search: Search): readonly string[] {
  const found = searchFolder(folder, pattern, (code, path, detail) => tell(search, code, path, detail));
  return found.filter((path) => ownKindOf(path, search) === null);
}

/** What a pattern with `!` matches of what was met, folders too: everything below one of them is left out with it. */
function exclusionOf(pattern: CampaignPattern, folder: string, met: readonly string[]): Exclusion {
  const text = pattern.text.slice(1);
  const absolute = resolve(folder, text);
  if (isThere(absolute) || !isDynamicPattern(text)) return { pattern, paths: new Set([absolute]) };
  return { pattern, paths: new Set(matchPaths(folder, text, met)) };
}

/** Whether a path, or a folder that it is in, is among those of a pattern with `!`. */
export function covers({ paths }: Pick<Exclusion, "paths">, path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (paths.has(at)) return true;
    if (dirname(at) === at) return false;
  }
}

function tell(search: Search, code: DiagnosticCode, path: string, detail: string): readonly [] {
  const file = displayName(path, search.cwd, search.folder);
  search.told.push({ path, diagnostic: makeDiagnostic(code, { detail, file }) });
  return [];
}

/** Paths may overlap, and what two of them met is told once. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const keys = diagnostics.map(({ code, file, detail }) => JSON.stringify([code, file, detail]));
  return diagnostics.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
