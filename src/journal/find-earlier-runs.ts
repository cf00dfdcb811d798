import { lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type EarlierRun, readJournal } from "./earlier-run.ts";
import { isInUse, lookUpProcess } from "./look-up-process.ts";

/** Over what a run of 100,000 writes leaves behind. */
const MAX_BYTES = 128 * 1024 * 1024;

const JOURNAL_NAME = /^apply-[0-9a-f-]{36}\.jsonl$/;

/** What the journals in a folder tell of other runs against one API. */
export type EarlierRuns = {
  /** Runs that ended without taking their journal away. */
  readonly ended: readonly EarlierRun[];
  /** Runs whose process is there still. */
  readonly running: readonly EarlierRun[];
  /** Runs whose process id is in use, by them or by another process. */
  readonly unsure: readonly EarlierRun[];
  /** Files with lines that were not understood. */
  readonly damaged: readonly string[];
  /** Takes away the journals of `ended`. Never throws. */
  forget(): void;
};

/**
 * Looks for journals of earlier runs. Never throws: what cannot be read explains nothing.
 *
 * @param shard of which part this run is: it knows nothing of runs of another part, and leaves these to their own.
 */
export function findEarlierRuns(folder: string, apiUrl: string, shard: string | null): EarlierRuns {
  const isOurs = (run: EarlierRun | null): run is EarlierRun =>
    run?.apiUrl === apiUrl && (shard === null || run.shard === null || run.shard === shard);
  const journals = namesIn(folder).flatMap((name) => {
    const file = join(folder, name);
    const text = readText(file);
    return text === null ? [] : [{ name, file, ...readJournal(text) }];
  });
  const here = journals.flatMap(({ file, run }) => (isOurs(run) ? [{ file, run, life: lifeOf(run) }] : []));
  const runsThatAre = (life: Life) => here.flatMap((found) => (found.life === life ? [found.run] : []));
  return {
    ended: runsThatAre("ended"),
    running: runsThatAre("running"),
    unsure: runsThatAre("unsure"),
    damaged: journals.filter(({ isDamaged }) => isDamaged).map(({ name }) => name),
    forget() {
      for (const { file, life } of here) if (life === "ended") remove(file);
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

type Life = "ended" | "running" | "unsure";

/** On another machine a process cannot be looked for; in a container every run may have the same id. */
function lifeOf({ pid, processStart, host }: EarlierRun): Life {
  if (host !== hostname() || pid === process.pid || !isInUse(pid)) return "ended";
  const found = lookUpProcess(pid);
  if (found?.isZombie) return "ended";
  if (found === null || processStart === null) return "unsure";
  return found.start === processStart ? "running" : "ended";
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is told of once more next time: a nuisance, not a fault.
  }
}
