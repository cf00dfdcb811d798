import type { LiveCampaign, World } from "./model.ts";

/** Keeps the campaign as it is before a change, for reads that lag behind it. */
export function keepForReads(campaign: LiveCampaign, world: World): void {
  if (campaign.switches.readLagMs === 0) return;
  const version = { ...campaign, earlier: [] };
  campaign.earlier = [...stillRead(campaign, world), { version, replacedAt: world.now() }];
}

/** The campaign as reads see it: the oldest version that was replaced less than `readLagMs` ago, or the newest. */
export function asRead(campaign: LiveCampaign, world: World): LiveCampaign {
  const [oldest] = stillRead(campaign, world);
  // Switches say how the sandbox answers; they are nothing that a read could be late to see.
  return oldest === undefined ? campaign : { ...oldest.version, switches: campaign.switches };
}

function stillRead({ earlier, switches }: LiveCampaign, world: World): LiveCampaign["earlier"] {
  return earlier.filter(({ replacedAt }) => world.now() < replacedAt + switches.readLagMs);
}
