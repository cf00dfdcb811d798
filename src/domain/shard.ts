import { createHash } from "node:crypto";

/** A part of the campaigns: the `index`-th of `count`, which counts from 1. */
export type Shard = { readonly index: number; readonly count: number };

/**
 * Whether a campaign is in a shard. Its id and the count of shards alone decide, so that another campaign that comes or
 * goes moves none.
 *
 * @param campaignId in lower case.
 */
export function isInShard(campaignId: string, { index, count }: Shard): boolean {
  // Ids may be made by any rule, so their own digits need not be spread evenly.
  return createHash("sha256").update(campaignId).digest().readUIntBE(0, 6) % count === index - 1;
}

/** As it is written: `2/3`. */
export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`;
}
