import { AccessError, ApiError, ApiResponseError, NetworkError } from "../../../src/domain/errors.ts";
import type { WriteReceipt } from "../../../src/domain/ports.ts";

const GET = { method: "GET", path: "/campaigns/1/summary", correlationId: null };
const PUT = { method: "PUT", path: "/campaigns/1/audience", correlationId: null };

const code = "JOURNEY_API.PUBLIC.CAMPAIGNS.TROUBLE";
const body = { status: 200, pointer: "", correlationId: null };

/** What a reader throws when its repeats are at an end, by the name of the move. */
export const READ_FAULTS = {
  "read-500": () => new ApiError("Broken.", { ...GET, status: 500, code }),
  "read-unanswered": () => new NetworkError("No answer came."),
  "read-cut": () => new ApiResponseError("Not JSON.", body),
  "read-forbidden": () => new AccessError("Forbidden.", { ...GET, status: 403, code }),
} as const;

/** Why a write was never handed to the socket. */
export const UNSENT_FAULTS = {
  "no-connection": () => new NetworkError("Connection refused.", { sent: "no" }),
  withheld: () => new NetworkError("The API cannot be reached.", { sent: "withheld" }),
} as const;

/** Answers from which nobody can tell whether the write took effect. */
export const OPEN_FAULTS = {
  unanswered: () => new NetworkError("No answer came."),
  cut: () => new ApiResponseError("Not JSON.", body),
  "odd-302": () => new ApiError("Found.", { ...PUT, status: 302, code: "http-302" }),
  "later-503": () =>
    new ApiError("Come back.", { ...PUT, status: 503, code: "http-503", retryAfterMs: 2_000 }),
} as const;

/** Answers that say that nothing was written. */
export const REFUSALS = {
  "refused-422": () => new ApiError("Invalid.", { ...PUT, status: 422, code }),
  "refused-403": () => new AccessError("Forbidden.", { ...PUT, status: 403, code }),
} as const;

export const notDraft = (): ApiError =>
  new ApiError("Not a draft.", { ...PUT, status: 409, code: "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_DRAFT" });

export const receiptAt = (serverTime: number): WriteReceipt => ({
  serverTime,
  status: 200,
  correlationId: null,
});
