import { closeSync } from "node:fs";
import { isatty } from "node:tty";

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
