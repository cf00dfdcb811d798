import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock, Journal } from "../ports.ts";
import { systemCode } from "../system-code.ts";
import { encodeEntry, type RunFacts } from "./entry.ts";

/** A journal in a file of its own. */
export type FileJournal = Journal & {
  /** Takes the file away: the run came to its end, and its report says everything. */
  close(): void;
};

export type JournalPlace = {
  readonly folder: string;
  readonly apiUrl: string;
  readonly planDigest: string;
};

/**
 * The journal of one run: a file in `folder` that appears with the first write. Each line is handed to the system before
 * `note` returns, so it outlives a killed process.
 *
 * @param onTrouble is told once why the journal cannot be written; no further line is tried then.
 */
export function createFileJournal(
  { folder, apiUrl, planDigest }: JournalPlace,
  clock: Clock,
  onTrouble: (error: unknown) => void,
): FileJournal {
  const facts: RunFacts = { run: randomUUID(), pid: process.pid, host: hostname(), apiUrl, planDigest };
  const file = join(folder, `apply-${facts.run}.jsonl`);
  let descriptor: number | null = null;
  let isBroken = false;
  return {
    note(campaignId, step) {
      if (isBroken) return;
      try {
        descriptor ??= openFile(folder, file);
        const at = new Date(clock.now()).toISOString();
        appendLine(descriptor, encodeEntry({ ...facts, at, campaignId, step }));
      } catch (error) {
        isBroken = true;
        onTrouble(error);
      }
    },
    close() {
      if (descriptor === null) return;
      closeSync(descriptor);
      descriptor = null;
      isBroken = true;
      rmSync(file, { force: true });
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

/** A disk that is nearly full takes a part of the line without an error. */
function appendLine(descriptor: number, line: string): void {
  const bytes = Buffer.from(line);
  if (writeSync(descriptor, bytes) < bytes.length) throw new Error("The disk is full.");
}
