import { createHash } from "node:crypto";
import type { NamedCampaigns, Reviewed } from "../run/model.ts";

/** Names campaigns by their ids, in so few bits that the hidden line of a long plan has room for all of them. */
export function nameCampaigns(campaignIds: readonly string[]): NamedCampaigns {
  return [...new Set(campaignIds.map(numberOf))].sort((a, b) => a - b);
}

/** Tells whether a campaign is, as far as one can tell, among those that are named. */
export function namedBy(named: NamedCampaigns): (campaignId: string) => boolean {
  const numbers = new Set(named);
  return (campaignId) => numbers.has(numberOf(campaignId));
}

/** Tells whether a campaign is one of a reviewed plan's; null where nobody can tell which these are. */
export function namedIn(reviewed: Reviewed): ((campaignId: string) => boolean) | null {
  if (reviewed.kind !== "changes") return reviewed.named === undefined ? null : namedBy(reviewed.named);
  const ids = new Set(reviewed.changes.map(({ campaignId }) => campaignId));
  return (campaignId) => ids.has(campaignId);
}

function numberOf(campaignId: string): number {
  return createHash("sha256").update(campaignId).digest().readUIntBE(0, 3);
}

/** Base64url of the distances from one to the next, seven bits a byte: two bytes each where there are thousands. */
export function packNamed(named: NamedCampaigns): string {
  const bytes: number[] = [];
  let before = -1;
  for (const number of named) {
    let distance = number - before - 1;
    for (; distance > 127; distance >>>= 7) bytes.push((distance & 127) | 128);
    bytes.push(distance);
    before = number;
  }
  return Buffer.from(bytes).toString("base64url");
}

/** Reads what {@link packNamed} wrote; null for everything else. */
export function unpackNamed(text: unknown): NamedCampaigns | null {
  if (typeof text !== "string") return null;
  const named: number[] = [];
  let [distance, shift, before] = [0, 0, -1];
  for (const byte of Buffer.from(text, "base64url")) {
    distance += (byte & 127) * 2 ** shift;
    shift += 7;
    if (byte > 127) {
      if (shift > 21) return null;
      continue;
    }
    before += distance + 1;
    if (before > 0xffffff) return null;
    named.push(before);
    [distance, shift] = [0, 0];
  }
  return packNamed(named) === text ? named : null;
}
