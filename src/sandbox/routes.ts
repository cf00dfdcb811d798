import type { TokenScope } from "./access.ts";
import { listCampaigns } from "./endpoints/list-campaigns.ts";
import { runPreflight } from "./endpoints/preflight.ts";
import { previewAudience } from "./endpoints/preview.ts";
import { readCampaign, readSummary } from "./endpoints/read-campaigns.ts";
import { replaceAudience } from "./endpoints/replace-audience.ts";
import type { Handler } from "./handler.ts";

/** One documented endpoint; the pattern is matched against the path below the base URL and may capture an id. */
export type Route = {
  readonly method: string;
  readonly pattern: RegExp;
  readonly scope: TokenScope;
  readonly handle: Handler;
};

const ROUTES: readonly Route[] = [
  { method: "GET", pattern: /^\/campaigns$/, scope: "campaigns:read", handle: listCampaigns },
  { method: "GET", pattern: /^\/campaigns\/([^/]+)$/, scope: "campaigns:read", handle: readCampaign },
  { method: "GET", pattern: /^\/campaigns\/([^/]+)\/summary$/, scope: "campaigns:read", handle: readSummary },
  {
    method: "PUT",
    pattern: /^\/campaigns\/([^/]+)\/audience$/,
    scope: "campaigns:update",
    handle: replaceAudience,
  },
  {
    method: "POST",
    pattern: /^\/campaigns\/([^/]+)\/preflight$/,
    scope: "campaigns:read",
    handle: runPreflight,
  },
  {
    method: "POST",
    pattern: /^\/audiences\/([^/]+)\/preview$/,
    scope: "cdp:audiences:preview",
    handle: previewAudience,
  },
];

/** The endpoint for a method and path, with the id that the path names. */
export function findRoute(method: string, path: string): { route: Route; id: string } | null {
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match !== null) return { route, id: match[1] ?? "" };
  }
  return null;
}
