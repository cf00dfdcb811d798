import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { messageOf } from "./error-text.ts";
import { UsageError } from "./errors.ts";
import { systemCode } from "./system-code.ts";

/**
 * Checks, before anything is sent, that a result file can be written later.
 *
 * @throws UsageError when its folder does not exist or the path is a folder.
 */
export function checkWritable(path: string, flag: string): void {
  const folder = dirname(resolve(path));
  if (!statOf(folder)?.isDirectory()) {
    throw new UsageError(`${flag} ${path}: the folder ${folder} does not exist.`, "Make it first.");
  }
  if (statOf(resolve(path))?.isDirectory()) {
    throw new UsageError(`${flag} ${path}: this is a folder.`, "Name a file in it.");
  }
  if (isSpecial(path)) return;
  try {
    // A name that is too long, for one.
    statSync(path, { throwIfNoEntry: false });
    const probe = temporaryName(targetOf(path));
    closeSync(openSync(probe, "wx"));
    rmSync(probe);
  } catch (error) {
    throw new UsageError(
      `${flag} ${path}: cannot write there (${systemCode(error) ?? messageOf(error)}).`,
      "Choose another folder.",
    );
  }
}

/**
 * Writes a file whole or not at all: to a temporary name beside it, then by rename. A link is followed; a device or a
 * pipe is written to directly.
 */
export function writeFileWhole(path: string, text: string): void {
  if (isSpecial(path)) {
    writeFileSync(path, text);
    return;
  }
  const target = targetOf(path);
  const temporary = temporaryName(target);
  try {
    const descriptor = openSync(temporary, "wx");
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Whether two paths name one file, links followed. Devices and pipes take more than one writer. */
export function isSameFile(one: string, other: string): boolean {
  return !isSpecial(one) && targetOf(one) === targetOf(other);
}

function isSpecial(path: string): boolean {
  const stats = statOf(path);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/** The file that is meant, links followed; it may be missing, and its folder too. */
export function targetOf(path: string): string {
  if (statOf(path) !== undefined) return realpathSync(path);
  const folder = dirname(resolve(path));
  return join(statOf(folder) === undefined ? folder : realpathSync(folder), basename(resolve(path)));
}

/** What is there. Why it cannot be seen is told by whoever reads or writes it. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** In the same folder, so that it can be renamed; never the name of a run that was killed, and short enough. */
function temporaryName(path: string): string {
  return join(dirname(path), `.campaignctl-${randomUUID()}.tmp`);
}
