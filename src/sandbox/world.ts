import type {
  Binding,
  CampaignChange,
  LiveCampaign,
  SandboxSeed,
  SeedReach,
  ShownReach,
  World,
} from "./model.ts";
import { countOf, reachOf } from "./reach.ts";
import { CAMPAIGN_DEFAULTS, SERVER_DEFAULTS } from "./switches.ts";

const CREATED_AT = "2026-04-25T10:00:00.000Z";
const UPDATED_AT = "2026-04-25T10:30:00.000Z";

/** Makes the state of a new sandbox from its seed. */
export function createWorld(
  seed: SandboxSeed,
  settings: { readonly reachDelayMs: number; readonly now: () => number },
): World {
  const world: World = {
    switches: { ...SERVER_DEFAULTS, ...CAMPAIGN_DEFAULTS, ...seed.switches },
    campaigns: new Map(),
    audiences: seed.audiences
      ? new Map(seed.audiences.map((audience) => [audience.audienceId.toLowerCase(), audience]))
      : null,
    ...settings,
  };
  for (const { campaignId, ...given } of seed.campaigns) {
    const campaign = emptyCampaign(campaignId, world);
    assign(campaign, given);
    campaign.audience = bindingAfter(campaign, given);
    campaign.evaluation = seededEvaluation(campaign, given.reach, world);
    world.campaigns.set(campaignId.toLowerCase(), campaign);
  }
  return world;
}

function emptyCampaign(campaignId: string, world: World): LiveCampaign {
  return {
    campaignId: campaignId.toLowerCase(),
    name: null,
    campaignType: "broadcast",
    channel: "email",
    authoringStatus: "draft",
    createdAt: Date.parse(CREATED_AT),
    updatedAt: Date.parse(UPDATED_AT),
    audience: { include: [], exclude: [] },
    evaluation: { kind: "settled", reach: NEVER_EVALUATED },
    missingState: false,
    beforePut: null,
    switches: world.switches,
    history: [],
  };
}

const NEVER_EVALUATED: ShownReach = {
  status: "idle",
  evaluatedCount: null,
  evaluatedAt: null,
  isStale: null,
};

/** Sets every field a change names, but audiences and reach. */
function assign(campaign: LiveCampaign, change: CampaignChange): void {
  campaign.name = change.name === undefined ? campaign.name : change.name;
  campaign.campaignType = change.campaignType ?? campaign.campaignType;
  campaign.channel = change.channel ?? campaign.channel;
  campaign.authoringStatus = change.authoringStatus ?? campaign.authoringStatus;
  campaign.createdAt = change.createdAt === undefined ? campaign.createdAt : Date.parse(change.createdAt);
  campaign.updatedAt = change.updatedAt === undefined ? campaign.updatedAt : Date.parse(change.updatedAt);
  campaign.missingState = change.missingState ?? campaign.missingState;
  campaign.beforePut = change.beforePut ?? campaign.beforePut;
  campaign.switches = { ...campaign.switches, ...change.switches };
}

function bindingAfter({ audience }: LiveCampaign, change: CampaignChange): Binding {
  return {
    include: change.audience?.include ?? audience.include,
    exclude: change.audience?.exclude ?? audience.exclude,
  };
}

/** Without a word in the seed, a campaign with audiences was evaluated at its last change. */
function seededEvaluation(campaign: LiveCampaign, reach: SeedReach | undefined, world: World) {
  if (reach !== undefined) return evaluationFrom(reach, world);
  if (campaign.audience.include.length === 0) return { kind: "settled", reach: NEVER_EVALUATED } as const;
  const evaluatedCount = countOf(campaign, world);
  const shown = { status: "ok", evaluatedCount, evaluatedAt: campaign.updatedAt, isStale: null };
  return { kind: "settled", reach: shown } as const;
}

/** A reach that is said to be pending goes on from now; every other word stays as it is. */
function evaluationFrom(reach: SeedReach, world: World): LiveCampaign["evaluation"] {
  const shown: ShownReach = {
    status: reach.status,
    evaluatedCount: reach.evaluatedCount ?? null,
    evaluatedAt: typeof reach.evaluatedAt === "string" ? Date.parse(reach.evaluatedAt) : null,
    isStale: reach.isStale ?? null,
  };
  return reach.status === "pending"
    ? { kind: "running", cause: "queued", startedAt: world.now(), previous: shown }
    : { kind: "settled", reach: shown };
}

/** Changes a campaign as a person in the console would; a new binding begins a new evaluation. */
export function changeCampaign(campaign: LiveCampaign, change: CampaignChange, world: World): void {
  assign(campaign, change);
  if (change.audience !== undefined) rebind(campaign, bindingAfter(campaign, change), "person", world);
  if (change.updatedAt === undefined) campaign.updatedAt = world.now();
  if (change.reach !== undefined) campaign.evaluation = evaluationFrom(change.reach, world);
}

/** Stores a binding and lets its evaluation begin. */
export function rebind(campaign: LiveCampaign, audience: Binding, by: "put" | "person", world: World): void {
  const previous = reachOf(campaign, world);
  campaign.audience = audience;
  campaign.evaluation = {
    kind: "running",
    cause: "change",
    startedAt: campaign.switches.evaluation === "lazy" ? null : world.now(),
    previous,
  };
  campaign.history.push({ by, at: new Date(world.now()).toISOString(), audience });
}
