import type { Binding, Evaluation, LiveCampaign, ShownReach, World } from "./model.ts";
import type { CampaignSwitches } from "./switches.ts";

/** The size of every audience while the seed lists none. */
export const SIZE_WHEN_NOT_LISTED = 1000;

/**
 * Reach of a campaign at this moment. The first half of an evaluation shows what was there before or what
 * `reachAfterPut` says, the second half `pending`, and then comes the outcome, evaluated at exactly start + delay.
 */
export function reachOf(campaign: LiveCampaign, world: World): ShownReach {
  return shownAt(campaign.evaluation, world.now(), campaign.switches, world);
}

/** What an evaluation shows at a time, in milliseconds since the epoch. */
export function shownAt(
  evaluation: Evaluation,
  time: number,
  switches: CampaignSwitches,
  world: World,
): ShownReach {
  if (evaluation.kind === "settled") return evaluation.reach;
  const startedAt = evaluation.startedAt ?? time;
  const before = shownAt(evaluation.before, Math.min(time, startedAt), switches, world);
  const end = endOf(evaluation, world);
  if (time >= end && switches.evaluation !== "never") {
    return outcomeOf(evaluation.audience, before, end, switches, world);
  }
  const early = time < startedAt + world.reachDelayMs / 2;
  return openReach(early ? evaluation.firstHalf : "pending", before, switches);
}

/** When an evaluation ends, in milliseconds since the epoch; a settled one has always ended. */
export function endOf(evaluation: Evaluation, world: World): number {
  if (evaluation.kind === "settled") return Number.NEGATIVE_INFINITY;
  return (evaluation.startedAt ?? Number.POSITIVE_INFINITY) + world.reachDelayMs;
}

type Running = Extract<Evaluation, { readonly kind: "running" }>;

function openReach(shows: Running["firstHalf"], before: ShownReach, switches: CampaignSwitches): ShownReach {
  const { reachAfterPut, countWhilePending, evaluation } = switches;
  const switched = shows === "as-switched";
  if (shows === "as-before" || (switched && reachAfterPut === "old-ok")) return { ...before, isStale: null };
  // Without any evaluation "idle" lasts: nothing has run since the binding was set.
  const idle = reachAfterPut === "idle" && (switched || evaluation === "never");
  const status = idle ? "idle" : "pending";
  if (countWhilePending === "old") return { ...before, status, isStale: null };
  return { status, evaluatedCount: null, evaluatedAt: null, isStale: null };
}

function outcomeOf(
  audience: Binding,
  before: ShownReach,
  end: number,
  switches: CampaignSwitches,
  world: World,
): ShownReach {
  const lacksAudience =
    switches.unknownAudience === "reach-failed" && unknownEntries({ audience }, world).length > 0;
  if (switches.evaluation === "failed" || lacksAudience) {
    return { ...before, status: "failed", isStale: null };
  }
  const evaluatedAt = end + switches.evaluatorClockMs;
  return { status: "ok", evaluatedCount: countOf({ audience }, world), evaluatedAt, isStale: null };
}

/** Whether the campaign's reach belongs to an earlier binding or to none: what an honest `isStale` says. */
export function isOutdated(campaign: LiveCampaign, world: World): boolean {
  const { evaluation } = campaign;
  if (evaluation.kind === "settled") return false;
  return world.now() < endOf(evaluation, world) || reachOf(campaign, world).status !== "ok";
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
