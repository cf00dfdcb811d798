import type { Change } from "../domain/model.ts";
import { sha256Of } from "./fingerprint.ts";
import { reviewableUpdates } from "./updates.ts";

/**
 * Stands for what a plan would write: `sha256:` and the hex SHA-256 of the RFC 8785 form of
 * `{ campaignId, before, after }` of all updates, sorted by `campaignId`. Nothing else enters it: not the order of files,
 * names, times or skipped campaigns.
 */
export function digestOf(changes: readonly Change[]): string {
  return sha256Of(reviewableUpdates(changes));
}
