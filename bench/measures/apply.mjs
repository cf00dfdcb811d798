import { rowOf } from "../row.mjs";
import { interleave, median } from "../statistics.mjs";

const COUNT = 100;
const ROUNDS = 5;

/** `apply` of 100 campaigns that have all changed, each with its reach waited for, over the floor. */
export async function* measureApply(world) {
  const drifted = (run) => async () => {
    await world.reset({ drift: COUNT });
    const { wallMs } = await run();
    return { wallMs, ...(await world.counts()) };
  };
  const runs = await interleave(ROUNDS, {
    floor: drifted(() => world.floor("apply", { count: COUNT, parallelism: 10 })),
    tool: drifted(() => world.tool(["apply", "--yes"], { count: COUNT })),
  });
  const [tool, floor] = [runs.tool, runs.floor].map((list) => median(list.map(({ wallMs }) => wallMs)));
  const group = "apply";
  yield rowOf("apply", "apply, 100 of 100 changed, parallelism 10: wall / floor", tool / floor, {
    group,
    atMost: 1.4,
    aim: 1.15,
    detail: `${(tool / 1000).toFixed(2)} s / ${(floor / 1000).toFixed(2)} s, median of ${ROUNDS}`,
  });
  // Of each campaign one read makes the plan, one goes before the write, and one reads back; the others are polls.
  const polls = median(runs.tool.map(({ get, put }) => (get - COUNT - 2 * put) / put));
  yield rowOf("apply-polls", "the same: polls a changed campaign", polls, {
    group,
    atMost: 2,
    aim: 1.2,
    detail: `${runs.tool[0].get} reads, ${runs.tool[0].put} writes`,
  });
}
