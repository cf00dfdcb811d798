import { unreadableReasonOf } from "../../domain/api-codes.ts";
import { campaignErrorOf } from "../../domain/campaign-error.ts";
import { AccessError, ApiResponseError } from "../../domain/errors.ts";
import type { Campaign, CampaignError } from "../../domain/model.ts";
import type { CampaignReader, ProgressEvent } from "../../domain/ports.ts";
import { interruptibly } from "../../patience/interruption.ts";
import { eachInLine } from "../each-in-line.ts";

/** A live campaign as it was read, or why it was not. */
export type WantedRead =
  | { readonly kind: "read"; readonly campaign: Campaign }
  /** Nothing that a later try would change: no file can declare it. */
  | { readonly kind: "undeclarable"; readonly name: string | null; readonly why: string }
  | { readonly kind: "failed"; readonly error: CampaignError };

/** Reads campaigns by their ids, and says what became of each. */
export async function readWanted(
  campaignIds: readonly string[],
  { reader, onEvent }: { readonly reader: CampaignReader; onEvent(event: ProgressEvent): void },
  signal: AbortSignal,
): Promise<{ readonly reads: ReadonlyMap<string, WantedRead>; readonly accessError: AccessError | null }> {
  const reads = new Map<string, WantedRead>();
  let accessError: AccessError | null = null;
  await interruptibly(signal, (interruption) =>
    eachInLine(campaignIds, async (campaignId) => {
      try {
        const campaign = await reader.readCampaign(campaignId, interruption);
        const { audience, name } = campaign;
        const isEmpty = audience.include.length === 0;
        reads.set(campaignId, isEmpty ? undeclarable(EMPTY, name) : { kind: "read", campaign });
      } catch (error) {
        if (error instanceof AccessError) accessError = error;
        reads.set(campaignId, whyNot(error));
      }
      onEvent({ kind: "reading", read: reads.size, of: campaignIds.length });
    }),
  );
  return { reads, accessError };
}

const EMPTY = "it includes no audience";

function undeclarable(why: string, name: string | null = null): WantedRead {
  return { kind: "undeclarable", name, why };
}

function whyNot(error: unknown): WantedRead {
  const told = campaignErrorOf(error);
  if (unreadableReasonOf(told) === "unsupported-type") {
    return undeclarable("it is of a type that this version of the API does not serve");
  }
  const isInLists =
    error instanceof ApiResponseError && /^\/data\/audience\/(?:in|ex)clude/.test(error.pointer);
  return isInLists
    ? undeclarable(`its audiences could not be written back: ${told.message}`)
    : { kind: "failed", error: told };
}
