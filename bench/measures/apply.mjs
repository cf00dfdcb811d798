import { rowOf } from "../row.mjs";
import { interleave, median } from "../statistics.mjs";

const COUNT = 100;
const ROUNDS = 5;
const PARALLELISM = 10;
const GROUP = "apply";
const SAFE = { id: "apply", name: "apply, 100 of 100 changed, parallelism 10: wall / safe floor" };
const UNSAFE = {
  id: "apply-unsafe",
  name: "for comparison, without a bar: wall / a client that neither reads again nor reads back",
};

/**
 * `apply` of 100 campaigns that have all changed, each with its reach waited for, over a client that is as safe; and,
 * for comparison, over one that is not.
 */
export async function* measureApply(world) {
  const drifted = (run) => async () => {
    await world.reset({ drift: COUNT });
    const { wallMs } = await run();
    return { wallMs, ...(await world.counts()) };
  };
  const floor = (job) => drifted(() => world.floor(job, { count: COUNT, parallelism: PARALLELISM }));
  const args = ["apply", "--yes", "--parallelism", String(PARALLELISM)];
  const runs = await interleave(ROUNDS, {
    safe: floor("apply"),
    unsafe: floor("apply-unsafe"),
    tool: drifted(() => world.tool(args, { count: COUNT })),
  });
  yield wallOver(runs, "safe", SAFE, { atMost: 1.2, aim: 1.08 });
  // Of each campaign one read makes the plan, one goes before the write, and one reads back; the others are polls.
  const polls = median(runs.tool.map(({ get, put }) => (get - COUNT - 2 * put) / put));
  yield rowOf("apply-polls", "the same: polls a changed campaign", polls, {
    group: GROUP,
    atMost: 2,
    aim: 1.2,
    detail: `${runs.tool[0].get} reads, ${runs.tool[0].put} writes`,
  });
  const [unread, floorUnread] = [runs.tool, runs.safe].map(mostUnread);
  yield rowOf("apply-unread", "the same: most accepted writes not yet read back at once", unread, {
    group: GROUP,
    atMost: PARALLELISM,
    detail: `most of ${ROUNDS} runs; safe floor: ${floorUnread}`,
  });
  yield wallOver(runs, "unsafe", UNSAFE, {});
}

/** @param bar none for a line that is there for comparison. */
function wallOver(runs, floor, { id, name }, bar) {
  const [ours, least] = [runs.tool, runs[floor]].map((list) => median(list.map(({ wallMs }) => wallMs)));
  return rowOf(id, name, ours / least, {
    group: GROUP,
    ...bar,
    detail: `${(ours / 1000).toFixed(2)} s / ${(least / 1000).toFixed(2)} s, median of ${ROUNDS}`,
  });
}

function mostUnread(runs) {
  return Math.max(...runs.map((run) => run.mostUnread));
}
