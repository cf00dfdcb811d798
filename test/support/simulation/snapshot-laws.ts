import type { ApplyResult } from "../../../src/domain/model.ts";
import { type Exchange, isWrite } from "./network.ts";
import type { Snapshot } from "./run-seed.ts";

/**
 * Whatever ends a run, and whenever: a write that was accepted by then, or that is on its way, is in its report as applied
 * or as one that may have landed.
 */
export function brokenSnapshotLaws(exchanges: readonly Exchange[], snapshots: readonly Snapshot[]): string[] {
  const writes = exchanges.filter(isWrite);
  return snapshots.flatMap(({ at, results }) => {
    const byId = new Map(results.map((result) => [result.campaignId, result]));
    return writes
      .filter((write) => isOpenOrAccepted(write, at) && !isTold(byId.get(write.campaignId)))
      .map(({ campaignId }) => `${campaignId}: its write is not in the report of a run that ends at ${at}`);
  });
}

/** What happens in the very millisecond of the look may be told either way. */
function isOpenOrAccepted({ at: sentAt, endedAt, fault, result }: Exchange, at: number): boolean {
  if (sentAt >= at) return false;
  if (endedAt === null || endedAt > at) return true;
  return endedAt < at && fault === "none" && result?.kind === "answer" && result.status === 200;
}

function isTold(result: ApplyResult | undefined): boolean {
  return result?.outcome === "applied" || result?.error?.mayHaveLanded === true;
}
