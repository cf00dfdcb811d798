import { join } from "node:path";
import { systemClock } from "../clock.ts";
import type { Plan } from "../domain.ts";
import { messageOf } from "../error-text.ts";
import { earlierRunsText } from "../journal/earlier-runs-text.ts";
import { createFileJournal } from "../journal/file-journal.ts";
import { findEarlierRuns } from "../journal/find-earlier-runs.ts";
import type { Journal } from "../ports.ts";
import { escapeText } from "../render/escape.ts";
import { warn } from "./run.ts";
import type { Session } from "./session.ts";

/** The journal of this run, in the working directory. */
export type RunJournal = Journal & {
  /** The run came to its end. `isTold`: what is live was read, so earlier runs need not be told of again. */
  end(outcome: { readonly isTold: boolean }): void;
};

/** Tells what earlier runs left open, and begins the journal of this one. */
export function beginJournal({ apiUrl, digest }: Plan, session: Session): RunJournal {
  const folder = join(session.cwd, ".campaignctl");
  const earlier = findEarlierRuns(folder, apiUrl);
  for (const text of earlierRunsText(earlier)) warn(text, session);
  const journal = createFileJournal({ folder, apiUrl, planDigest: digest }, systemClock, (error) =>
    warn(
      `The journal in .campaignctl cannot be written (${escapeText(messageOf(error))}). The run goes on; should it be killed, the next one cannot say what was under way.`,
      session,
    ),
  );
  return {
    note: journal.note,
    end({ isTold }) {
      journal.close();
      if (isTold) earlier.forget();
    },
  };
}
