import { ApiError } from "../../../src/domain/errors.ts";
import type { AudienceBinding, Campaign, Reach } from "../../../src/domain/model.ts";
import type { CampaignReader, CampaignWriter, Clock } from "../../../src/domain/ports.ts";
import { virtualClock } from "../clocks/virtual-clock.ts";

/** Time that moves only when somebody sleeps. */
export type FakeClock = Clock & { readonly slept: readonly number[] };

/** A virtual clock that also tells how long was slept. */
export function fakeClock(): FakeClock {
  const clock = virtualClock(0);
  const slept: number[] = [];
  return {
    ...clock,
    slept,
    sleep(ms, signal) {
      if (!signal?.aborted) slept.push(ms);
      return clock.sleep(ms, signal);
    },
  };
}

/** How the fake API's reach behaves after a write: statuses by milliseconds since the write. */
export type ReachScript = (sinceWriteMs: number, before: Reach) => Partial<Reach>;

type Stored = {
  audience: AudienceBinding;
  authoringStatus: string;
  reach: Reach;
  updatedAt: number;
  writtenAt: number | null;
};

type Write = { readonly campaignId: string; readonly binding: AudienceBinding };

/** An API in memory behind both ports. It obeys the documentation and can be made to misbehave call by call. */
export type FakeApi = {
  readonly reader: CampaignReader;
  readonly writer: CampaignWriter;
  readonly reads: readonly string[];
  readonly writes: readonly Write[];
  /** Changes a campaign as somebody in the console would. */
  edit(
    campaignId: string,
    change: Partial<Pick<Stored, "audience" | "authoringStatus" | "reach" | "updatedAt">>,
  ): void;
  /** Called before each read; may throw or edit. `count` is 1 for the first read of that campaign. */
  beforeRead: (campaignId: string, count: number) => void;
  /** Called before each write is applied; may throw (not applied) or edit. */
  beforeWrite: (campaignId: string, count: number) => void;
  /** Called after each write was applied; may throw (the answer is lost) or edit. */
  afterWrite: (campaignId: string, count: number) => void;
  audienceOf(campaignId: string): AudienceBinding;
};

export const OLD_REACH: Reach = {
  status: "ok",
  evaluatedCount: 18432,
  evaluatedAt: "2026-11-20T10:00:00.000Z",
  isStale: false,
};

/** Idle at first, then pending, and ok after half a second. */
const usualReach: ReachScript = (ms) => {
  if (ms < 200) return { status: "idle", evaluatedCount: null, evaluatedAt: null };
  if (ms < 500) return { status: "pending", evaluatedCount: null, evaluatedAt: null };
  return { status: "ok", evaluatedCount: 4242 };
};

export function fakeApi(
  campaigns: Readonly<Record<string, Partial<Omit<Stored, "updatedAt" | "writtenAt">>>>,
  clock: Clock,
  script: ReachScript = usualReach,
): FakeApi {
  const stored = new Map<string, Stored>(
    Object.entries(campaigns).map(([id, campaign]) => [
      id,
      {
        audience: { include: [], exclude: [] },
        authoringStatus: "draft",
        reach: OLD_REACH,
        updatedAt: Date.parse("2026-11-20T09:00:00.000Z"),
        writtenAt: null,
        ...campaign,
      },
    ]),
  );
  const reads: string[] = [];
  const writes: Write[] = [];
  const find = (campaignId: string): Stored => {
    const found = stored.get(campaignId);
    if (found !== undefined) return found;
    const facts = { method: "GET", path: `/campaigns/${campaignId}/summary`, correlationId: "c-404" };
    throw new ApiError("No such campaign.", { ...facts, status: 404, code: "X.NOT_FOUND" });
  };
  const api: FakeApi = {
    reads,
    writes,
    beforeRead: () => undefined,
    beforeWrite: () => undefined,
    afterWrite: () => undefined,
    edit: (campaignId, change) => Object.assign(find(campaignId), change),
    audienceOf: (campaignId) => find(campaignId).audience,
    reader: {
      async readCampaign(campaignId, signal) {
        signal?.throwIfAborted();
        reads.push(campaignId);
        api.beforeRead(campaignId, reads.filter((id) => id === campaignId).length);
        return toCampaign(campaignId, find(campaignId), clock, script);
      },
    },
    writer: {
      async replaceAudience(campaignId, binding, guard, signal) {
        signal?.throwIfAborted();
        while (!guard.pass()) await guard.readAgain();
        writes.push({ campaignId, binding });
        const count = writes.filter((write) => write.campaignId === campaignId).length;
        api.beforeWrite(campaignId, count);
        const campaign = find(campaignId);
        if (campaign.authoringStatus !== "draft") throw notDraft(campaignId);
        const now = clock.now();
        Object.assign(campaign, { audience: binding, writtenAt: now, updatedAt: now });
        api.afterWrite(campaignId, count);
        const serverTime = Math.floor(clock.now() / 1000) * 1000;
        return { serverTime, status: 200, correlationId: `w-${writes.length}` };
      },
    },
  };
  return api;
}

function notDraft(campaignId: string): ApiError {
  return new ApiError("Campaign is not in draft status.", {
    status: 409,
    code: "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_DRAFT",
    method: "PUT",
    path: `/campaigns/${campaignId}/audience`,
    correlationId: "c-409",
  });
}

function toCampaign(campaignId: string, stored: Stored, clock: Clock, script: ReachScript): Campaign {
  const { audience, authoringStatus, reach, updatedAt, writtenAt } = stored;
  const now = clock.now();
  const scripted =
    writtenAt === null
      ? reach
      : {
          ...reach,
          evaluatedAt: new Date(Math.min(now, writtenAt + 500)).toISOString(),
          ...script(now - writtenAt, reach),
        };
  return {
    campaignId,
    name: `Campaign ${campaignId.slice(-2)}`,
    authoringStatus,
    audience,
    channel: "email",
    schedule: null,
    repeatedAudienceIds: [],
    liveAudiences: [],
    reach: scripted,
    updatedAt: new Date(updatedAt).toISOString(),
    serverTime: Math.floor(now / 1000) * 1000,
  };
}
