import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** Whether a link is on the way to a file: a commit may have changed what it leads to, under another path. */
export function isLinked(workspace: string, path: string): boolean {
  try {
    return realpathSync(join(workspace, path)) !== join(realpathSync(workspace), path);
  } catch {
    // Not there.
    return false;
  }
}

/** Text of a file that is checked out; null where it is not there, or cannot be read. */
export function textOnDisk(workspace: string, path: string): string | null {
  try {
    return readFileSync(join(workspace, path), "utf8");
  } catch {
    // Not there, as far as this run is concerned: it has read the same path, and told whatever is wrong with it.
    return null;
  }
}
