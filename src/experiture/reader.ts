import type { CampaignReader } from "../domain/ports.ts";
import type { Transport } from "./transport.ts";
import { decodeSummary } from "./wire/wire.ts";

/**
 * Reads campaigns by `GET /campaigns/:id/summary`. It is given the reading half of the transport only, so whoever
 * holds a reader cannot write.
 */
export function createReader(read: Transport["read"]): CampaignReader {
  return {
    async readCampaign(campaignId, signal, purpose) {
      const accepted = await read(`/campaigns/${encodeURIComponent(campaignId)}/summary`, signal, {
        rank: purpose?.kind ?? "read",
        by: purpose?.kind === "poll" ? purpose.by : null,
      });
      return decodeSummary(accepted.body, { ...accepted, campaignId });
    },
  };
}
