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
import { dirname, join, resolve, sep } from "node:path";
import { resultIn, tellNoCampaign } from "../declarations/other-kind.ts";
import { makeDiagnostic } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";
import { MAX_CATALOGUE_BYTES, MAX_FILE_BYTES, PROJECT_FILE, type SourceFile } from "../domain/source-file.ts";
import { descriptorOf, readDescriptor } from "./descriptor.ts";
import { displayName, explainReadError, isInside, isMissing, readErrorCode } from "./file-errors.ts";
import { misnamedIn, type ProjectPlace } from "./find-project.ts";

/** From where files are read, how they are called, and what of them must not be shown. */
export type ReadOptions = {
  readonly cwd: string;
  /** The folder that they were searched from: symbolic links may lead anywhere in it. */
  readonly folder: string;
  /** Real paths of more folders into which links may lead; see `findCampaignFiles`. */
  readonly roots: readonly string[];
  readonly secrets: readonly string[];
};

/**
 * Reads files one at a time, when asked for the next one; a diagnostic stands for one that cannot be read, or that is a
 * result of ours. Never waits for a device, nor for a pipe that was not handed over, and never reads more than 64 KiB.
 */
export function* readSourceFiles(
  files: Iterable<string>,
  options: ReadOptions,
): Iterable<SourceFile | Diagnostic> {
  const place = placeFor(options);
  for (const file of files) {
    const path = descriptorOf(file) === null ? resolve(place.cwd, file) : file;
    yield readSource(path, place, "campaign");
  }
}

/** Reads the project file; null when there is none, and none was named. */
export function readProjectFile(
  { path, folder }: ProjectPlace,
  options: Pick<ReadOptions, "cwd" | "secrets">,
): SourceFile | Diagnostic | null {
  const { cwd } = options;
  if (path === null) return tellMisnamed(folder, cwd);
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      return readSource(path, placeFor({ ...options, folder, roots: [] }), "project file");
    }
  } catch (error) {
    return unreadable(displayName(path, cwd, folder), error);
  }
  const detail = "There is no project file of this name. Check --config and the folder you are in.";
  return makeDiagnostic("path-not-found", { detail, file: displayName(path, cwd, folder) });
}

/** Where the catalogue of a run is, absolute, and whether the project file names it: then it must be there. */
export type CataloguePlace = { readonly path: string; readonly isNamed: boolean };

/** Reads the audience catalogue; null when there is none, and none was named. */
export function readCatalogueFile(
  { path, isNamed }: CataloguePlace,
  options: Pick<ReadOptions, "cwd" | "folder" | "secrets">,
): SourceFile | Diagnostic | null {
  const file = displayName(path, resolve(options.cwd), resolve(options.folder));
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      return readSource(path, placeFor({ ...options, roots: [] }), "catalogue");
    }
  } catch (error) {
    // Where a folder on the way is a file, there is none either.
    if (isNamed || !isMissing(error)) return unreadable(file, error);
  }
  if (!isNamed) return null;
  const detail =
    "The project file names this audience catalogue, and there is no such file. Mend the path, or add the file.";
  return makeDiagnostic("path-not-found", { detail, file });
}

/** A project file of nearly the right name would be passed over, with all that it says. */
function tellMisnamed(folder: string, cwd: string): Diagnostic | null {
  const other = misnamedIn(folder);
  if (other === null) return null;
  const detail = `There is ${other} here, and only a project file named ${PROJECT_FILE} is read. Rename it.`;
  return makeDiagnostic("path-not-found", {
    detail,
    file: displayName(join(folder, PROJECT_FILE), cwd, folder),
  });
}

type Place = ReadOptions & {
  /** The real path of a folder, which is looked up once. */
  readonly realOf: (folder: string) => string;
};

function placeFor(options: ReadOptions): Place {
  const known = new Map<string, string>();
  const realOf = (folder: string): string => {
    const real = known.get(folder) ?? realpathSync.native(folder);
    known.set(folder, real);
    return real;
  };
  return { ...options, cwd: resolve(options.cwd), folder: resolve(options.folder), realOf };
}

function readSource(
  path: string,
  place: Place,
  wanted: "campaign" | "project file" | "catalogue",
): SourceFile | Diagnostic {
  const file = displayName(path, place.cwd, place.folder);
  try {
    const most = wanted === "catalogue" ? MAX_CATALOGUE_BYTES : MAX_FILE_BYTES;
    const bytes = readPath(path, file, place, most);
    if ("code" in bytes) return bytes;
    const result = wanted === "campaign" ? resultIn(bytes) : null;
    if (result !== null) return tellNoCampaign(file, result);
    return bytes.length > most ? tooLarge(file, most) : { file, bytes, secrets: place.secrets };
  } catch (error) {
    return unreadable(file, error);
  }
}

function readPath(path: string, file: string, place: Place, most: number): Uint8Array | Diagnostic {
  const descriptor = descriptorOf(path);
  if (descriptor !== null) return readDescriptor(descriptor, most);
  const real = realpathSync.native(path);
  if (isGitsOwn(real)) return leadsIntoGit(file);
  if (!mayLeadTo(real, path, place)) return leadsOutside(file);
  const special = kindOf(statSync(real));
  return special === null ? readRegular(file, real, most) : notRegular(file, special);
}

/** Git keeps credentials there, and a mistake in a file is shown with the line that it is in. */
function isGitsOwn(real: string): boolean {
  return real.split(sep).includes(".git");
}

/** A file that was named from outside of the folder may still be a link within its own folder. */
function mayLeadTo(real: string, path: string, { folder, roots, realOf }: Place): boolean {
  const base = isInside(folder, path) ? folder : dirname(path);
  return [base, folder, ...roots].some((root) => isInside(realOf(root), real));
}

function readRegular(file: string, real: string, most: number): Uint8Array | Diagnostic {
  // Should a pipe have taken the place of the file meanwhile, opening it must not wait for a writer.
  const handle = openSync(
    real,
    constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
  );
  try {
    const stats = fstatSync(handle);
    const special = kindOf(stats);
    if (special !== null) return notRegular(file, special);
    // One byte more than is taken, so that a larger file is seen to be one, and what it begins with.
    const size = Math.min(stats.size, most + 1);
    const bytes = Buffer.allocUnsafe(size + 1);
    const count = readFully(handle, bytes);
    const isWhole = count === size || stats.size > size;
    return isWhole ? bytes.subarray(0, count) : changed(file);
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
    "It leads out of the folder of the project file, or else the working directory, and of the folders named on the " +
    "command line, so that anybody's file could be read. Put the file itself in its place, or name its own folder.";
  return makeDiagnostic("symlink-refused", { detail, file });
}

function notRegular(file: string, kind: string): Diagnostic {
  const detail = `It is ${kind}, and only regular files are read. Rename or remove it, or name another path.`;
  return makeDiagnostic("not-a-regular-file", { detail, file });
}

function tooLarge(file: string, most: number): Diagnostic {
  const detail =
    most === MAX_FILE_BYTES
      ? `It has more than ${most} bytes, and at most that many are read, which is about 70 usual campaign files. ` +
        `Write one campaign a file, and leave out what does not belong to it.`
      : `It has more than ${most} bytes, and at most that many are read. Shorten the descriptions, or leave out what nobody uses.`;
  return makeDiagnostic("file-too-large", { detail, file });
}

function changed(file: string): Diagnostic {
  const detail = "Its size changed while it was read, so it may be half written. Try again when it is whole.";
  return makeDiagnostic("file-unreadable", { detail, file });
}
