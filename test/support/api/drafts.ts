import type { Socket } from "node:net";
import type { AudienceBinding } from "../../../src/domain/model.ts";
import {
  answerJson,
  type Behaviour,
  type RawRequest,
  type RawServer,
  startRawServer,
} from "../network/raw-server.ts";
import { summaryOf } from "../samples/summary.ts";

type Stored = { audience: AudienceBinding; authoringStatus: string };

/** One request to a campaign. `count` is how many of this method the server has had for all campaigns, from 1. */
type Asked = {
  readonly request: RawRequest;
  readonly campaign: Stored;
  readonly id: string;
  readonly count: number;
};

/** Text to answer in place of the API; `"drop"` resets the connection; null lets the API answer. */
type Meddled = string | "drop" | null;

/** Where a test meddles. */
export type Meddling = {
  /** Before the API acts on a request. What it answers is all that happens. */
  readonly before?: (asked: Asked) => Meddled;
  /** After a write was carried out, in place of its answer. */
  readonly after?: (asked: Asked) => Meddled;
};

/** An API of campaigns in memory, behind a real socket. */
export type Drafts = {
  readonly server: RawServer;
  /** What is live, by id; a test may edit it as somebody in the console would. */
  readonly live: ReadonlyMap<string, Stored>;
  /** Ids that a PUT came for, in order. */
  written(): string[];
};

export async function serveDrafts(
  campaigns: ReadonlyMap<string, AudienceBinding>,
  { before, after }: Meddling = {},
): Promise<Drafts> {
  const live = new Map([...campaigns].map(([id, audience]) => [id, { audience, authoringStatus: "draft" }]));
  const counts = { GET: 0, PUT: 0 };
  const behave: Behaviour = async (request, socket) => {
    // As long as a real answer takes, so that requests do overlap.
    await new Promise((resolve) => setTimeout(resolve, 2));
    const id = idIn(request);
    const campaign = live.get(id);
    if (campaign === undefined) return send(socket, answerJson({ success: false }, { status: 404 }));
    const method = request.method as "GET" | "PUT";
    counts[method] += 1;
    const asked: Asked = { request, campaign, id, count: counts[method] };
    const instead = before?.(asked) ?? null;
    if (instead !== null) return send(socket, instead);
    if (method === "GET") return send(socket, answerJson(summaryOf(id, campaign.audience, campaign)));
    if (campaign.authoringStatus !== "draft") return send(socket, NOT_DRAFT);
    campaign.audience = JSON.parse(request.body) as AudienceBinding;
    return send(socket, after?.(asked) ?? answerJson({ success: true, data: { campaignId: id } }));
  };
  const server = await startRawServer(behave);
  return {
    server,
    live,
    written: () => server.requests.filter(({ method }) => method === "PUT").map(idIn),
  };
}

const NOT_DRAFT = answerJson(
  { success: false, error: { code: "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_DRAFT", message: "Not a draft." } },
  { status: 409 },
);

function send(socket: Socket, text: Exclude<Meddled, null>): void {
  if (text === "drop") socket.resetAndDestroy();
  else socket.write(text);
}

function idIn({ path }: RawRequest): string {
  return path.split("/")[4] ?? "";
}
