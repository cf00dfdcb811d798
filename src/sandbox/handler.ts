import { isUuid } from "../domain/ids.ts";
import { type ApiRefusal, campaignRefusal, type Reply } from "./reply.ts";
import type { LiveCampaign, World } from "./world/model.ts";
import { asRead } from "./world/read-lag.ts";

/** One request as a handler sees it, past the checks of token, rate and scope. */
export type EndpointRequest = {
  /** The id in the path, as it came. */
  readonly id: string;
  readonly query: URLSearchParams;
  /** The body; empty when there was none. */
  readonly text: string;
  readonly contentType: string | undefined;
};

/** Answers one endpoint; reads and changes nothing but the world. */
export type Handler = (request: EndpointRequest, world: World) => Reply;

/** A campaign that may be worked on, or why not. */
export type Found =
  | { readonly kind: "campaign"; readonly campaign: LiveCampaign }
  | { readonly kind: "refused"; readonly refusal: ApiRefusal };

/**
 * Looks a campaign up and refuses what every campaign endpoint refuses. `purpose` chooses the code for its type, and
 * whether it may be seen late.
 */
export function findCampaign(id: string, purpose: "read" | "operate", world: World): Found {
  if (!isUuid(id) && world.switches.malformedId === 400) return refused(malformed());
  const current = world.campaigns.get(id.toLowerCase());
  if (current === undefined) return refused(campaignRefusal("NOT_FOUND"));
  const campaign = purpose === "read" ? asRead(current, world) : current;
  if (campaign.campaignType !== "broadcast") {
    return refused(campaignRefusal(purpose === "read" ? "SUMMARY_TYPE_UNSUPPORTED" : "TYPE_UNSUPPORTED"));
  }
  return { kind: "campaign", campaign };
}

function refused(refusal: ApiRefusal): Found {
  return { kind: "refused", refusal };
}

function malformed(): ApiRefusal {
  return {
    kind: "refusal",
    status: 400,
    code: "CDP_ETL.VALIDATION.REQUEST_INVALID",
    message: "campaign_id: must be a UUID",
    path: "campaign_id",
  };
}
