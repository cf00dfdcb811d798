import { realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { isDynamicPattern } from "tinyglobby";
import { type CampaignPattern, isExclusion } from "../declarations/path-pattern.ts";
import { isInside } from "./file-errors.ts";
import { matchPaths, YAML_NAME } from "./search-folder.ts";

/** Whether a search by patterns would find a file that is not there yet. All absolute. */
export function wouldBeFound(path: string, patterns: readonly CampaignPattern[], folder: string): boolean {
  if (!isInside(folder, path) || !YAML_NAME.test(path) || isPassedOver(path, folder)) return false;
  const texts = patterns.map(({ text }) => text);
  const isNamed = texts.filter((text) => !isExclusion(text)).some((text) => names(text, path, folder));
  const isLeftOut = texts.filter(isExclusion).some((text) => leavesOut(text.slice(1), path, folder));
  return isNamed && !isLeftOut;
}

/** Hidden folders, those of packages, and those behind links are not searched. */
function isPassedOver(path: string, folder: string): boolean {
  const steps = relative(folder, path).split(sep);
  if (steps.some((step) => step.startsWith(".") || step === "node_modules")) return true;
  return realOf(dirname(path)) !== join(realOf(folder), relative(folder, dirname(path)));
}

/** Where a path leads, as far as it is there. */
function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return dirname(path) === path ? path : join(realOf(dirname(path)), relative(dirname(path), path));
  }
}

/** Whether a file is behind a link: what is written there may be anybody's. */
export function isBehindLink(path: string, folder: string): boolean {
  return !isInside(folder, path) || realOf(path) !== join(realOf(folder), relative(folder, path));
}

function names(text: string, path: string, folder: string): boolean {
  const absolute = resolve(folder, text);
  if (absolute === path) return true;
  if (!isDynamicPattern(text)) return isInside(absolute, path) && !YAML_NAME.test(absolute);
  return matchPaths(folder, text.split(sep).join("/"), [path]).includes(path);
}

/** What leaves out a folder leaves out what is in it. */
function leavesOut(text: string, path: string, folder: string): boolean {
  const absolute = resolve(folder, text);
  if (!isDynamicPattern(text)) return isInside(absolute, path) || absolute === path;
  return matchPaths(folder, text.split(sep).join("/"), [path]).some(
    (at) => isInside(at, path) || at === path,
  );
}
