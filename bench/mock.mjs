// The API of the measures, in a process of its own: GET /campaigns/:id/summary and PUT /campaigns/:id/audience, each
// answered after a fixed time. Counts what it is asked, and the most accepted writes not yet read back at once.
// Alone: node bench/mock.mjs --port 4011 [--rate R --burst B]
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { campaignAt } from "./campaign.mjs";
import { countUnread } from "./unread.mjs";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    campaigns: { type: "string", default: "10000" },
    latency: { type: "string", default: "20" },
    "reach-delay": { type: "string", default: "500" },
    rate: { type: "string" },
    burst: { type: "string", default: "1" },
  },
});
const latencyMs = Number(values.latency);
const reachDelayMs = Number(values["reach-delay"]);
const EVALUATED = "2026-11-20T10:00:00.000Z";
const UPDATED = "2026-11-20T09:00:00.000Z";

const stored = new Map();
for (let index = 0; index < Number(values.campaigns); index += 1) {
  const campaign = campaignAt(index);
  stored.set(campaign.campaignId, { index, campaign, written: null, drifted: false });
}

let counts;
let unread;
let limit;
/** What is left of the limit, by token: each has one of its own. */
const buckets = new Map();
reset({
  drift: 0,
  rate: values.rate === undefined ? null : Number(values.rate),
  burst: Number(values.burst),
});

/** As at the beginning; the first `drift` campaigns differ from their files by one excluded audience. */
function reset({ drift, rate, burst }) {
  counts = { get: 0, put: 0, refused: 0, firstAt: null, lastAt: null };
  unread = countUnread();
  limit = rate === null ? null : { rate, burst };
  buckets.clear();
  for (const entry of stored.values()) {
    entry.written = null;
    entry.drifted = entry.index < drift;
    entry.answer = null;
  }
}

/** Whole seconds until there is a permit; 0 when one was there and is taken. */
function secondsToWait({ authorization }) {
  if (limit === null) return 0;
  const now = performance.now();
  const bucket = buckets.get(authorization) ?? { permits: limit.burst, at: now };
  buckets.set(authorization, bucket);
  bucket.permits = Math.min(limit.burst, bucket.permits + ((now - bucket.at) * limit.rate) / 1000);
  bucket.at = now;
  if (bucket.permits < 1) return Math.max(1, Math.ceil((1 - bucket.permits) / limit.rate));
  bucket.permits -= 1;
  return 0;
}

function summaryOf({ campaign, written, drifted }) {
  const { campaignId, name, include, exclude } = campaign;
  const binding = written ?? { include, exclude: drifted ? exclude.slice(1) : exclude };
  const entry = ({ audienceId, type }) => ({
    id: audienceId,
    name: `Audience ${audienceId.slice(0, 4)}`,
    type,
  });
  return {
    success: true,
    data: {
      campaignId,
      name,
      campaignType: "broadcast",
      channel: "email",
      authoringStatus: "draft",
      updatedAt: written === null ? UPDATED : new Date(written.at).toISOString(),
      audience: {
        included: binding.include.map(entry),
        excluded: binding.exclude.map(entry),
        reach: reachOf(written),
      },
    },
  };
}

function reachOf(written) {
  if (written === null)
    return { status: "ok", evaluatedCount: 18432, evaluatedAt: EVALUATED, isStale: false };
  const readyAt = written.at + reachDelayMs;
  if (Date.now() < readyAt)
    return { status: "pending", evaluatedCount: null, evaluatedAt: null, isStale: true };
  return {
    status: "ok",
    evaluatedCount: 17000,
    evaluatedAt: new Date(readyAt).toISOString(),
    isStale: false,
  };
}

/** The text of an untouched campaign's answer is made once. */
function read(entry) {
  if (entry.written !== null) return JSON.stringify(summaryOf(entry));
  entry.answer ??= JSON.stringify(summaryOf(entry));
  return entry.answer;
}

function write(entry, body) {
  const { include, exclude } = JSON.parse(body);
  entry.written = { include, exclude, at: Date.now() };
  return JSON.stringify({ success: true, data: { id: entry.campaign.campaignId } });
}

const ROUTE = /^\/public\/v1\/campaigns\/([0-9a-f-]{36})\/(summary|audience)$/;

function answer(request, body) {
  const [, id, resource] = ROUTE.exec(request.url) ?? [];
  const entry = stored.get(id);
  const wait = secondsToWait(request.headers);
  if (wait > 0) {
    counts.refused += 1;
    const error = { code: "CDP_ETL.RATE.LIMITED", message: `Rate limit exceeded. Retry after ${wait}s.` };
    return {
      status: 429,
      headers: { "retry-after": String(wait) },
      text: JSON.stringify({ success: false, error }),
    };
  }
  if (entry !== undefined && request.method === "GET" && resource === "summary") {
    const { written } = entry;
    return { status: 200, headers: {}, text: read(entry), onSent: () => unread.shown(id, written) };
  }
  if (entry !== undefined && request.method === "PUT" && resource === "audience") {
    const text = write(entry, body);
    const { written } = entry;
    return { status: 200, headers: {}, text, onSent: () => unread.accepted(id, written) };
  }
  const error = { code: "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND", message: "There is no such campaign." };
  return { status: 404, headers: {}, text: JSON.stringify({ success: false, error }) };
}

let served = 0;

function serve(request, response) {
  const now = performance.now();
  counts.firstAt ??= now;
  counts[request.method === "PUT" ? "put" : "get"] += 1;
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const { status, headers, text, onSent } = answer(request, body);
    setTimeout(() => {
      served += 1;
      counts.lastAt = performance.now();
      response.writeHead(status, {
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(text),
        "x-correlation-id": `bench-${served}`,
        ...headers,
      });
      response.end(text);
      onSent?.();
    }, latencyMs);
  });
}

const server = createServer({ keepAliveTimeout: 30_000 }, serve);
server.listen(Number(values.port), "127.0.0.1", () => {
  const url = `http://127.0.0.1:${server.address().port}/public/v1`;
  if (process.send === undefined) console.log(`listening on ${url}`);
  else process.send({ url });
});
process.on("message", (message) => {
  if (message.reset !== undefined) reset(message.reset);
  process.send({ counts: { ...counts, mostUnread: unread.most() } });
});
process.on("disconnect", () => process.exit());
