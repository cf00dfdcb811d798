import { rowOf } from "../row.mjs";
import { interleave } from "../statistics.mjs";

const FEW = 1000;
const MANY = 10_000;
const ROUNDS = 2;
const PARALLELISM = 32;

/** Memory and time of a plan of 10,000 campaigns: both may grow no faster than the work. */
export async function* measureGrowth(world) {
  await world.reset();
  const plan = (count) => () =>
    world.tool(["plan", "--parallelism", String(PARALLELISM)], { count, usage: "measured" });
  const runs = await interleave(ROUNDS, { few: plan(FEW), many: plan(MANY) });
  const peaks = runs.many.map(({ usage }) => usage.rssMiB);
  const group = "growth";
  yield rowOf("memory", "plan, 10,000 campaigns: peak memory, MiB", Math.max(...peaks), {
    group,
    atMost: 200,
    aim: 150,
    detail: `largest of ${ROUNDS}; 1,000 campaigns: ${Math.max(...runs.few.map(({ usage }) => usage.rssMiB)).toFixed(0)} MiB`,
  });
  const [few, many] = [runs.few, runs.many].map((list) => Math.min(...list.map(({ wallMs }) => wallMs)));
  yield rowOf("growth", "plan, 10,000 over 1,000 campaigns, parallelism 32: wall", many / few, {
    group,
    atMost: 11,
    aim: 10,
    detail: `${(many / 1000).toFixed(2)} s / ${(few / 1000).toFixed(2)} s, shortest of ${ROUNDS}`,
  });
}
