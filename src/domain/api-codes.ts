import type { CampaignError, UnreadableReason } from "./model.ts";

/**
 * What the API's own codes mean here; no other file knows how one is spelt. They are matched on their last dotted part,
 * since what stands before it differs between the parts of the API (API sheet, 18: 22).
 */
type Refused = Pick<CampaignError, "status" | "code">;

/** Whether a write was refused because the campaign is no draft any more. */
export function isRefusedAsLocked({ status, code }: Refused): boolean {
  return status === 409 && lastPart(code) === "NOT_DRAFT";
}

/** Our own code of a campaign that somebody changed since it was written. */
export const CHANGED_SINCE = "changed-since";

/** The plan's word for a failed read. */
export function unreadableReasonOf({ status, code }: Refused): UnreadableReason {
  if (status === null && code === CHANGED_SINCE) return CHANGED_SINCE;
  if (status === 404) return "not-found";
  if (status !== 409) return "unreadable";
  switch (lastPart(code)) {
    case "TYPE_UNSUPPORTED":
    case "SUMMARY_TYPE_UNSUPPORTED":
      return "unsupported-type";
    case "SUMMARY_UNAVAILABLE":
      return "summary-unavailable";
    default:
      return "unreadable";
  }
}

/** Whether it is the API itself that knows no such campaign: any server may answer 404 to a URL that it does not have. */
export function isUnknownCampaign({ status, code }: Refused): boolean {
  return status === 404 && lastPart(code) === "NOT_FOUND" && code.split(".").includes("CAMPAIGNS");
}

/** Whether a code says that a scope is missing. Two parts of the API call it differently (API sheet, 3). */
export function isMissingScope(code: string): boolean {
  return /(?:^|\.)(?:INSUFFICIENT_SCOPE|AUTH\.FORBIDDEN)$/i.test(code);
}

function lastPart(code: string): string {
  return code.slice(code.lastIndexOf(".") + 1);
}
