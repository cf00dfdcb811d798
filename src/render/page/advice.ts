import type { ApplyResult, Report } from "../../domain/model.ts";
import { readMend } from "./facts.ts";

/** What to do about reach that is not confirmed, by why it is not. */
export type ReachWords = {
  readonly lookAgain: string;
  readonly waitLonger: string;
  readonly notProven: string;
  readonly differs: string;
  readonly failed: string;
  readonly refused: string;
};

const LOOK_AGAIN = "Run `campaignctl wait` to look again; it writes nothing.";

const WORDS: ReachWords = {
  lookAgain: LOOK_AGAIN,
  waitLonger: LOOK_AGAIN,
  notProven:
    "Where nothing proves that the evaluation is of these audiences, give the report of the apply that wrote them (`campaignctl wait --after REPORT`), or save the audiences anew in the portal.",
  differs:
    "Where the live audiences are not those of the file, run `campaignctl plan`: waiting does not help.",
  // The API's advice is to retry or rebind, and what is live already is not written again.
  failed: "Where the evaluation failed, save the audiences anew in the portal, then run `campaignctl wait`.",
  refused: "Mend the credentials first (see the message), then run `campaignctl wait`.",
};

/** The words of the commands. */
const REACH_WORDS: Readonly<Record<Report["kind"], ReachWords>> = {
  "apply-report": WORDS,
  "wait-report": {
    ...WORDS,
    waitLonger: "Run `campaignctl wait` again, with a longer `--wait-timeout`.",
  },
};

/** What to do about reach that is not confirmed: to look again only where that can help. */
export function reachHint({ unconfirmedReason, reach }: ApplyResult, words: ReachWords): string {
  switch (unconfirmedReason) {
    case "live-differs":
      return words.differs;
    case "evaluation-failed":
      return words.failed;
    case "not-proven":
      return reach?.status === "failed" ? words.failed : words.notProven;
    case "stopped":
      return words.refused;
    case "timeout":
      return words.waitLonger;
    case "interrupted":
    case "unreadable":
      return words.lookAgain;
    case null:
      return reach?.status === "failed" ? words.failed : words.lookAgain;
  }
}

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
