import { campaignErrorOf } from "../domain/campaign-error.ts";
import type { Update, WriteRecord } from "../domain/model.ts";
import type { CampaignWriter, Clock } from "../domain/ports.ts";
import { mayHaveLanded } from "./sent.ts";
import { type WritePorts, writeCampaign } from "./write-campaign.ts";
import type { WriteEnd } from "./write-end.ts";

/** How the write of one campaign ended, and the writes that were sent for it. */
export type RecordedEnd = WriteEnd & { readonly writes: readonly WriteRecord[] };

/**
 * {@link writeCampaign}, with a record of what it sent.
 *
 * @param writes takes each write as soon as it is answered, so that a run that is cut off knows of it.
 */
export async function writeAndRecord(
  update: Update,
  ports: WritePorts,
  writes: WriteRecord[],
  signal: AbortSignal,
): Promise<RecordedEnd> {
  const writer = recordWrites(ports.writer, ports.clock, writes);
  return { ...(await writeCampaign(update, { ...ports, writer }, signal)), writes };
}

/**
 * The same writer; but it keeps a record of each write that was accepted, or whose answer was lost. A refused write, or
 * one that never left, is none.
 */
function recordWrites(writer: CampaignWriter, clock: Clock, writes: WriteRecord[]): CampaignWriter {
  const note = (at: number | null, answer: Pick<WriteRecord, "status" | "correlationId">): void => {
    const { status, correlationId } = answer;
    const clockOfAt = at === null ? "local" : "server";
    const iso = new Date(at ?? clock.now()).toISOString();
    writes.push({ at: iso, clock: clockOfAt, status, correlationId, kind: "apply" });
  };
  return {
    async replaceAudience(...write) {
      try {
        const receipt = await writer.replaceAudience(...write);
        note(receipt.serverTime, receipt);
        return receipt;
      } catch (error) {
        if (mayHaveLanded(error)) note(null, campaignErrorOf(error));
        throw error;
      }
    },
  };
}
