import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { makeDiagnostic } from "../diagnostics.ts";
import type { Diagnostic } from "../domain.ts";
import { displayName, explainReadError, isInside, readErrorCode } from "./file-errors.ts";
import { MAX_FILE_BYTES, PROJECT_FILE, type SourceFile } from "./source-file.ts";

export { findCampaignFiles } from "./find-files.ts";
export type { SourceFile } from "./source-file.ts";

/**
 * Reads files one at a time, when asked for the next one; a diagnostic stands for one that cannot be read. Never waits
 * for a pipe or a device, and never reads more than 64 KiB.
 *
 * @param roots real paths of folders, besides `cwd`, into which a symbolic link may lead; see `findCampaignFiles`.
 */
export function* readSourceFiles(
  files: Iterable<string>,
  cwd: string,
  roots: readonly string[] = [],
): Iterable<SourceFile | Diagnostic> {
  const place = placeAt(cwd, roots);
  for (const file of files) yield readSource(resolve(place.cwd, file), place);
}

/** Reads the project file; null when no path is given and there is none in `cwd`. */
export function readProjectFile(configPath: string | null, cwd: string): SourceFile | Diagnostic | null {
  const path = resolve(cwd, configPath ?? PROJECT_FILE);
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      return readSource(path, placeAt(cwd, []));
    }
  } catch (error) {
    return unreadable(displayName(path, cwd), error);
  }
  if (configPath === null) return null;
  const detail = "There is no project file of this name. Check --config and the folder you are in.";
  return makeDiagnostic("path-not-found", { detail, file: displayName(path, cwd) });
}

/** From where files are read, and where links may lead. */
type Place = {
  readonly cwd: string;
  readonly roots: readonly string[];
  /** The real path of a folder, which is looked up once. */
  readonly realOf: (folder: string) => string;
};

function placeAt(cwd: string, roots: readonly string[]): Place {
  const known = new Map<string, string>();
  const realOf = (folder: string): string => {
    const real = known.get(folder) ?? realpathSync.native(folder);
    known.set(folder, real);
    return real;
  };
  return { cwd: resolve(cwd), roots, realOf };
}

function readSource(path: string, place: Place): SourceFile | Diagnostic {
  const file = displayName(path, place.cwd);
  try {
    const real = realpathSync.native(path);
    if (isGitsOwn(real)) return leadsIntoGit(file);
    if (!mayLeadTo(real, path, place)) return leadsOutside(file);
    const special = kindOf(statSync(real));
    return special === null ? readRegular(file, real) : notRegular(file, special);
  } catch (error) {
    return unreadable(file, error);
  }
}

/** Git keeps credentials there, and a mistake in a file is shown with the line that it is in. */
function isGitsOwn(real: string): boolean {
  return real.split(sep).includes(".git");
}

/** A file that was named from outside of `cwd` may still be a link within its own folder. */
function mayLeadTo(real: string, path: string, { cwd, roots, realOf }: Place): boolean {
  const base = isInside(cwd, path) ? cwd : dirname(path);
  return [base, cwd, ...roots].some((root) => isInside(realOf(root), real));
}

function readRegular(file: string, real: string): SourceFile | Diagnostic {
  // Should a pipe have taken the place of the file meanwhile, opening it must not wait for a writer.
  const handle = openSync(
    real,
    constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
  );
  try {
    const stats = fstatSync(handle);
    const special = kindOf(stats);
    if (special !== null) return notRegular(file, special);
    if (stats.size > MAX_FILE_BYTES) return tooLarge(file, stats.size);
    const bytes = Buffer.allocUnsafe(stats.size + 1);
    const count = readFully(handle, bytes);
    return count === stats.size ? { file, bytes: bytes.subarray(0, count) } : changed(file);
  } finally {
    closeSync(handle);
  }
}

function readFully(handle: number, bytes: Uint8Array): number {
  let count = 0;
  while (count < bytes.length) {
    const read = readSync(handle, bytes, count, bytes.length - count, null);
    if (read === 0) break;
    count += read;
  }
  return count;
}

function kindOf(stats: Stats): string | null {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

function unreadable(file: string, error: unknown): Diagnostic {
  return makeDiagnostic(readErrorCode(error), { detail: explainReadError(error), file });
}

function leadsIntoGit(file: string): Diagnostic {
  const detail =
    "It leads into a folder of Git's own, which holds no campaigns. Put the file itself in its place.";
  return makeDiagnostic("symlink-refused", { detail, file });
}

function leadsOutside(file: string): Diagnostic {
  const detail =
    "It leads out of the working directory and of the folders named on the command line, so that anybody's file " +
    "could be read. Put the file itself in its place, or name its own folder.";
  return makeDiagnostic("symlink-refused", { detail, file });
}

function notRegular(file: string, kind: string): Diagnostic {
  const detail = `It is ${kind}, and only regular files are read. Rename or remove it, or name another path.`;
  return makeDiagnostic("not-a-regular-file", { detail, file });
}

function tooLarge(file: string, size: number): Diagnostic {
  const detail =
    `It has ${size} bytes, and at most ${MAX_FILE_BYTES} are read, which is about 70 usual campaign files. Write one ` +
    `campaign a file, and leave out what does not belong to it.`;
  return makeDiagnostic("file-too-large", { detail, file });
}

function changed(file: string): Diagnostic {
  const detail = "Its size changed while it was read, so it may be half written. Try again when it is whole.";
  return makeDiagnostic("file-unreadable", { detail, file });
}
