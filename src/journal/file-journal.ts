import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock, Journal } from "../domain/ports.ts";
import { systemCode } from "../text/system-code.ts";
import { encodeEntry, type RunFacts } from "./entry.ts";
import { lookUpProcess } from "./look-up-process.ts";

/** A journal in a file of its own. */
export type FileJournal = Journal & {
  /** Takes the file away: the run came to its end, and its report says everything. Never throws. */
  close(): void;
};

/** What goes wrong with a journal: a line could not be written, or the file could not be taken away at the end. */
export type JournalTrouble = "not-written" | "not-removed";

export type JournalPlace = {
  readonly folder: string;
  readonly apiUrl: string;
  readonly planDigest: string;
  /** As in the scope of the plan. */
  readonly shard: string | null;
};

/**
 * The journal of one run: a file in `folder` that appears with the first write. Each line is handed to the system before
 * `note` returns, so it outlives a killed process.
 *
 * @param onTrouble is told once why the journal cannot be written, and no further line is tried then; and once why its
 *   file cannot be taken away. It must not throw.
 */
export function createFileJournal(
  { folder, apiUrl, planDigest, shard }: JournalPlace,
  clock: Clock,
  onTrouble: (trouble: JournalTrouble, error: unknown) => void,
): FileJournal {
  const { pid } = process;
  const processStart = lookUpProcess(pid)?.start ?? null;
  const facts: RunFacts = {
    run: randomUUID(),
    pid,
    processStart,
    host: hostname(),
    apiUrl,
    planDigest,
    shard,
  };
  const file = join(folder, `apply-${facts.run}.jsonl`);
  let descriptor: number | null = null;
  let isOver = false;
  return {
    note(campaignId, step) {
      if (isOver) return;
      try {
        descriptor ??= openFile(folder, file);
        const at = new Date(clock.now()).toISOString();
        appendLine(descriptor, encodeEntry({ ...facts, at, campaignId, step }));
      } catch (error) {
        isOver = true;
        onTrouble("not-written", error);
      }
    },
    close() {
      isOver = true;
      if (descriptor === null) return;
      closeQuietly(descriptor);
      descriptor = null;
      try {
        rmSync(file, { force: true });
      } catch (error) {
        onTrouble("not-removed", error);
      }
    },
  };
}

function openFile(folder: string, file: string): number {
  unlessThere(() => mkdirSync(folder));
  unlessThere(() => writeFileSync(join(folder, ".gitignore"), "*\n", { flag: "wx" }));
  return openSync(file, "ax");
}

function unlessThere(make: () => void): void {
  try {
    make();
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // Lines that did not reach the disk are not missed: the file goes.
  }
}

/** A disk that is nearly full takes a part of the line without an error. */
function appendLine(descriptor: number, line: string): void {
  const bytes = Buffer.from(line);
  if (writeSync(descriptor, bytes) < bytes.length) throw new Error("The disk is full.");
}
