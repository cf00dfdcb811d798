import type { ApplyResult, Report } from "../../domain/model.ts";

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
export const REACH_WORDS: Readonly<Record<Report["kind"], ReachWords>> = {
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
