import { closeSync } from "node:fs";
import { isatty } from "node:tty";
import { withResultLost } from "../../domain/exit-codes.ts";

/**
 * `| head` closes the pipe early: the run goes on, and its exit code still counts. An output that cannot be written for
 * another reason, such as a full disk, is told, and a run that went well ends with 1. Call once.
 */
export function tolerateClosedReaders(process: NodeJS.Process): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || (error.code === "EIO" && process.stdout.isTTY)) return;
    process.stderr.write(`error: The result could not be printed (${error.code ?? error.message}).\n`);
    process.once("exit", (code) => {
      process.exitCode = withResultLost(code);
    });
  });
}

/**
 * Node sets its terminals right as it exits, and aborts where one was closed meanwhile: such a one is let go of before,
 * so that the exit code is ours. Call once, at the start.
 */
export function letGoOfClosedTerminals(process: NodeJS.Process): void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  process.once("exit", () => {
    for (const fd of terminals) if (!isatty(fd)) letGo(fd);
  });
}

function letGo(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // Then Node has nothing to set right there.
  }
}
