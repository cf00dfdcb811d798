import { findCampaign, type Handler } from "../handler.ts";
import { type ApiRefusal, campaignRefusal, invalid } from "../reply.ts";
import { noticeRead } from "../world/evaluation.ts";
import type { LiveCampaign } from "../world/model.ts";
import { asRead } from "../world/read-lag.ts";
import { fullShape, itemShape, summaryShape } from "../world/shapes.ts";
import type { ServerSwitches } from "../world/switches.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const FILTERS = ["status", "channel", "limit"];

/** GET /campaigns/:id/summary. */
export const readSummary: Handler = ({ id }, world) => {
  const found = findCampaign(id, "read", world);
  if (found.kind === "refused") return found.refusal;
  if (found.campaign.missingState) return campaignRefusal("SUMMARY_UNAVAILABLE");
  noticeRead(found.campaign, world);
  return { kind: "data", data: summaryShape(found.campaign, world) };
};

/** GET /campaigns/:id. */
export const readCampaign: Handler = ({ id }, world) => {
  const found = findCampaign(id, "read", world);
  return found.kind === "refused" ? found.refusal : { kind: "data", data: fullShape(found.campaign, world) };
};

/** GET /campaigns: the newest first. `status` is compared with `authoringStatus`; paging is not documented. */
export const listCampaigns: Handler = ({ query }, world) => {
  const refusal = queryProblem(query, world.switches);
  if (refusal !== null) return refusal;
  const matches = [...world.campaigns.values()]
    .map((campaign) => asRead(campaign, world))
    .filter((campaign) => fits(query.get("status"), campaign.authoringStatus))
    .filter((campaign) => fits(query.get("channel"), campaign.channel))
    .sort((a, b) => newestFirst(a, b));
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  return { kind: "data", data: { items: matches.slice(0, limit).map(itemShape) } };
};

function queryProblem(query: URLSearchParams, switches: ServerSwitches): ApiRefusal | null {
  const unknown = [...query.keys()].find((name) => !FILTERS.includes(name));
  if (unknown !== undefined) return invalid(switches, unknown, "unknown query parameter");
  const limit = query.get("limit");
  if (limit === null || (/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT))
    return null;
  return invalid(switches, "limit", `must be a whole number from 1 to ${MAX_LIMIT}`);
}

function fits(wanted: string | null, actual: string): boolean {
  return wanted === null || wanted === actual;
}

function newestFirst(a: LiveCampaign, b: LiveCampaign): number {
  return b.createdAt - a.createdAt || (a.campaignId < b.campaignId ? -1 : 1);
}
