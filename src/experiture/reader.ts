import type { CampaignReader } from "../domain/ports.ts";
import type { Perform } from "./perform.ts";
import { decodeSummary } from "./wire/wire.ts";

/**
 * Reads campaigns by `GET /campaigns/:id/summary`. It is given the lane of reads only, so whoever holds a reader cannot
 * write.
 */
export function createReader(perform: Perform<"read">): CampaignReader {
  return {
    async readCampaign(campaignId, signal, purpose) {
      const accepted = await perform({
        method: "GET",
        path: `/campaigns/${encodeURIComponent(campaignId)}/summary`,
        body: null,
        scope: "campaigns:read",
        repeat: "safe",
        lane: "read",
        rank: purpose?.kind ?? "read",
        by: purpose?.kind === "poll" ? purpose.by : null,
        guard: null,
        signal,
      });
      return decodeSummary(accepted.body, { ...accepted, campaignId });
    },
  };
}
