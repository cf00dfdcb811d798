import { sameBinding } from "../domain/binding.ts";
import { campaignErrorOf } from "../domain/campaign-error.ts";
import { AccessError } from "../domain/errors.ts";
import type { CampaignSpec } from "../domain/model.ts";
import type { CampaignReader, ProgressEvent } from "../domain/ports.ts";
import type { LiveRead } from "../plan/build.ts";
import { eachInLine } from "./each-in-line.ts";

/** Every declared campaign's live state, and the refusal that stopped the reading, if one did. */
export type LiveReads = {
  readonly reads: ReadonlyMap<string, LiveRead>;
  readonly accessError: AccessError | null;
};

/** What reading asks, and whom it tells how far it is. */
export type LivePorts = {
  readonly reader: CampaignReader;
  readonly onEvent?: (event: ProgressEvent) => void;
};

/**
 * Reads all declared campaigns, as many at once as the reader allows, one request each. One that cannot be read is a
 * value among the others; only a bug is thrown.
 */
export async function readLive(
  specs: readonly CampaignSpec[],
  { reader, onEvent }: LivePorts,
  signal?: AbortSignal,
): Promise<LiveReads> {
  let accessError: AccessError | null = null;
  const reads = new Map<string, LiveRead>();
  await eachInLine(specs, async ({ campaignId, audience }) => {
    try {
      const campaign = await reader.readCampaign(campaignId, signal);
      // Most are as declared: of two equal bindings one is kept, since there may be thousands of them.
      const isSame = sameBinding(campaign.audience, audience);
      reads.set(campaignId, { campaign: isSame ? { ...campaign, audience } : campaign });
    } catch (error) {
      if (error instanceof AccessError) accessError = error;
      reads.set(campaignId, { error: campaignErrorOf(error) });
    }
    onEvent?.({ kind: "reading", read: reads.size, of: specs.length });
  });
  return { reads, accessError };
}
