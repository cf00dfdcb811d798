import { readFileSync, statSync } from "node:fs";
import { isBlob } from "../declarations/blob-id.ts";
import { MAX_CATALOGUE_BYTES } from "../domain/source-file.ts";

/** The bytes of a file of the disk where they are those of a blob, so that nobody need be asked for it; else null. */
export function localBlob(path: string, id: string): Uint8Array | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > MAX_CATALOGUE_BYTES) return null;
    const bytes = readFileSync(path);
    return isBlob(bytes, id) ? bytes : null;
  } catch {
    return null;
  }
}
