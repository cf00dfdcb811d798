import type { CampaignWriter } from "../domain/ports.ts";
import type { Transport } from "./transport.ts";
import { decodeReceipt, encodeBinding } from "./wire/wire.ts";

/** Replaces audiences by `PUT /campaigns/:id/audience`, always with both lists. */
export function createWriter(write: Transport["write"]): CampaignWriter {
  return {
    async replaceAudience(campaignId, binding, guard, signal) {
      const path = `/campaigns/${encodeURIComponent(campaignId)}/audience`;
      const accepted = await write(path, encodeBinding(binding), guard, signal);
      decodeReceipt(accepted.body, accepted);
      const { serverTime, status, correlationId } = accepted;
      return { serverTime, status, correlationId };
    },
  };
}
