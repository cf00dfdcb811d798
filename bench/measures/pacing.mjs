import { rowOf } from "../row.mjs";

/** Limits of R a second with a burst B. R = 10 takes its time: in a quick run it has fewer requests. */
const LIMITS = [
  { rate: 50, burst: 10, count: 500, quick: 500, atMost: 1.25 },
  { rate: 50, burst: 50, count: 500, quick: 500, atMost: 1.25 },
  { rate: 10, burst: 10, count: 500, quick: 150, atMost: 1.25 },
  { rate: 100, burst: 1, count: 500, quick: 500, atMost: 1.6 },
];

/** `plan` under a rate limit that it is not told: wall over the ideal, what was refused, what was given up. */
export async function* measurePacing(world, { quick }) {
  for (const limit of LIMITS) {
    for (const parallelism of [10, 32])
      yield* measureLimit(world, limit, parallelism, quick ? limit.quick : limit.count);
  }
}

async function* measureLimit(world, { rate, burst, atMost }, parallelism, count) {
  await world.reset({ rate, burst });
  const args = ["plan", "--format", "json", "--parallelism", String(parallelism)];
  const run = await world.tool(args, { count, expect: [0, 4, 5, 8] });
  const { get, refused, firstAt, lastAt } = await world.counts();
  const ideal = (count - burst) / rate;
  const label = `R=${rate}/s, burst ${burst}, parallelism ${parallelism}, ${count} campaigns`;
  const span = `first request to last answer ${((lastAt - firstAt) / 1000).toFixed(2)} s`;
  const id = `pacing-${rate}-${burst}-${parallelism}`;
  const group = "pacing";
  yield rowOf(`${id}-wall`, `plan, ${label}: wall / ideal`, run.wallMs / 1000 / ideal, {
    group,
    atMost,
    detail: `${(run.wallMs / 1000).toFixed(2)} s / ${ideal.toFixed(2)} s; ${span}`,
  });
  yield rowOf(`${id}-refused`, `the same: refused, % of requests`, (100 * refused) / get, {
    group,
    atMost: 5,
    detail: `${refused} of ${get}`,
  });
  yield rowOf(`${id}-given-up`, `the same: campaigns given up`, givenUp(run.stdout), {
    group,
    atMost: 0,
    detail: `exit ${run.code}`,
  });
}

function givenUp(json) {
  return json === "" ? Number.NaN : JSON.parse(json).summary.error;
}
