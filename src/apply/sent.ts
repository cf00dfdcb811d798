import { campaignErrorOf } from "../domain/campaign-error.ts";
import { ApiError, ApiResponseError, NetworkError } from "../domain/errors.ts";
import type { CampaignError, WriteRecord } from "../domain/model.ts";
import type { WriteReceipt } from "../domain/ports.ts";
import {
  MEANING_OF_ODD_BODY,
  meaningOfSilence,
  meaningOfStatus,
  type WriteMeaning,
} from "../patience/write-answers.ts";

/** One write that was accepted. */
export type AcceptedWrite = {
  readonly kind: "accepted";
  readonly serverTime: number | null;
  readonly answeredAt: number;
};

/** One write whose answer does not tell whether it took effect, or that never reached the API. */
export type LostWrite = {
  readonly kind: "lost";
  readonly error: CampaignError;
  readonly mayHaveLanded: boolean;
  /** What follows where a look shows the old audiences. */
  readonly otherwise: "send-again" | "give-up";
  /** How long the API asked to wait before that, in milliseconds. */
  readonly waitMs: number | null;
  readonly answeredAt: number;
};

export type SentWrite = AcceptedWrite | LostWrite;

/** `answeredAt`: our own clock, monotonic, when the answer came or was known to be lost. */
export function acceptedBy(receipt: WriteReceipt, answeredAt: number): AcceptedWrite {
  return { kind: "accepted", serverTime: receipt.serverTime, answeredAt };
}

/**
 * The record of a write that was accepted, or whose answer was lost.
 *
 * @param receipt what its answer said of it.
 * @param now our own clock, for where the answer has no time, in milliseconds since the epoch.
 */
export function recordOf(
  {
    serverTime,
    status,
    correlationId,
  }: { readonly serverTime: number | null } & Pick<WriteRecord, "status" | "correlationId">,
  now: number,
  kind: WriteRecord["kind"],
): WriteRecord {
  const at = new Date(serverTime ?? now).toISOString();
  return { at, clock: serverTime === null ? "local" : "server", status, correlationId, kind };
}

/** What an error of the writer says of its write; null for a refusal: nothing was written, and no look is needed. */
export function sentDespite(error: unknown, answeredAt: number): SentWrite | null {
  const meaning = meaningOf(error);
  switch (meaning.next) {
    case "read-back":
      return { kind: "accepted", serverTime: null, answeredAt };
    case "look":
      return {
        kind: "lost",
        error: campaignErrorOf(error),
        mayHaveLanded: meaning.landed === "maybe",
        otherwise: meaning.otherwise,
        waitMs: error instanceof ApiError ? error.retryAfterMs : null,
        answeredAt,
      };
    default:
      return null;
  }
}

/** Whether a write that ended with this error may have taken effect; what is no answer of the API says nothing of it. */
export function mayHaveLanded(error: unknown): boolean {
  if (!(error instanceof NetworkError || error instanceof ApiResponseError || error instanceof ApiError))
    return false;
  return meaningOf(error).landed !== "no";
}

function meaningOf(error: unknown): WriteMeaning {
  if (error instanceof NetworkError) return meaningOfSilence(error.sent);
  if (error instanceof ApiResponseError && error.status === 200) return MEANING_OF_ODD_BODY;
  if (error instanceof ApiResponseError || error instanceof ApiError) return meaningOfStatus(error.status);
  throw error;
}

/** An earlier write may land yet, whatever became of the later one. */
export function merge(earlier: LostWrite | null, later: LostWrite): LostWrite {
  return { ...later, mayHaveLanded: later.mayHaveLanded || earlier?.mayHaveLanded === true };
}
