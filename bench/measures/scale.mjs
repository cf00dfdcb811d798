import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { rowOf } from "../row.mjs";

const GROUP = "scale";
const JOBS = 4;
const LIMIT = { rate: 10, burst: 10 };

/** More campaigns than any mock has, in virtual time: the limit of each token, and how many tokens there are. */
const SIMULATED = { count: 100_000, limit: { rate: 10, burst: 10 }, tokens: [1, 4, 20] };

/** `plan` by jobs of a shard and a token each, over what the limits of these tokens allow. */
export async function* measureScale(world, { quick }) {
  const { isInShard, runUnderLimit } = await simulation(world.newFolder());
  const shardsOf = (count) => Array.from({ length: count }, (_, at) => ({ index: at + 1, count }));
  const largest = (ids, count) =>
    Math.max(...shardsOf(count).map((shard) => ids.filter((id) => isInShard(id, shard)).length));
  yield* measureJobs(world, quick ? 1_000 : 10_000, largest);
  const { count, limit, tokens } = SIMULATED;
  const ids = idsOf(quick ? count / 10 : count);
  for (const of of tokens) {
    const requests = largest(ids, of);
    const { wallMs } = await runUnderLimit(limit, { requests, parallelism: 10, inLine: 250 }, 1);
    const ideal = (requests - limit.burst) / limit.rate;
    yield rowOf(
      `scale-simulated-${of}`,
      `plan of ${countText(ids.length)} in ${of === 1 ? "1 shard" : `${of} shards`}, R=${limit.rate}/s a token, in virtual time: wall / ideal`,
      wallMs[0] / 1000 / ideal,
      {
        group: GROUP,
        atMost: 1.05,
        detail: `${timeText(wallMs[0] / 1000)} / ${timeText(ideal)}; largest shard ${countText(requests)}`,
      },
    );
  }
}

async function* measureJobs(world, count, largest) {
  await world.reset(LIMIT);
  const jobs = await Promise.all(
    Array.from({ length: JOBS }, (_, at) => {
      const args = ["plan", "--format", "json", "--shard", `${at + 1}/${JOBS}`];
      return world.tool(args, { count, token: `bench-${at + 1}`, expect: [0, 4, 5, 8] });
    }),
  );
  const { get, refused } = await world.counts();
  const plans = jobs.map(({ stdout }) => JSON.parse(stdout));
  const ids = plans.flatMap(({ changes }) => changes.map(({ campaignId }) => campaignId));
  const ideal = (largest(ids, JOBS) - LIMIT.burst) / LIMIT.rate;
  const wall = Math.max(...jobs.map(({ wallMs }) => wallMs)) / 1000;
  yield rowOf(
    "scale-jobs-wall",
    `plan of ${countText(count)} by ${JOBS} jobs of a shard each, R=${LIMIT.rate}/s a token: slowest wall / ideal`,
    wall / ideal,
    { group: GROUP, atMost: 1.25, detail: `${wall.toFixed(1)} s / ${ideal.toFixed(1)} s` },
  );
  yield rowOf("scale-jobs-campaigns", "the same: campaigns in all plans together", new Set(ids).size, {
    group: GROUP,
    exactly: count,
    detail: `${countText(ids.length)} changes in ${plans.length} plans, ${refused} of ${countText(get)} requests refused`,
  });
  yield rowOf(
    "scale-jobs-given-up",
    "the same: campaigns given up",
    plans.reduce((sum, { summary }) => sum + summary.error, 0),
    { group: GROUP, atMost: 0, detail: `exit ${jobs.map(({ code }) => code).join(", ")}` },
  );
}

/** What the tests play limits with: the program's own pacer, and its own shards. */
async function simulation(folder) {
  const lines = [
    'export { isInShard } from "./src/domain/shard.ts";',
    'export { runUnderLimit } from "./test/support/api/token-bucket.ts";',
  ];
  const outfile = join(folder, "simulation.mjs");
  const stdin = { contents: lines.join("\n"), resolveDir: fileURLToPath(new URL("../..", import.meta.url)) };
  await build({ stdin, bundle: true, format: "esm", platform: "node", outfile });
  return import(pathToFileURL(outfile).href);
}

function idsOf(count) {
  return Array.from({ length: count }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`);
}

function countText(count) {
  return count.toLocaleString("en-US");
}

function timeText(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = `${Math.floor(seconds % 60)} s`;
  if (minutes < 60) return `${minutes} min ${rest}`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min ${rest}`;
}
