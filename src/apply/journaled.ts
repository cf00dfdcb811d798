import type { CampaignWriter, Journal, ProgressEvent } from "../ports.ts";
import type { ApplyPorts } from "./apply-plan.ts";

/** The same ports; but each write is noted before it is sent, when it is answered, and when its outcome is known. */
export function journaled(ports: ApplyPorts, journal: Journal): ApplyPorts {
  const open = new Set<string>();
  const settle = ({ kind, campaignId }: ProgressEvent) => {
    if ((kind === "written" || kind === "ended") && open.delete(campaignId)) {
      journal.note(campaignId, "settled");
    }
  };
  const writer: CampaignWriter = {
    async replaceAudience(campaignId, ...write) {
      open.add(campaignId);
      journal.note(campaignId, "sending");
      try {
        const receipt = await ports.writer.replaceAudience(campaignId, ...write);
        journal.note(campaignId, "accepted");
        return receipt;
      } catch (error) {
        journal.note(campaignId, "not-accepted");
        throw error;
      }
    },
  };
  return {
    ...ports,
    writer,
    onEvent(event) {
      settle(event);
      ports.onEvent(event);
    },
  };
}
