import { lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { systemCode } from "../system-code.ts";
import { type EarlierRun, readJournal } from "./earlier-run.ts";

/** Over what a run of 100,000 writes leaves behind. */
const MAX_BYTES = 128 * 1024 * 1024;

const JOURNAL_NAME = /^apply-[0-9a-f-]{36}\.jsonl$/;

/** What the journals in a folder tell of other runs against one API. */
export type EarlierRuns = {
  /** Runs that ended without taking their journal away. */
  readonly ended: readonly EarlierRun[];
  /** Runs whose process seems to be there still. */
  readonly running: readonly EarlierRun[];
  /** Files with lines that were not understood. */
  readonly damaged: readonly string[];
  /** Takes away the journals of `ended`. */
  forget(): void;
};

/** Looks for journals of earlier runs. Never throws: what cannot be read explains nothing. */
export function findEarlierRuns(folder: string, apiUrl: string): EarlierRuns {
  const journals = namesIn(folder).flatMap((name) => {
    const file = join(folder, name);
    const text = readText(file);
    return text === null ? [] : [{ name, file, ...readJournal(text) }];
  });
  const here = journals.flatMap(({ file, run }) => (run?.apiUrl === apiUrl ? [{ file, run }] : []));
  const ended = here.filter(({ run }) => !isRunning(run));
  return {
    ended: ended.map(({ run }) => run),
    running: here.filter(({ run }) => isRunning(run)).map(({ run }) => run),
    damaged: journals.filter(({ isDamaged }) => isDamaged).map(({ name }) => name),
    forget() {
      for (const { file } of ended) remove(file);
    },
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => JOURNAL_NAME.test(name))
      .sort();
  } catch {
    return [];
  }
}

function readText(file: string): string | null {
  try {
    const stats = lstatSync(file);
    return stats.isFile() && stats.size <= MAX_BYTES ? readFileSync(file, "utf8") : null;
  } catch {
    return null;
  }
}

/** On another machine a process cannot be looked for; in a container every run may have the same id. */
function isRunning({ pid, host }: EarlierRun): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is told of once more next time: a nuisance, not a fault.
  }
}
