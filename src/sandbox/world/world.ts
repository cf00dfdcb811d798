import { evaluationAfterChange } from "./evaluation.ts";
import type {
  Binding,
  CampaignChange,
  Evaluation,
  LiveCampaign,
  SandboxSeed,
  SeedReach,
  ShownReach,
  World,
} from "./model.ts";
import { countOf } from "./reach.ts";
import { keepForReads } from "./read-lag.ts";
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
    sendAt: null,
    audience: { include: [], exclude: [] },
    evaluation: { kind: "settled", reach: NEVER_EVALUATED },
    missingState: false,
    beforePut: null,
    switches: world.switches,
    history: [],
    earlier: [],
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
  campaign.sendAt = change.sendAt ?? campaign.sendAt;
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
  if (reach !== undefined) return evaluationFrom(campaign, reach, world);
  if (campaign.audience.include.length === 0) return { kind: "settled", reach: NEVER_EVALUATED } as const;
  const evaluatedCount = countOf(campaign, world);
  const evaluatedAt = campaign.updatedAt + campaign.switches.evaluatorClockMs;
  const shown = { status: "ok", evaluatedCount, evaluatedAt, isStale: null };
  return { kind: "settled", reach: shown } as const;
}

/** A reach that is said to be pending goes on from now; every other word stays as it is. */
function evaluationFrom({ audience }: LiveCampaign, reach: SeedReach, world: World): Evaluation {
  const shown: ShownReach = {
    status: reach.status,
    evaluatedCount: reach.evaluatedCount ?? null,
    evaluatedAt: typeof reach.evaluatedAt === "string" ? Date.parse(reach.evaluatedAt) : null,
    isStale: reach.isStale ?? null,
  };
  const said: Evaluation = { kind: "settled", reach: shown };
  if (reach.status !== "pending") return said;
  return { kind: "running", audience, startedAt: world.now(), firstHalf: "pending", before: said };
}

/** Changes a campaign as a person in the console would; a new binding begins a new evaluation. */
export function changeCampaign(campaign: LiveCampaign, change: CampaignChange, world: World): void {
  keepForReads(campaign, world);
  assign(campaign, change);
  if (change.audience !== undefined) rebind(campaign, bindingAfter(campaign, change), "person", world);
  if (change.updatedAt === undefined) campaign.updatedAt = world.now();
  if (change.reach !== undefined) campaign.evaluation = evaluationFrom(campaign, change.reach, world);
}

/** Changes a campaign as the PUT does. */
export function putAudience(campaign: LiveCampaign, audience: Binding, world: World): void {
  keepForReads(campaign, world);
  rebind(campaign, audience, "put", world);
  if (campaign.switches.updatedAtBumped) campaign.updatedAt = world.now();
}

/** Stores a binding and lets its evaluation begin. */
function rebind(campaign: LiveCampaign, audience: Binding, by: "put" | "person", world: World): void {
  campaign.evaluation = evaluationAfterChange(campaign, audience, world);
  campaign.audience = audience;
  const at = new Date(world.now()).toISOString();
  campaign.history = [...campaign.history, { by, at, audience }];
}
