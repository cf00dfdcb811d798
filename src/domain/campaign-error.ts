import { ApiError, ApiResponseError, ChangedSinceError, InterruptedError, NetworkError } from "./errors.ts";
import type { CampaignError } from "./model.ts";

/** What went wrong with one campaign, as data. Anything that is not an answer or its absence is a bug and thrown on. */
export function campaignErrorOf(error: unknown): CampaignError {
  if (error instanceof ApiError || error instanceof ApiResponseError) {
    const { code, status, message, correlationId } = error;
    return { code, status, message, correlationId };
  }
  if (error instanceof NetworkError) {
    return { code: error.code, status: null, message: error.message, correlationId: null };
  }
  if (error instanceof ChangedSinceError) {
    return { code: error.code, status: null, message: error.message, correlationId: null };
  }
  if (error instanceof InterruptedError) {
    return { code: "interrupted", status: null, message: error.message, correlationId: null };
  }
  throw error;
}

/** Whether the API could not be reached, or kept refusing for load or rate: nothing this campaign can help. */
export function isUnreachable(error: CampaignError): boolean {
  if (error.status === null) return error.code === "no-answer" || error.code === "timeout";
  return error.status === 429 || error.status >= 500;
}
