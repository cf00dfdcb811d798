import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Change } from "../domain/model.ts";
import { reviewableUpdates } from "./updates.ts";

/**
 * Stands for what a plan would write: `sha256:` and the hex SHA-256 of the RFC 8785 form of
 * `{ campaignId, before, after }` of all updates, sorted by `campaignId`. Nothing else enters it: not the order of files,
 * names, times or skipped campaigns.
 */
export function digestOf(changes: readonly Change[]): string {
  const form = canonicalize(reviewableUpdates(changes)) ?? "";
  return `sha256:${createHash("sha256").update(form).digest("hex")}`;
}
