import type { CampaignSpec } from "../domain/model.ts";
import { partOf, type Scope } from "../domain/scope.ts";
import { isInShard, type Shard, shardText } from "../domain/shard.ts";

/** Campaigns to look at, and of which scope they are. */
type InScope = { readonly specs: readonly CampaignSpec[]; readonly scope: Scope };

/** Of the campaigns to look at, those of one shard: all where there is none. What is declared was read and checked whole. */
export function takeShard<T extends InScope>(declared: T, shard: Shard | null): T {
  if (shard === null) return declared;
  const specs = declared.specs.filter(({ campaignId }) => isInShard(campaignId, shard));
  const scope = partOf(declared.scope, shardText(shard), specs.length);
  return { ...declared, specs, scope };
}
