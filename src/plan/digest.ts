import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Change } from "../domain.ts";
import { compareText } from "./canonical.ts";

/**
 * The fingerprint of what a plan would write: `sha256:` and the hex SHA-256 of the RFC 8785 form of
 * `{ campaignId, before, after }` of all updates, sorted by `campaignId`. Nothing else enters it: not the order of files,
 * names, times or skipped campaigns.
 */
export function digestOf(changes: readonly Change[]): string {
  const updates = changes
    .flatMap((change) => (change.action === "update" ? [change] : []))
    .map(({ campaignId, before, after }) => ({ campaignId, before, after }))
    .sort((a, b) => compareText(a.campaignId, b.campaignId));
  return `sha256:${createHash("sha256")
    .update(canonicalize(updates) ?? "")
    .digest("hex")}`;
}
