import { join } from "node:path";
import type { Plan } from "../domain/model.ts";
import type { Clock, Journal } from "../domain/ports.ts";
import { earlierRunsText } from "../journal/earlier-runs-text.ts";
import { createFileJournal, type JournalTrouble } from "../journal/file-journal.ts";
import { findEarlierRuns } from "../journal/find-earlier-runs.ts";
import { messageOf } from "../text/error-text.ts";
import { escapeText } from "../text/invisible.ts";

/** The journal of this run, in the working directory. */
export type RunJournal = Journal & {
  /** The run came to its end. `isTold`: what is live was read, so earlier runs need not be told of again. Never throws. */
  end(outcome: { readonly isTold: boolean }): void;
};

/**
 * Tells what earlier runs left open, and begins the journal of this one.
 *
 * @param place `cwd` is where the journals are kept; `warn` is given printable sentences.
 */
export function beginJournal(
  { apiUrl, digest }: Plan,
  { cwd, clock, warn }: { readonly cwd: string; readonly clock: Clock; warn(sentence: string): void },
): RunJournal {
  const folder = join(cwd, ".campaignctl");
  const earlier = findEarlierRuns(folder, apiUrl);
  for (const text of earlierRunsText(earlier)) warn(text);
  const journal = createFileJournal({ folder, apiUrl, planDigest: digest }, clock, (trouble, error) =>
    warn(troubleText(trouble, error)),
  );
  return {
    note: journal.note,
    end({ isTold }) {
      journal.close();
      if (isTold) earlier.forget();
    },
  };
}

function troubleText(trouble: JournalTrouble, error: unknown): string {
  const why = escapeText(messageOf(error));
  return trouble === "not-written"
    ? `The journal in .campaignctl cannot be written (${why}). The run goes on; should it be killed, the next one cannot say what was under way.`
    : `The journal in .campaignctl cannot be taken away (${why}). The run came to its end; the next apply may say that it did not.`;
}
