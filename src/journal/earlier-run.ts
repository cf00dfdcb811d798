import { decodeEntry, type Entry, type RunFacts } from "./entry.ts";

/** A write that a journal leaves open: `accepted` when the API took it and nobody has read it back. */
type OpenWrite = { readonly campaignId: string; readonly isAccepted: boolean };

/** What the journal of one run says, as far as it can be understood. `lastAt` is ISO 8601. */
export type EarlierRun = RunFacts & { readonly lastAt: string; readonly open: readonly OpenWrite[] };

/**
 * Reads a journal's text. The run is null when no line of it can be understood. A last line that was cut off is as
 * usual; any other line that is not understood makes it `isDamaged`.
 */
export function readJournal(text: string): { readonly run: EarlierRun | null; readonly isDamaged: boolean } {
  const lines = text.split("\n");
  const tail = lines.pop() ?? "";
  const whole = lines.map(decodeEntry);
  const entries = [...whole, decodeEntry(tail)].filter((entry) => entry !== null);
  return { run: runOf(entries), isDamaged: whole.includes(null) };
}

function runOf(entries: readonly Entry[]): EarlierRun | null {
  const last = entries.at(-1);
  if (last === undefined) return null;
  const { at, campaignId: _, step: __, ...facts } = last;
  const steps = new Map(entries.map(({ campaignId, step }) => [campaignId, step]));
  const open = [...steps].flatMap(([campaignId, step]) =>
    step === "settled" ? [] : [{ campaignId, isAccepted: step === "accepted" }],
  );
  return { ...facts, lastAt: at, open };
}
