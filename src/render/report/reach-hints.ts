import type { ApplyResult, Report } from "../../domain/model.ts";

const LOOK_AGAIN = "Run `campaignctl wait` to look again; it writes nothing.";
const WAIT_LONGER = "Run `campaignctl wait` again, with a longer `--wait-timeout`.";
const NOT_PROVEN =
  "Where nothing proves that the evaluation is of these audiences, give the report of the apply that wrote them (`campaignctl wait --after REPORT`), or save the audiences anew in the portal.";
const DIFFERS =
  "Where the live audiences are not those of the file, run `campaignctl plan`: waiting does not help.";

/** The API's advice is to retry or rebind, and what is live already is not written again. */
const FAILED =
  "Where the evaluation failed, save the audiences anew in the portal, then run `campaignctl wait`.";
const REFUSED = "Mend the credentials first (see the message), then run `campaignctl wait`.";

/** What to do about reach that is not confirmed: `campaignctl wait` only where it can help. */
export function reachHint({ unconfirmedReason, reach }: ApplyResult, reportKind: Report["kind"]): string {
  switch (unconfirmedReason) {
    case "live-differs":
      return DIFFERS;
    case "evaluation-failed":
      return FAILED;
    case "not-proven":
      return reach?.status === "failed" ? FAILED : NOT_PROVEN;
    case "stopped":
      return REFUSED;
    case "timeout":
      return reportKind === "wait-report" ? WAIT_LONGER : LOOK_AGAIN;
    case "interrupted":
    case "unreadable":
      return LOOK_AGAIN;
    case null:
      return reach?.status === "failed" ? FAILED : LOOK_AGAIN;
  }
}
