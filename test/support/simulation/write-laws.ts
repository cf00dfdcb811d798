import { sameBinding } from "../../../src/domain/binding.ts";
import type { ApplyResult, Plan } from "../../../src/domain/model.ts";
import { type Exchange, isWrite, shownBy } from "./network.ts";
import type { World } from "./world.ts";

/** What was read right before a write is no older when the write is sent, in milliseconds. */
const FRESH_MS = 1_000;

/**
 * Every write was planned, carries both lists in full, and follows a look of at most a second ago, since the last write
 * that may have taken effect, that showed a draft with the audiences of the plan. So nothing unchanged, moved or locked
 * is written.
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
    if (look === null || shown === null) return [`${write.campaignId}: it was written without a look`];
    const age = write.at - (look.endedAt ?? Number.NEGATIVE_INFINITY);
    if (age > FRESH_MS) broken.push(`it was written on a look ${age} ms old`);
    if (shown.authoringStatus !== "draft") broken.push("it was written although it was shown as locked");
    else if (!sameBinding(shown.audience, before)) broken.push("it was written although it had moved");
    if (wasLocked(world, look)) broken.push("it was written although it was locked before the look");
    return broken.map((how) => `${write.campaignId}: ${how}`);
  });
}

/** The last read that was answered between a write and the one before it that may have taken effect. */
function lookBefore(exchanges: readonly Exchange[], index: number): Exchange | null {
  const write = exchanges[index];
  for (let earlier = index - 1; earlier >= 0; earlier -= 1) {
    const each = exchanges[earlier];
    if (each === undefined || each.campaignId !== write?.campaignId) continue;
    if (isWrite(each)) {
      if (wasNotProcessed(each)) continue;
      return null;
    }
    if (each.endedAt !== null && each.endedAt <= write.at && shownBy(each) !== null) return each;
  }
  return null;
}

/** Refused for rate or for its token: it may be sent again on the same look, while that is fresh. */
function wasNotProcessed({ result }: Exchange): boolean {
  return result?.kind === "answer" && (result.status === 429 || result.status === 401);
}

function wasLocked(world: World, look: Exchange): boolean {
  if (look.lagging) return false;
  return world.histories.get(look.campaignId)?.asOf(look.at).authoringStatus !== "draft";
}

/**
 * At any moment no more accepted writes wait to be read back than campaigns may be in work. One that could not be read
 * back says so, and waits no longer.
 */
export function brokenDepthLaw(
  exchanges: readonly Exchange[],
  results: readonly ApplyResult[],
  parallelism: number,
): string[] {
  const givenUp = new Set(
    results.filter(({ error }) => error?.mayHaveLanded === true).map(({ campaignId }) => campaignId),
  );
  const accepted = exchanges.filter(
    ({ campaignId, endedAt, result }) =>
      endedAt !== null && result?.kind === "answer" && result.status === 200 && !givenUp.has(campaignId),
  );
  const inOrder = accepted.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
  const unread = new Set<string>();
  let most = 0;
  for (const exchange of inOrder) {
    if (isWrite(exchange)) unread.add(exchange.campaignId);
    else unread.delete(exchange.campaignId);
    most = Math.max(most, unread.size);
  }
  return most > parallelism ? [`${most} accepted writes were unread at once`] : [];
}
