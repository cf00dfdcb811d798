// What the work costs at least: node:http, kept-alive connections, as few requests as can be. No YAML, no checks, no
// re-read before a write and no read-back after it.
// node bench/floor.mjs plan|apply CAMPAIGNS.json URL PARALLELISM
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

const [job, file, url, parallelism] = process.argv.slice(2);
const campaigns = JSON.parse(readFileSync(file, "utf8"));
const { hostname, port, pathname } = new URL(url);
const agent = new Agent({ keepAlive: true, maxSockets: Number(parallelism) });
const headers = { authorization: "Bearer bench", accept: "application/json" };
const REACH_DELAY_MS = 500;

function send(method, path, body) {
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, method, path: `${pathname}/campaigns/${path}`, headers };
    const sent = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve(JSON.parse(text).data);
        else reject(new Error(`${method} ${path}: ${response.statusCode}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function inParallel(items, work) {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Number(parallelism) }, worker));
}

function isSame(wanted, live) {
  const types = new Map(live.map(({ id, type }) => [id, type]));
  return (
    types.size === wanted.length && wanted.every(({ audienceId, type }) => types.get(audienceId) === type)
  );
}

const changed = [];
await inParallel(campaigns, async (campaign) => {
  const { audience } = await send("GET", `${campaign.campaignId}/summary`);
  const { include, exclude } = campaign;
  if (!isSame(include, audience.included) || !isSame(exclude, audience.excluded)) changed.push(campaign);
});
if (job === "apply") {
  const waits = [];
  await inParallel(changed, async ({ campaignId, include, exclude }) => {
    await send("PUT", `${campaignId}/audience`, JSON.stringify({ include, exclude }));
    waits.push(confirm(campaignId));
  });
  await Promise.all(waits);
}
agent.destroy();
console.log(`${campaigns.length} read, ${changed.length} changed`);

/** It knows when to look; the connections of the agent bound how many look at once. */
async function confirm(campaignId) {
  await new Promise((resolve) => setTimeout(resolve, REACH_DELAY_MS));
  while ((await send("GET", `${campaignId}/summary`)).audience.reach.status !== "ok");
}
