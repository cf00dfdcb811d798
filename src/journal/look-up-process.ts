import { readFileSync } from "node:fs";
import { systemCode } from "../text/system-code.ts";

/**
 * What the system says of a process: when it began, as text that only compares, and whether it has ended already and
 * only waits for its parent to ask.
 */
export type FoundProcess = { readonly start: string; readonly isZombie: boolean };

/** Looks a process up in Linux's /proc (proc(5)). Null where the system does not say, or there is no such process. */
export function lookUpProcess(pid: number): FoundProcess | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 3 comes after the program's name, which may hold blanks and brackets. Field 22 counts ticks since boot.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, ticks] = [fields[0], fields[22 - 3]];
    return ticks === undefined ? null : { start: `${boot}/${ticks}`, isZombie: state === "Z" };
  } catch {
    return null;
  }
}

/** Whether some process has the id. One that we may not signal counts. */
export function isInUse(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
