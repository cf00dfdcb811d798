import type { ApplyResult, Report } from "../../domain/model.ts";
import { readMend } from "./facts.ts";
import { REACH_WORDS, reachHint } from "./reach-hints.ts";

/** What a reader can do about what a report tells, in the words of the front end that shows it. */
export type Advice = {
  readonly stale: string;
  readonly failed: string;
  readonly notAttempted: string;
  readonly skipped: string;
  /** Where the credentials were refused. */
  readonly noAccess: string;
  /** About one result whose reach is not confirmed. */
  reach(result: ApplyResult): string;
  /** About one result that failed for a reason of its own; null where there is no more to say than of all. */
  mend(result: ApplyResult): string | null;
};

/** Said by every front end: only drafts can be changed. */
export const SKIPPED =
  "Only a draft can be changed. Make the file say what is live, or give it the id of a draft.";

const APPLY: Advice = {
  stale: "Run `campaignctl plan`, review it again, then apply.",
  failed:
    "Run `campaignctl plan` to see what is live, then apply again. What is there already is not written twice.",
  notAttempted: "Run the same command again.",
  skipped: SKIPPED,
  noAccess: "Mend the credentials first (see the message), then run the same command again.",
  reach: (result) => reachHint(result, REACH_WORDS["apply-report"]),
  mend: () => null,
};

const WAIT_AGAIN = "Run `campaignctl wait` again.";

/** What whoever runs a command can do about its report. */
export const COMMAND_ADVICE: Readonly<Record<Report["kind"], Advice>> = {
  "apply-report": APPLY,
  // It never writes.
  "wait-report": {
    ...APPLY,
    notAttempted: WAIT_AGAIN,
    skipped: "Only drafts are waited for.",
    reach: (result) => reachHint(result, REACH_WORDS["wait-report"]),
    mend: (result) => readMend(result) ?? WAIT_AGAIN,
  },
};
