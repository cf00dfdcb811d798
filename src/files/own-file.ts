import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CATALOGUE, type OtherKind, PROJECT, resultIn } from "../declarations/other-kind.ts";
import { CATALOGUE_FILE, MAX_FILE_BYTES, PROJECT_FILE } from "../domain/source-file.ts";

/** Files of a run that are no campaigns, absolute; null where there is none. */
type OwnFiles = {
  readonly project: string | null;
  /** The one that the project file names. */
  readonly catalogue: string | null;
  /** The folder that patterns are relative to. */
  readonly folder: string;
};

/**
 * What a file is that by its name and place is no campaign: the project file of this run, any `campaignctl.yaml`, and
 * `audiences.yaml` beside one. Null for any other, and for one that says which campaign it is, whatever its name.
 */
export function ownKindOf(path: string, { project, catalogue, folder }: OwnFiles): OtherKind | null {
  if (path === project) return PROJECT;
  if (path === catalogue) return CATALOGUE;
  const name = basename(path);
  if (name !== PROJECT_FILE && name !== CATALOGUE_FILE) return null;
  const at = dirname(path);
  // Without a project file the catalogue stands in the folder that is worked in.
  const isBeside = [folder, project === null ? null : dirname(project)].includes(at) || hasProject(at);
  if (name === CATALOGUE_FILE && !isBeside) return null;
  if (holdsCampaign(path)) return null;
  return name === PROJECT_FILE ? PROJECT : CATALOGUE;
}

function hasProject(folder: string): boolean {
  return existsSync(join(folder, PROJECT_FILE));
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
