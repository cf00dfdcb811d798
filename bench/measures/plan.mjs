import { rowOf } from "../row.mjs";
import { interleave, median } from "../statistics.mjs";

const COUNT = 1000;
const SETTINGS = [
  { parallelism: 10, rounds: 3, bar: { atMost: 1.2, aim: 1.1 } },
  { parallelism: 32, rounds: 5, bar: { atMost: 1.6, aim: 1.45 } },
];

/** `plan` of 1,000 campaigns in which nothing has changed, over the floor. */
export async function* measurePlan(world) {
  for (const { parallelism, rounds, bar } of SETTINGS) {
    await world.reset();
    const runs = await interleave(rounds, {
      floor: () => world.floor("plan", { count: COUNT, parallelism }),
      tool: () => planOnce(world, parallelism),
    });
    const [tool, floor] = [runs.tool, runs.floor].map((list) => median(list.map(({ wallMs }) => wallMs)));
    const group = "plan";
    yield rowOf(
      `plan-${parallelism}`,
      `plan, 1,000 unchanged, parallelism ${parallelism}: wall / floor`,
      tool / floor,
      {
        group,
        ...bar,
        detail: `${(tool / 1000).toFixed(2)} s / ${(floor / 1000).toFixed(2)} s, median of ${rounds}`,
      },
    );
    yield rowOf(
      `plan-${parallelism}-requests`,
      "the same: requests",
      Math.max(...runs.tool.map(({ gets }) => gets)),
      {
        group,
        exactly: COUNT,
        detail: `most of ${rounds} runs`,
      },
    );
  }
}

async function planOnce(world, parallelism) {
  const before = await world.counts();
  const { wallMs } = await world.tool(["plan", "--parallelism", String(parallelism)], { count: COUNT });
  const after = await world.counts();
  return { wallMs, gets: after.get + after.put - before.get - before.put };
}
