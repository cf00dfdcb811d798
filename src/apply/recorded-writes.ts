import { campaignErrorOf } from "../campaign-error.ts";
import type { Update, WriteRecord } from "../domain.ts";
import { ApiError, ApiResponseError, NetworkError } from "../errors.ts";
import type { CampaignWriter, Clock } from "../ports.ts";
import { type WriteEnd, type WritePorts, writeCampaign } from "./write-campaign.ts";

/** How the write of one campaign ended, and the writes that were sent for it. */
export type RecordedEnd = WriteEnd & { readonly writes: readonly WriteRecord[] };

/** {@link writeCampaign}, with a record of what it sent. */
export async function writeAndRecord(
  update: Update,
  ports: WritePorts,
  signal: AbortSignal,
): Promise<RecordedEnd> {
  const { writer, writes } = recordWrites(ports.writer, ports.clock);
  return { ...(await writeCampaign(update, { ...ports, writer }, signal)), writes };
}

/**
 * The same writer; but it keeps a record of each write that was accepted, or whose answer was lost. A refused write, or
 * one that never left, is none.
 */
function recordWrites(
  writer: CampaignWriter,
  clock: Clock,
): { readonly writer: CampaignWriter; readonly writes: readonly WriteRecord[] } {
  const writes: WriteRecord[] = [];
  const note = (at: number | null, answer: Pick<WriteRecord, "status" | "correlationId">): void => {
    const { status, correlationId } = answer;
    const clockOfAt = at === null ? "local" : "server";
    const iso = new Date(at ?? clock.now()).toISOString();
    writes.push({ at: iso, clock: clockOfAt, status, correlationId, kind: "apply" });
  };
  const recorded: CampaignWriter = {
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
  return { writer: recorded, writes };
}

function mayHaveLanded(error: unknown): boolean {
  if (error instanceof NetworkError) return error.sent === "unknown";
  return error instanceof ApiResponseError || (error instanceof ApiError && error.status >= 500);
}
