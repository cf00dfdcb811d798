import type { AudienceBinding, Campaign } from "../../../src/domain/model.ts";
import { binding, campaignId } from "../samples/bindings.ts";

/** The audiences that occur: as planned, what the files declare, and what nobody here declared. */
export const SETS = {
  before: binding([1], [9]),
  declared: binding([1, 2], [8]),
  rival: binding([3], [7]),
  foreign: binding([5], [9]),
} as const satisfies Readonly<Record<string, AudienceBinding>>;

/** One of the sets of audiences, by its name. */
export type SetName = keyof typeof SETS;

export const CAMPAIGN = campaignId(1);

/** The campaign between two changes. `number` counts the changes; `by` is the run that set its audiences, if one did. */
export type Version = {
  readonly number: number;
  readonly set: SetName;
  readonly status: "draft" | "scheduled";
  readonly by: number | null;
  readonly isEvaluated: boolean;
};

/** A write whose answer is lost and that takes effect later, if at all. */
export type LateWrite = { readonly set: SetName; readonly by: number };

/** The API's side: what is live, what was right before, and what is still on its way. */
export type World = { live: Version; previous: Version | null; late: LateWrite | null };

export function createWorld(): World {
  const live = { number: 1, set: "before", status: "draft", by: null, isEvaluated: true } as const;
  return { live, previous: null, late: null };
}

/** Sets the audiences, unless it is locked. Whether it did. */
export function setAudiences(world: World, set: SetName, by: number | null): boolean {
  const { live } = world;
  if (live.status !== "draft") return false;
  world.previous = live;
  world.live = { number: live.number + 1, set, status: "draft", by, isEvaluated: false };
  return true;
}

export function lock(world: World): void {
  world.previous = world.live;
  world.live = { ...world.live, number: world.live.number + 1, status: "scheduled" };
}

const LONG_AGO = Date.parse("2026-11-20T08:00:00.000Z");
const MINUTE = 60_000;
const SECOND = 1_000;

/** A minute of the server's clock for each change. Each is long over when it is read. */
export const serverTimeOf = ({ number }: Version): number => LONG_AGO + number * MINUTE;

const made = new Map<string, Campaign>();

/** A version as the API would tell it. */
export function campaignOf(version: Version): Campaign {
  const key = keyOf(version);
  const known = made.get(key) ?? makeCampaign(version);
  made.set(key, known);
  return known;
}

function makeCampaign(version: Version): Campaign {
  const updated = serverTimeOf(version);
  const evaluatedAt = new Date(version.isEvaluated ? updated + SECOND : updated - MINUTE / 2).toISOString();
  return {
    campaignId: CAMPAIGN,
    name: "Campaign 1",
    authoringStatus: version.status,
    audience: SETS[version.set],
    channel: "email",
    schedule: null,
    repeatedAudienceIds: [],
    liveAudiences: [],
    reach: { status: version.isEvaluated ? "ok" : "pending", evaluatedCount: 7, evaluatedAt, isStale: false },
    updatedAt: new Date(updated).toISOString(),
    serverTime: updated + 20 * SECOND,
  };
}

/** A version in a few letters: what the API shows of it. */
export function keyOf({ number, set, status, isEvaluated }: Version): string {
  return `${number}${set}${status === "draft" ? "" : "!"}${isEvaluated ? "" : "?"}`;
}
