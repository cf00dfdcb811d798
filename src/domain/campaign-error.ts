import { ApiError, ApiResponseError, InterruptedError, NetworkError } from "./errors.ts";
import type { CampaignError, UnreadableReason } from "./model.ts";

/** What went wrong with one campaign, as data. Anything that is not an answer or its absence is a bug and thrown on. */
export function campaignErrorOf(error: unknown): CampaignError {
  if (error instanceof ApiError || error instanceof ApiResponseError) {
    const { code, status, message, correlationId } = error;
    return { code, status, message, correlationId };
  }
  if (error instanceof NetworkError) {
    return { code: error.code, status: null, message: error.message, correlationId: null };
  }
  if (error instanceof InterruptedError) {
    return { code: "interrupted", status: null, message: error.message, correlationId: null };
  }
  throw error;
}

/** The plan's word for a failed read. API codes are matched on their last dotted part (API sheet, 18: 22). */
export function unreadableReasonOf(error: CampaignError): UnreadableReason {
  if (error.status === 404) return "not-found";
  if (error.status !== 409) return "unreadable";
  switch (error.code.split(".").at(-1)) {
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
export function isUnknownCampaign({ status, code }: CampaignError): boolean {
  const parts = code.split(".");
  return status === 404 && parts.at(-1) === "NOT_FOUND" && parts.includes("CAMPAIGNS");
}

/** Whether the API could not be reached, or kept refusing for load or rate: nothing this campaign can help. */
export function isUnreachable(error: CampaignError): boolean {
  if (error.status === null) return error.code === "no-answer" || error.code === "timeout";
  return error.status === 429 || error.status >= 500;
}
