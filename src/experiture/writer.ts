import type { CampaignWriter } from "../domain/ports.ts";
import type { Perform } from "./perform.ts";
import { decodeReceipt, encodeBinding } from "./wire/wire.ts";

/** Replaces audiences by `PUT /campaigns/:id/audience`, always with both lists. */
export function createWriter(perform: Perform<"write">): CampaignWriter {
  return {
    async replaceAudience(campaignId, binding, guard, signal) {
      const accepted = await perform({
        method: "PUT",
        path: `/campaigns/${encodeURIComponent(campaignId)}/audience`,
        body: encodeBinding(binding),
        scope: "campaigns:update",
        repeat: "once",
        lane: "write",
        rank: "write",
        by: null,
        guard,
        signal,
      });
      decodeReceipt(accepted.body, accepted);
      const { serverTime, status, correlationId } = accepted;
      return { serverTime, status, correlationId };
    },
  };
}
