import type { LiveCampaign, ShownReach, World } from "./model.ts";

/** The size of every audience while the seed lists none. */
export const SIZE_WHEN_NOT_LISTED = 1000;

/**
 * Reach of a campaign at this moment. After a change of the binding the first half of the delay shows
 * `reachAfterPut`, the second half `pending`, and then the outcome, evaluated at exactly change + delay.
 */
export function reachOf(campaign: LiveCampaign, world: World): ShownReach {
  const { evaluation } = campaign;
  if (evaluation.kind === "settled") return evaluation.reach;
  const elapsed = evaluation.startedAt === null ? 0 : world.now() - evaluation.startedAt;
  if (
    evaluation.startedAt !== null &&
    elapsed >= world.reachDelayMs &&
    campaign.switches.evaluation !== "never"
  ) {
    return outcomeOf(campaign, evaluation.previous, evaluation.startedAt + world.reachDelayMs, world);
  }
  const early = evaluation.cause === "change" && elapsed < world.reachDelayMs / 2;
  return openReach(campaign, evaluation.previous, early ? "early" : "late");
}

function openReach(campaign: LiveCampaign, previous: ShownReach, phase: "early" | "late"): ShownReach {
  const { reachAfterPut, countWhilePending, evaluation } = campaign.switches;
  if (phase === "early" && reachAfterPut === "old-ok") return { ...previous, isStale: null };
  // Without any evaluation "idle" lasts: nothing has run since the binding was set.
  const idle = reachAfterPut === "idle" && (phase === "early" || evaluation === "never");
  const status = idle ? "idle" : "pending";
  if (countWhilePending === "old") return { ...previous, status, isStale: null };
  return { status, evaluatedCount: null, evaluatedAt: null, isStale: null };
}

function outcomeOf(
  campaign: LiveCampaign,
  previous: ShownReach,
  evaluatedAt: number,
  world: World,
): ShownReach {
  const lacksAudience =
    campaign.switches.unknownAudience === "reach-failed" && unknownEntries(campaign, world).length > 0;
  if (campaign.switches.evaluation === "failed" || lacksAudience) {
    return { ...previous, status: "failed", isStale: null };
  }
  return { status: "ok", evaluatedCount: countOf(campaign, world), evaluatedAt, isStale: null };
}

/** Whether the campaign's reach belongs to an earlier binding or to none: what an honest `isStale` says. */
export function isOutdated(campaign: LiveCampaign, world: World): boolean {
  const { evaluation } = campaign;
  if (evaluation.kind === "settled") return false;
  const done = evaluation.startedAt !== null && world.now() - evaluation.startedAt >= world.reachDelayMs;
  return !done || reachOf(campaign, world).status !== "ok";
}

/** Sum of the included sizes minus the sum of the excluded ones, at least 0. Audiences not listed count 0. */
export function countOf(campaign: Pick<LiveCampaign, "audience">, world: World): number {
  const sum = (list: readonly { audienceId: string }[]) =>
    list.reduce((total, { audienceId }) => total + sizeOf(audienceId, world), 0);
  return Math.max(0, sum(campaign.audience.include) - sum(campaign.audience.exclude));
}

function sizeOf(audienceId: string, world: World): number {
  if (world.audiences === null) return SIZE_WHEN_NOT_LISTED;
  return world.audiences.get(audienceId.toLowerCase())?.size ?? 0;
}

/** Entries whose audience does not exist, or exists with another type. */
export function unknownEntries(campaign: Pick<LiveCampaign, "audience">, world: World) {
  const { audiences } = world;
  if (audiences === null) return [];
  return [...campaign.audience.include, ...campaign.audience.exclude].filter(
    ({ audienceId, type }) => audiences.get(audienceId.toLowerCase())?.type !== type,
  );
}

/** Starts a lazy evaluation, if one waits for somebody to look. */
export function noticeRead(campaign: LiveCampaign, world: World): void {
  const { evaluation } = campaign;
  if (evaluation.kind === "running" && evaluation.startedAt === null) {
    campaign.evaluation = { ...evaluation, startedAt: world.now() };
  }
}
