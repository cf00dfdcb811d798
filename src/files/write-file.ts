import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../domain/errors.ts";
import { messageOf } from "../text/error-text.ts";
import { systemCode } from "../text/system-code.ts";
import { descriptorOf, writeDescriptor } from "./descriptor.ts";

/**
 * Checks, before anything is sent, that a result file can be written later.
 *
 * @throws UsageError when its folder does not exist, the path is a folder, or the system refuses.
 */
export function checkWritable(path: string, flag: string): void {
  if (path === "") throw new UsageError(`${flag}: no name was given.`, "Name a file.");
  const descriptor = descriptorOf(path);
  try {
    if (descriptor === null) checkPlace(path, flag);
    // What it leads to may have no name any more.
    else fstatSync(descriptor);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (systemCode(error) === "ENXIO" && statOf(path)?.isFIFO()) {
      throw new UsageError(
        `${flag} ${path}: nobody reads this pipe.`,
        "Start what reads it first, or name a file.",
      );
    }
    throw new UsageError(
      `${flag} ${path}: cannot write there (${systemCode(error) ?? messageOf(error)}).`,
      "Choose another place, or see who may write there.",
    );
  }
}

function checkPlace(path: string, flag: string): void {
  const folder = dirname(followLinks(path));
  if (!statOf(folder)?.isDirectory()) {
    throw new UsageError(`${flag} ${path}: the folder ${folder} does not exist.`, "Make it first.");
  }
  if (/[\\/]$/.test(path) || statOf(resolve(path))?.isDirectory()) {
    throw new UsageError(`${flag} ${path}: this is a folder.`, "Name a file in it.");
  }
  probe(path);
}

/** Changes nothing, and throws what would keep the file from being written. */
function probe(path: string): void {
  // A name that is too long, for one.
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) {
    if (!held.has(path)) held.set(path, openSpecial(path));
    return;
  }
  const target = followLinks(path);
  try {
    if (stats !== undefined) {
      closeSync(openSync(target, "r+"));
      return;
    }
  } catch (error) {
    // Only of whoever may not write to the file itself: it can still be replaced.
    if (systemCode(error) !== "EACCES" || stats === undefined || !isReplaceable(target, stats)) throw error;
  }
  const temporary = temporaryName(target);
  const descriptor = openSync(temporary, "wx");
  try {
    // The owner may not be one that can be given back.
    if (stats !== undefined) keepAccess(descriptor, stats);
  } finally {
    closeSync(descriptor);
    rmSync(temporary);
  }
}

/** Pipes and devices that a check has opened: were they closed until they are written, whoever reads would see the end. */
const held = new Map<string, number>();

/** Never waits for somebody who reads, since no signal would end that. */
function openSpecial(path: string): number {
  return openSync(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
}

function writeSpecial(path: string, text: string): void {
  const descriptor = held.get(path) ?? openSpecial(path);
  held.delete(path);
  try {
    writeDescriptor(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** A second name would keep what the file was; and in a folder such as /tmp nobody may replace what is another's. */
function isReplaceable(target: string, { nlink, uid }: Stats): boolean {
  const folder = statSync(dirname(target));
  const me = process.geteuid?.();
  return nlink === 1 && ((folder.mode & 0o1000) === 0 || me === uid || me === folder.uid);
}

/**
 * Writes a file whole or not at all: to a temporary name beside it, then by rename. Who may read it stays as it was; links
 * stay links. Where the system lets no file be replaced it is written in place, as are devices, pipes and open descriptors.
 */
export function writeFileWhole(path: string, text: string): void {
  const descriptor = descriptorOf(path);
  if (descriptor !== null) writeDescriptor(descriptor, text);
  else if (isSpecial(path)) writeSpecial(path, text);
  else writeRegular(followLinks(path), text);
}

function writeRegular(target: string, text: string): void {
  const old = statOf(target);
  // Of a file with more than one name the others would keep what it was.
  let inPlace = old?.isFile() === true && old.nlink > 1;
  try {
    if (!inPlace) replace(target, text, old);
  } catch (error) {
    inPlace = old !== undefined && NOT_REPLACED.has(systemCode(error) ?? "");
    if (!inPlace) throw error;
  }
  if (inPlace) writeInPlace(target, text);
}

/** A folder that takes no new file, a file that is mounted by itself, an owner that cannot be given back. */
const NOT_REPLACED: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "EBUSY", "EXDEV", "ENOTSUP"]);

function replace(target: string, text: string, old: Stats | undefined): void {
  const temporary = temporaryName(target);
  try {
    const descriptor = openSync(temporary, "wx", old === undefined ? 0o666 : 0o600);
    try {
      if (old !== undefined) keepAccess(descriptor, old);
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

function keepAccess(descriptor: number, { uid, gid, mode }: Stats): void {
  const made = fstatSync(descriptor);
  if (made.uid !== uid || made.gid !== gid) fchownSync(descriptor, uid, gid);
  if (made.mode !== mode) fchmodSync(descriptor, mode & 0o7777);
}

function writeInPlace(target: string, text: string): void {
  const descriptor = openSync(target, "r+");
  try {
    writeDescriptor(descriptor, text);
    ftruncateSync(descriptor, Buffer.byteLength(text));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether two paths name one file, links followed. Devices and pipes take more than one writer. */
export function isSameFile(one: string, other: string): boolean {
  const areFiles = [one, other].every((path) => descriptorOf(path) === null && !isSpecial(path));
  return areFiles && followLinks(one) === followLinks(other);
}

function isSpecial(path: string): boolean {
  const stats = statOf(path);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/** Longest chain of links that is followed, as the system has it. */
const MAX_LINKS = 40;

/** The file that is meant, links followed; it may be missing, and its folder too. */
export function followLinks(path: string, links = MAX_LINKS): string {
  if (statOf(path) !== undefined) return realpathSync(path);
  const folder = dirname(resolve(path));
  const target = join(statOf(folder) === undefined ? folder : realpathSync(folder), basename(resolve(path)));
  const next = links > 0 ? linkAt(target) : null;
  return next === null ? target : followLinks(resolve(dirname(target), next), links - 1);
}

/** Where a link leads that leads to nothing yet. */
function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
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
