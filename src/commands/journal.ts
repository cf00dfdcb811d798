import { join } from "node:path";
import type { Plan } from "../domain/model.ts";
import type { Clock, Journal } from "../domain/ports.ts";
import { earlierRunsText } from "../journal/earlier-runs-text.ts";
import { createFileJournal, type JournalTrouble } from "../journal/file-journal.ts";
import { findEarlierRuns } from "../journal/find-earlier-runs.ts";
import { messageOf } from "../text/error-text.ts";
import { escapeText } from "../text/invisible.ts";

/** Where an apply notes its writes: in files of the working directory, which the next run reads, or elsewhere. */
export type JournalOrder =
  | {
      readonly kind: "files";
      readonly cwd: string;
      /** Is given printable sentences. */
      warn(sentence: string): void;
    }
  | ({ readonly kind: "elsewhere" } & Journal);

/** The journal of this run. */
type RunJournal = Journal & {
  /** The run came to its end. `isTold`: what is live was read, so earlier runs need not be told of again. Never throws. */
  end(outcome: { readonly isTold: boolean }): void;
};

/** Begins the journal of this run; in files, tells first what earlier runs left open. */
export function beginJournal(
  { apiUrl, digest, scope: { shard } }: Plan,
  order: JournalOrder,
  clock: Clock,
): RunJournal {
  if (order.kind === "elsewhere") return { note: order.note, end: () => undefined };
  const { cwd, warn } = order;
  const folder = join(cwd, ".campaignctl");
  const earlier = findEarlierRuns(folder, apiUrl, shard);
  for (const text of earlierRunsText(earlier)) warn(text);
  const journal = createFileJournal({ folder, apiUrl, planDigest: digest, shard }, clock, (trouble, error) =>
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
