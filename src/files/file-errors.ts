import { isAbsolute, relative, sep } from "node:path";
import type { DiagnosticCode } from "../domain/diagnostics.ts";
import { systemCode } from "../text/system-code.ts";

/**
 * How a path is called in messages: relative to `cwd` when it lies in it, or in `folder`, which is that of the project
 * file; else absolute. With forward slashes.
 */
export function displayName(absolute: string, cwd: string, folder = cwd): string {
  const below = startsIn(cwd, absolute) ? absolute.slice(cwd.length + 1) : null;
  const isNear = below !== null || isInside(cwd, absolute) || isInside(folder, absolute);
  const name = below ?? (isNear ? relative(cwd, absolute) || "." : absolute);
  return sep === "/" ? name : name.split(sep).join("/");
}

/** Whether a path is a folder or lies below it, both absolute and normal. Looks at the names only. */
export function isInside(folder: string, path: string): boolean {
  if (startsIn(folder, path)) return true;
  const step = relative(folder, path);
  return step !== ".." && !step.startsWith(`..${sep}`) && !isAbsolute(step);
}

/** The usual case of {@link isInside}, for thousands of files. */
function startsIn(folder: string, path: string): boolean {
  return path.startsWith(folder) && path.startsWith(sep, folder.length) && path.length > folder.length + 1;
}

/** The code of an error of the file system. A loop of links ends as `ELOOP`. */
export function readErrorCode(error: unknown): DiagnosticCode {
  return systemCode(error) === "ELOOP" ? "symlink-refused" : "file-unreadable";
}

/** Whether an error says that there is nothing of that name. */
export function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Says in words why the system did not read a file or folder, and what to do. Throws what is no system error. */
export function explainReadError(error: unknown): string {
  const code = systemCode(error);
  // Anything else is a bug of this program and must not look like a mistake of the author's.
  if (code === null) throw error;
  return REASONS[code] ?? `The system says ${code}. Check the file and the disk, and try again.`;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "The system refuses access (EACCES). Check who may read it.",
  EPERM: "The system refuses access (EPERM). Check who may read it.",
  ENOENT:
    "It is gone, or it is a link that leads to nothing (ENOENT). Restore it, or delete the link, and try again.",
  ENOTDIR: "A part of its path is a file and no folder (ENOTDIR). Check the path.",
  ENAMETOOLONG: "Its name is too long for the system (ENAMETOOLONG). Check the path.",
  EBADF: "No stream was handed over under this name (EBADF). Check the redirection.",
  ELOOP: "The links lead back to themselves (ELOOP). Put a file in the place of the link.",
};
