import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { resultIn } from "./other-kind.ts";
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
  if (name !== PROJECT_FILE && name !== CATALOGUE_FILE) return false;
  const at = dirname(path);
  // Without a project file the catalogue stands in the folder that is worked in.
  const isBeside =
    at === folder || (project !== null && at === dirname(project)) || existsSync(join(at, PROJECT_FILE));
  if (name === CATALOGUE_FILE && !isBeside) return false;
  return !holdsCampaign(path);
}

/** Whether a file says which campaign it is. What cannot be read says nothing. */
export function holdsCampaign(path: string): boolean {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > MAX_FILE_BYTES) return false;
    const bytes = readFileSync(path);
    return resultIn(bytes) === null && /(?:^|[{,"'\s])campaignId["']?\s*:/.test(bytes.toString());
  } catch {
    return false;
  }
}
