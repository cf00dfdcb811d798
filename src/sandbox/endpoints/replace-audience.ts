import { parseJsonBody } from "../body.ts";
import { findCampaign, type Handler } from "../handler.ts";
import { type ApiRefusal, campaignRefusal, invalid, type Reply } from "../reply.ts";
import type { Binding, BoundAudience, LiveCampaign, World } from "../world/model.ts";
import { unknownEntries } from "../world/reach.ts";
import { fullShape } from "../world/shapes.ts";
import { changeCampaign, putAudience } from "../world/world.ts";
import { type AudienceBody, decodeAudienceBody } from "./audience-body.ts";

/** PUT /campaigns/:id/audience: replaces both lists, as the Audience Binding page says (sheet, section 6). */
export const replaceAudience: Handler = ({ id, text, contentType }, world) => {
  const json = parseJsonBody(text, contentType, world.switches);
  if (json.kind === "refused") return json.refusal;
  const body = decodeAudienceBody(json.value);
  if ("problem" in body) return invalid(world.switches, body.path, body.problem);
  const found = findCampaign(id, "operate", world);
  if (found.kind === "refused") return found.refusal;
  return bind(found.campaign, body, world);
};

function bind(campaign: LiveCampaign, body: AudienceBody, world: World): Reply {
  letSomebodyElseActFirst(campaign, world);
  const refusal = stateRefusal(campaign, body, world);
  if (refusal !== null) return refusal;
  const wanted = wantedBinding(campaign, body);
  if (campaign.switches.identicalPut === "resets" || !sameEntries(campaign.audience, wanted)) {
    putAudience(campaign, storedBinding(campaign, wanted), world);
  }
  return { kind: "data", data: fullShape(campaign, world) };
}

function stateRefusal(campaign: LiveCampaign, body: AudienceBody, world: World): ApiRefusal | null {
  if (campaign.missingState) return campaignRefusal("SUMMARY_UNAVAILABLE");
  if (campaign.authoringStatus !== "draft") return campaignRefusal("NOT_DRAFT");
  if (campaign.switches.unknownAudience !== "refused") return null;
  const audience = { include: body.include, exclude: body.exclude ?? [] };
  const [unknown] = unknownEntries({ audience }, world);
  if (unknown === undefined) return null;
  return invalid(world.switches, "audienceId", `no ${unknown.type} has the id ${unknown.audienceId}`);
}

/** Plays the person who locks or edits the campaign after the client's last look at it; once. */
function letSomebodyElseActFirst(campaign: LiveCampaign, world: World): void {
  const visit = campaign.beforePut;
  campaign.beforePut = null;
  if (visit === "lock") changeCampaign(campaign, { authoringStatus: "scheduled" }, world);
  if (visit === "edit") changeCampaign(campaign, { audience: { exclude: [] } }, world);
}

function wantedBinding(campaign: LiveCampaign, body: AudienceBody): Binding {
  const kept = campaign.switches.omittedExclude === "keeps" ? campaign.audience.exclude : [];
  return { include: body.include, exclude: body.exclude ?? kept };
}

function storedBinding(campaign: LiveCampaign, wanted: Binding): Binding {
  switch (campaign.switches.storeSomethingElse) {
    case "never":
      return wanted;
    case "keeps-old":
      return campaign.audience;
    case "drops-exclude":
      return { include: wanted.include, exclude: [] };
  }
}

function sameEntries(a: Binding, b: Binding): boolean {
  const key = (list: readonly BoundAudience[]) =>
    list
      .map(({ audienceId, type }) => `${audienceId.toLowerCase()} ${type}`)
      .sort()
      .join();
  return key(a.include) === key(b.include) && key(a.exclude) === key(b.exclude);
}
