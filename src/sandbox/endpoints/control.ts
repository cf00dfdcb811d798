import type { IncomingMessage, ServerResponse } from "node:http";
import validate from "../../generated/validate-sandbox.js";
import type { Parts } from "../api.ts";
import { isObject, readBody } from "../body.ts";
import { jsonAnswer } from "../reply.ts";
import { sendAnswer } from "../send.ts";
import type { CampaignChange, LiveCampaign, SandboxSeed, World } from "../world/model.ts";
import { reachOf } from "../world/reach.ts";
import { changeCampaign } from "../world/world.ts";

type ControlReply = { readonly status: number; readonly body: unknown };

/** Answers one request below /__sandbox: for tests that look behind the API. Needs no token and is not logged. */
export async function answerControlRequest(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  parts: Parts,
): Promise<void> {
  const text = (await readBody(request)) ?? "";
  const { status, body } = control(`${request.method} ${path}`, text, parts);
  sendAnswer(response, jsonAnswer(status, body));
}

function control(request: string, text: string, parts: Parts): ControlReply {
  switch (request) {
    case "GET /requests":
      return { status: 200, body: parts.log.list() };
    case "DELETE /requests":
      parts.log.clear();
      return { status: 200, body: [] };
    case "DELETE /tokens":
      parts.access.revokeIssued();
      return { status: 200, body: {} };
    default:
      return campaignControl(request, text, parts.world);
  }
}

function campaignControl(request: string, text: string, world: World): ControlReply {
  const [, method, id] = /^(GET|POST) \/campaigns\/([^/]+)$/.exec(request) ?? [];
  const campaign = world.campaigns.get(id?.toLowerCase() ?? "");
  if (campaign === undefined)
    return { status: 404, body: { error: `There is no ${request} in the sandbox.` } };
  if (method === "POST") {
    const checked = checkChange(campaign.campaignId, text);
    if (checked.kind === "refused") return { status: 400, body: { error: checked.problem } };
    changeCampaign(campaign, checked.change, world);
  }
  return { status: 200, body: stateShape(campaign, world) };
}

/** A change that may be made, or what is wrong with it, with its place in the body. */
type CheckedChange =
  | { readonly kind: "change"; readonly change: CampaignChange }
  | { readonly kind: "refused"; readonly problem: string };

/** Reads a change of a campaign from JSON; it may hold what a campaign in the seed may hold, but the id. */
function checkChange(campaignId: string, text: string): CheckedChange {
  const value = parseObject(text);
  if (value === null || "campaignId" in value) {
    return {
      kind: "refused",
      problem: "The body must be a JSON object of fields to change, without campaignId.",
    };
  }
  const seed: unknown = { campaigns: [{ ...value, campaignId }] };
  if (validate(seed)) return { kind: "change", change: (seed as SandboxSeed).campaigns[0] ?? {} };
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath.replace("/campaigns/0", "") || "/"} ${message} ${JSON.stringify(params)}`,
  );
  return { kind: "refused", problem: problems.join("; ") };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The campaign as the sandbox holds it, whatever its switches make of it in answers. */
function stateShape(campaign: LiveCampaign, world: World) {
  const { campaignId, name, authoringStatus, audience, history } = campaign;
  const { status, evaluatedCount, evaluatedAt } = reachOf(campaign, world);
  const at = evaluatedAt === null ? null : new Date(evaluatedAt).toISOString();
  return {
    campaignId,
    name,
    authoringStatus,
    audience,
    reach: { status, evaluatedCount, evaluatedAt: at },
    history,
  };
}
