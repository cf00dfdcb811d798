import { campaignErrorOf } from "../campaign-error.ts";
import type { CampaignSpec } from "../domain.ts";
import { AccessError } from "../errors.ts";
import type { LiveRead } from "../plan/build.ts";
import type { CampaignReader } from "../ports.ts";

/** Every declared campaign's live state, and the refusal that stopped the reading, if one did. */
export type LiveReads = {
  readonly reads: ReadonlyMap<string, LiveRead>;
  readonly accessError: AccessError | null;
};

/**
 * Reads all declared campaigns, as many at once as the reader allows, one request each. One that cannot be read is a
 * value among the others; only a bug is thrown.
 */
export async function readLive(
  specs: readonly CampaignSpec[],
  reader: CampaignReader,
  signal?: AbortSignal,
): Promise<LiveReads> {
  let accessError: AccessError | null = null;
  const entries = await Promise.all(
    specs.map(async ({ campaignId }): Promise<readonly [string, LiveRead]> => {
      try {
        return [campaignId, { campaign: await reader.readCampaign(campaignId, signal) }];
      } catch (error) {
        if (error instanceof AccessError) accessError = error;
        return [campaignId, { error: campaignErrorOf(error) }];
      }
    }),
  );
  return { reads: new Map(entries), accessError };
}
