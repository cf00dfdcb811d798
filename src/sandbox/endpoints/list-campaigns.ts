import type { Handler } from "../handler.ts";
import { type ApiRefusal, invalid } from "../reply.ts";
import type { LiveCampaign } from "../world/model.ts";
import { asRead } from "../world/read-lag.ts";
import { itemShape } from "../world/shapes.ts";
import type { ServerSwitches } from "../world/switches.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const FILTERS = ["status", "channel", "limit"];

/** What a query may hold beside the filters, by how the list goes on. Nothing of it is documented. */
const POSITIONS: Readonly<Record<ServerSwitches["listPaging"], readonly string[]>> = {
  none: [],
  page: ["page"],
  repeating: ["page"],
  short: ["page"],
  cursor: ["cursor"],
};

/** GET /campaigns: the newest first. `status` is compared with `authoringStatus`. */
export const listCampaigns: Handler = ({ query }, world) => {
  const refusal = queryProblem(query, world.switches);
  if (refusal !== null) return refusal;
  const matches = [...world.campaigns.values()]
    .map((campaign) => asRead(campaign, world))
    .filter((campaign) => fits(query.get("status"), campaign.authoringStatus))
    .filter((campaign) => fits(query.get("channel"), campaign.channel))
    .sort((a, b) => newestFirst(a, b));
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  return { kind: "data", data: pageOf(matches, limit, query, world.switches.listPaging) };
};

function pageOf(
  matches: readonly LiveCampaign[],
  limit: number,
  query: URLSearchParams,
  paging: ServerSwitches["listPaging"],
): object {
  const page = Number(query.get("page") ?? 1);
  const from = paging === "cursor" ? Number(query.get("cursor") ?? 0) : (page - 1) * limit;
  // One that is missing on each page is never seen, though it counts.
  const most = paging === "short" ? limit - 1 : limit;
  const start = paging === "repeating" ? 0 : from;
  const items = matches.slice(start, start + most).map(itemShape);
  const next = from + limit < matches.length ? String(from + limit) : null;
  switch (paging) {
    case "page":
    case "short":
      return { items, page, total: matches.length };
    case "cursor":
      return { items, nextCursor: next };
    default:
      return { items };
  }
}

function queryProblem(query: URLSearchParams, switches: ServerSwitches): ApiRefusal | null {
  const positions = POSITIONS[switches.listPaging];
  const unknown = [...query.keys()].find((name) => !FILTERS.includes(name) && !positions.includes(name));
  if (unknown !== undefined) return invalid(switches, unknown, "unknown query parameter");
  for (const name of positions) {
    if (!/^\d{1,9}$/.test(query.get(name) ?? "1")) return invalid(switches, name, "must be a whole number");
  }
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
