import type { Plan } from "../../../src/domain.ts";
import { sameBinding } from "../../../src/plan/canonical.ts";
import { type Exchange, isWrite, shownBy } from "./network.ts";
import type { World } from "./world.ts";

/**
 * Every write was planned, carries both lists in full, and follows a look, since the write before it, that showed a
 * draft with the audiences of the plan. So nothing unchanged, moved or locked is written.
 */
export function brokenWriteLaws(plan: Plan, exchanges: readonly Exchange[], world: World): string[] {
  const changes = new Map(plan.changes.map((change) => [change.campaignId, change]));
  return exchanges.flatMap((write, index) => {
    if (!isWrite(write)) return [];
    const change = changes.get(write.campaignId);
    if (change?.action !== "update") return [`${write.campaignId} was written without a planned update`];
    const { before, after } = change;
    const broken: string[] = [];
    if (write.body !== JSON.stringify(after)) broken.push(`the write was ${write.body}`);
    const look = lookBefore(exchanges, index);
    const shown = look === null ? null : shownBy(look);
    if (shown === null) broken.push("it was written without a look");
    else if (shown.authoringStatus !== "draft") broken.push("it was written although it was shown as locked");
    else if (!sameBinding(shown.audience, before)) broken.push("it was written although it had moved");
    if (look !== null && wasLocked(world, look))
      broken.push("it was written although it was locked before the look");
    return broken.map((how) => `${write.campaignId}: ${how}`);
  });
}

/** The last read that was answered between a write and the one before it. */
function lookBefore(exchanges: readonly Exchange[], index: number): Exchange | null {
  const write = exchanges[index];
  for (let earlier = index - 1; earlier >= 0; earlier -= 1) {
    const each = exchanges[earlier];
    if (each === undefined || each.campaignId !== write?.campaignId) continue;
    if (isWrite(each)) return null;
    if (each.endedAt !== null && each.endedAt <= write.at) return each;
  }
  return null;
}

function wasLocked(world: World, look: Exchange): boolean {
  if (look.lagging) return false;
  return world.histories.get(look.campaignId)?.asOf(look.at).authoringStatus !== "draft";
}
