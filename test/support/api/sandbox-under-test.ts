import { afterEach } from "vitest";
import { type SandboxOptions, startSandbox } from "../../../src/sandbox/server.ts";
import type { SandboxSeed, SeedCampaign } from "../../../src/sandbox/world/model.ts";
import type { Switches } from "../../../src/sandbox/world/switches.ts";

export const CAMPAIGN = "4130bada-9264-465f-bc0c-a26bebcfcc81";
export const OTHER = "4130bada-9264-465f-bc0c-a26bebcfcc82";
export const VIPS = "a1b2c3d4-0000-0000-0000-000000000001";
export const BUYERS = "a1b2c3d4-0000-0000-0000-000000000002";
export const UNSUBSCRIBED = "a1b2c3d4-0000-0000-0000-000000000099";
export const UNKNOWN = "deadbeef-0000-0000-0000-000000000000";

/** The moment at which the fake clock of every sandbox starts. */
export const START = Date.parse("2026-11-24T10:00:00.250Z");
export const DELAY = 1000;

export const AUDIENCES = [
  { audienceId: VIPS, type: "segment", name: "VIPs", size: 500, previewId: "aud_01HXYZ" },
  { audienceId: BUYERS, type: "audience", name: "Buyers", size: 300 },
  { audienceId: UNSUBSCRIBED, type: "audience", name: "Unsubscribed", size: 40 },
];

export const segment = (audienceId: string) => ({ audienceId, type: "segment" });
export const audience = (audienceId: string) => ({ audienceId, type: "audience" });

/** VIPs but the unsubscribed: 460 people. */
export const LIVE = { include: [segment(VIPS)], exclude: [audience(UNSUBSCRIBED)] };
/** VIPs and buyers but the unsubscribed: 760 people. */
export const WANTED = { include: [segment(VIPS), audience(BUYERS)], exclude: [audience(UNSUBSCRIBED)] };

/** A seed with one draft that has LIVE audiences. */
export function seedWith(
  campaign: Omit<SeedCampaign, "campaignId"> = {},
  switches: Partial<Switches> = {},
): SandboxSeed {
  const seeded = { campaignId: CAMPAIGN, name: "Spring", audience: LIVE, ...campaign };
  return { audiences: AUDIENCES, campaigns: [seeded], switches };
}

/** What came back; `data` and `error` are those of the envelope. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
type Answered = { status: number; headers: Headers; text: string; body: any };

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
});

/** Starts a sandbox on a free port with a clock that moves only when told; it is closed after the test. */
export async function start(seed: SandboxSeed = seedWith(), options: Partial<SandboxOptions> = {}) {
  let time = START;
  const sandbox = await startSandbox({
    seed,
    port: 0,
    reachDelayMs: DELAY,
    now: () => time,
    ...options,
  });
  running.push(sandbox);
  const origin = `http://127.0.0.1:${sandbox.port}`;
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const given = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const all = { authorization: "Bearer any", ...type, ...headers };
    const response = await fetch(path.startsWith("/__") ? origin + path : sandbox.url + path, {
      method,
      headers: all,
      ...given,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) } satisfies Answered;
  };
  return {
    ...sandbox,
    origin,
    send,
    pass: (ms: number) => {
      time += ms;
    },
    summary: async () => (await send("GET", `/campaigns/${CAMPAIGN}/summary`)).body.data,
    reach: async () => (await send("GET", `/campaigns/${CAMPAIGN}/summary`)).body.data.audience.reach,
    put: (body: unknown = WANTED) => send("PUT", `/campaigns/${CAMPAIGN}/audience`, body),
    /** What the sandbox holds, past every switch. */
    state: async () => (await send("GET", `/__sandbox/campaigns/${CAMPAIGN}`)).body,
  };
}

function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
