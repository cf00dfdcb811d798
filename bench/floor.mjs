// What the work costs at least: node:http, kept-alive connections, as few requests as can be. No YAML, no checks.
// `apply` is safe: it carries each campaign to its verified end before it begins another. `apply-unsafe`, for
// comparison, neither reads again before a write nor reads back after it.
// node bench/floor.mjs plan|apply|apply-unsafe CAMPAIGNS.json URL PARALLELISM
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

function read({ campaignId }) {
  return send("GET", `${campaignId}/summary`);
}

function isSame(wanted, live) {
  const types = new Map(live.map(({ id, type }) => [id, type]));
  return (
    types.size === wanted.length && wanted.every(({ audienceId, type }) => types.get(audienceId) === type)
  );
}

function shows({ include, exclude }, { included, excluded }) {
  return isSame(include, included) && isSame(exclude, excluded);
}

/** What a read has shown, in the words of a declaration. */
function bindingOf({ included, excluded }) {
  const entry = ({ id, type }) => ({ audienceId: id, type });
  return { include: included.map(entry), exclude: excluded.map(entry) };
}

async function expectToShow(campaign, binding, when) {
  const { audience } = await read(campaign);
  if (!shows(binding, audience)) throw new Error(`${campaign.campaignId}: other audiences ${when}`);
}

/** Begins to wait for reach when the write is answered, as a promise in an object, so that nobody waits for it yet. */
async function write(campaign) {
  const { campaignId, include, exclude } = campaign;
  await send("PUT", `${campaignId}/audience`, JSON.stringify({ include, exclude }));
  return { reached: waitForReach(campaign) };
}

/** It knows when to look. It holds no worker; the connections of the agent bound how many look at once. */
async function waitForReach(campaign) {
  await new Promise((resolve) => setTimeout(resolve, REACH_DELAY_MS));
  while ((await read(campaign)).audience.reach.status !== "ok");
}

const APPLY = {
  async apply(campaign) {
    await expectToShow(campaign, campaign.planned, "than were planned from");
    const written = await write(campaign);
    await expectToShow(campaign, campaign, "than were written");
    return written;
  },
  "apply-unsafe": write,
};

const changed = [];
await inParallel(campaigns, async (campaign) => {
  const { audience } = await read(campaign);
  if (!shows(campaign, audience)) changed.push({ ...campaign, planned: bindingOf(audience) });
});
if (job !== "plan") {
  const waits = [];
  await inParallel(changed, async (campaign) => {
    const { reached } = await APPLY[job](campaign);
    waits.push(reached);
  });
  await Promise.all(waits);
}
agent.destroy();
console.log(`${campaigns.length} read, ${changed.length} changed`);
