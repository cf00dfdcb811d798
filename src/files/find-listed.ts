import { resolve, sep } from "node:path";
import { isDynamicPattern } from "tinyglobby";
import { type CampaignPattern, isExclusion } from "../declarations/path-pattern.ts";
import { covers, type SearchOptions } from "./find-files.ts";
import { matchPaths, searchPaths } from "./search-folder.ts";

/**
 * Which of some absolute paths patterns name as campaign files: as `findCampaignFiles`, of files that need not be on the
 * disk. Project file and catalogue are no campaigns.
 */
export function findListedFiles(
  patterns: readonly CampaignPattern[],
  paths: readonly string[],
  { folder, origin, project, catalogue }: Omit<SearchOptions, "cwd">,
): readonly string[] {
  const listed = new Set(paths);
  const leavesOut = ({ text }: CampaignPattern): boolean =>
    isExclusion(text) && (origin === "project-file" || !listed.has(resolve(folder, text)));
  const named = patterns.filter((pattern) => !leavesOut(pattern));
  const found = [...new Set(named.flatMap(({ text }) => namedBy(text, folder, listed)))];
  const exclusions = patterns
    .filter(leavesOut)
    .map(({ text }) => ({ paths: new Set(matchedBy(text.slice(1), folder, found)) }));
  return found.filter(
    (path) =>
      path !== project && path !== catalogue && !exclusions.some((exclusion) => covers(exclusion, path)),
  );
}

function namedBy(text: string, folder: string, listed: ReadonlySet<string>): readonly string[] {
  const absolute = resolve(folder, text);
  if (listed.has(absolute)) return [absolute];
  const below = [...listed].filter((path) => isBelow(absolute, path));
  if (below.length > 0) return searchPaths(absolute, "**/*.{yaml,yml}", below);
  return isDynamicPattern(text) ? searchPaths(folder, text, [...listed]) : [];
}

/** A name that is there is meant as it is; what is below it goes with it. */
function matchedBy(text: string, folder: string, found: readonly string[]): readonly string[] {
  const absolute = resolve(folder, text);
  const isThere = found.some((path) => path === absolute || isBelow(absolute, path));
  return isThere || !isDynamicPattern(text) ? [absolute] : matchPaths(folder, text, found);
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder) && path.startsWith(sep, folder.length);
}
