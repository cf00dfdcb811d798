import type { BoundAudience, LiveCampaign, World } from "./model.ts";
import { isOutdated, reachOf } from "./reach.ts";

/** `data` of GET /campaigns/:id/summary, field by field as in the sample (sheet, section 8). */
export function summaryShape(campaign: LiveCampaign, world: World) {
  return {
    campaignId: idText(campaign.campaignId, campaign),
    ...commonFields(campaign),
    ...scheduleOf(campaign),
    audience: {
      included: summaryEntries(campaign.audience.include, campaign, world),
      excluded: summaryEntries(campaign.audience.exclude, campaign, world),
      reach: reachShape(campaign, world),
    },
    ...setup(campaign, "content", contentSample),
    preflight: { status: "not_evaluated", checks: [] },
    latestExecution: { status: "not_scheduled", lastExecutionAt: null, counts: null },
    links: { self: `/public/v1/campaigns/${campaign.campaignId}/summary` },
    ...(campaign.switches.extraFields
      ? { workspaceLabels: ["sandbox"], revision: campaign.history.length }
      : {}),
  };
}

/** `data` of GET /campaigns/:id and of the audience PUT. No page shows it: two switches choose its spelling. */
export function fullShape(campaign: LiveCampaign, world: World) {
  const { include, exclude } = campaign.audience;
  const reach = reachShape(campaign, world);
  return {
    ...idFields(campaign),
    ...commonFields(campaign),
    description: null,
    tags: [],
    ...scheduleOf(campaign),
    audience:
      campaign.switches.fullObject === "as-summary"
        ? {
            included: summaryEntries(include, campaign, world),
            excluded: summaryEntries(exclude, campaign, world),
            reach,
          }
        : { include: putEntries(include, campaign), exclude: putEntries(exclude, campaign), reach },
    ...setup(campaign, "content", contentSample),
  };
}

/** One item of GET /campaigns. No page shows it either. */
export function itemShape(campaign: LiveCampaign) {
  return { ...idFields(campaign), ...commonFields(campaign) };
}

function idFields(campaign: LiveCampaign) {
  const id = idText(campaign.campaignId, campaign);
  const field = campaign.switches.campaignIdField;
  return { ...(field === "campaignId" ? {} : { id }), ...(field === "id" ? {} : { campaignId: id }) };
}

function commonFields(campaign: LiveCampaign) {
  const { name, campaignType, channel, authoringStatus } = campaign;
  return {
    name,
    campaignType,
    channel,
    authoringStatus,
    createdAt: timeText(campaign.createdAt, campaign),
    updatedAt: timeText(campaign.updatedAt, campaign),
  };
}

function reachShape(campaign: LiveCampaign, world: World) {
  const { status, evaluatedCount, evaluatedAt, isStale } = reachOf(campaign, world);
  const { evaluatedAtMissing, isStale: rule, extraFields } = campaign.switches;
  const at = evaluatedAt === null ? null : timeText(evaluatedAt, campaign);
  const stale = isStale ?? (rule === "accurate" ? isOutdated(campaign, world) : rule === "always-true");
  return {
    status,
    evaluatedCount,
    ...(evaluatedAtMissing ? {} : { evaluatedAt: at }),
    ...(rule === "missing" ? {} : { isStale: stale }),
    ...(extraFields ? { engine: "v2" } : {}),
  };
}

function summaryEntries(list: readonly BoundAudience[], campaign: LiveCampaign, world: World) {
  return ordered(list, campaign).map(({ audienceId, type }) => {
    const known = campaign.switches.namesNull ? undefined : world.audiences?.get(audienceId.toLowerCase());
    return {
      id: idText(audienceId, campaign),
      name: known?.name ?? null,
      type,
      memberCount: known?.size ?? null,
    };
  });
}

function putEntries(list: readonly BoundAudience[], campaign: LiveCampaign) {
  return ordered(list, campaign).map(({ audienceId, type }) => ({
    audienceId: idText(audienceId, campaign),
    type,
  }));
}

function ordered(list: readonly BoundAudience[], campaign: LiveCampaign): readonly BoundAudience[] {
  return campaign.switches.entryOrder === "reversed" ? list.toReversed() : list;
}

function idText(id: string, campaign: LiveCampaign): string {
  return campaign.switches.idCase === "upper" ? id.toUpperCase() : id;
}

function timeText(time: number, campaign: LiveCampaign): string {
  const text = new Date(time).toISOString();
  return campaign.switches.timestamps === "seconds" ? text.replace(/\.\d+Z$/, "Z") : text;
}

/** A part that may not be configured: filled, null or missing, as switched. */
function setup<Name extends string>(
  campaign: LiveCampaign,
  name: Name,
  sample: (campaign: LiveCampaign) => unknown,
) {
  const { summaryNulls } = campaign.switches;
  if (summaryNulls === "missing") return {};
  return { [name]: summaryNulls === "filled" ? sample(campaign) : null };
}

/** One that the seed tells is there, whatever the switch says. */
function scheduleOf(campaign: LiveCampaign) {
  return campaign.sendAt === null
    ? setup(campaign, "schedule", scheduleSample)
    : { schedule: scheduleSample(campaign) };
}

function scheduleSample({ sendAt }: LiveCampaign) {
  return {
    kind: "digital_send",
    mode: "at",
    sendAt: sendAt ?? "2026-05-01T09:00:00.000Z",
    timezone: "America/New_York",
    scheduled: true,
  };
}

function contentSample({ channel }: LiveCampaign) {
  const id = "bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb";
  return { template: { id, name: "Sample", status: "published", channel }, proofStatus: "unavailable" };
}
