import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CATALOGUE_FILE, MAX_FILE_BYTES, PROJECT_FILE } from "./source-file.ts";

/**
 * Whether a file that a search comes upon is a project file or a catalogue by its name and place, and so no campaign:
 * the project file of this run, any `campaignctl.yaml`, and `audiences.yaml` beside one. A file that says which campaign
 * it is counts as that, whatever its name.
 */
export function isOwnFile(
  path: string,
  { project, folder }: { readonly project: string | null; readonly folder: string },
): boolean {
  if (path === project) return true;
  const name = basename(path);
  if (name !== PROJECT_FILE && !(name === CATALOGUE_FILE && hasProject(dirname(path), folder))) return false;
  return !namesCampaign(path);
}

/** Without a project file the catalogue stands in the folder that is worked in. */
function hasProject(at: string, folder: string): boolean {
  return at === folder || statSync(join(at, PROJECT_FILE), { throwIfNoEntry: false }) !== undefined;
}

function namesCampaign(path: string): boolean {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > MAX_FILE_BYTES) return false;
    return /^\s*\{?\s*["']?campaignId["']?\s*:/m.test(readFileSync(path, "utf8"));
  } catch {
    // What cannot be read declares nothing.
    return false;
  }
}
