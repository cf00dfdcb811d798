import { isObject, parseJsonBody } from "../body.ts";
import { findCampaign, type Handler } from "../handler.ts";
import { campaignRefusal, invalid } from "../reply.ts";
import type { LiveCampaign, World } from "../world/model.ts";
import { reachOf } from "../world/reach.ts";

const VERSION_ID = "11111111-1111-1111-1111-111111111111";

/** POST /campaigns/:id/preflight: a blocked campaign is still answered with 200 (sheet, section 9). */
export const runPreflight: Handler = ({ id, text, contentType }, world) => {
  if (text !== "") {
    const json = parseJsonBody(text, contentType, world.switches);
    if (json.kind === "refused") return json.refusal;
    if (!isObject(json.value) || Object.keys(json.value).length > 0) {
      return invalid(world.switches, "body", "must be an empty JSON object");
    }
  }
  const found = findCampaign(id, "operate", world);
  if (found.kind === "refused") return found.refusal;
  const { campaign } = found;
  if (campaign.missingState) return campaignRefusal("SUMMARY_UNAVAILABLE");
  if (campaign.authoringStatus !== "draft" && campaign.switches.lockedPreflight === "refused") {
    return campaignRefusal("NOT_DRAFT");
  }
  return { kind: "data", data: preflightShape(campaign, world) };
};

function preflightShape(campaign: LiveCampaign, world: World) {
  const issues = issuesOf(campaign, world);
  return {
    journeyId: campaign.campaignId,
    versionId: VERSION_ID,
    canPublish: issues.length === 0,
    evaluatedAt: new Date(world.now()).toISOString(),
    summary: { blockers: issues.length, warnings: 0, info: 0 },
    issues,
    bindingsPreview: [],
  };
}

/** AUDIENCE_NOT_ASSIGNED is documented; REACH_NOT_READY is the sandbox's own, for the advice to wait for `ok`. */
function issuesOf(campaign: LiveCampaign, world: World) {
  if (campaign.audience.include.length === 0) {
    const message = "Campaign must include at least one audience before it can be sent.";
    return [issue(campaign, "AUDIENCE_NOT_ASSIGNED", message)];
  }
  const { status } = reachOf(campaign, world);
  if (status === "ok") return [];
  return [issue(campaign, "REACH_NOT_READY", `Reach must be evaluated before sending; it is "${status}".`)];
}

function issue(campaign: LiveCampaign, code: string, message: string) {
  const href = `/campaigns/broadcast/${campaign.campaignId}/edit?step=audience`;
  return {
    severity: "blocker",
    code,
    message,
    remediation: [{ type: "link", label: "Configure Audience", href }],
  };
}
