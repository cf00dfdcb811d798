import { rowOf } from "../row.mjs";
import { runNode } from "../run-process.mjs";
import { interleave } from "../statistics.mjs";

const ROUNDS = 20;

/** How long the program takes to begin and end, over Node.js doing nothing. The shortest of many runs counts. */
export async function* measureStartUp(world) {
  const tool =
    (...args) =>
    () =>
      world.tool(args, { count: 1 });
  const runs = await interleave(ROUNDS, {
    node: () => runNode(["-e", "0"]),
    version: tool("--version"),
    help: tool("--help"),
    validate: tool("validate"),
  });
  const shortest = (name) => Math.min(...runs[name].map(({ wallMs }) => wallMs));
  const row = (id, name, bar) =>
    rowOf(id, `${name} / node -e 0`, shortest(id) / shortest("node"), {
      group: "start-up",
      ...bar,
      detail: `${shortest(id).toFixed(0)} ms / ${shortest("node").toFixed(0)} ms, shortest of ${ROUNDS}`,
    });
  yield row("version", "--version", { atMost: 1.5, aim: 1.3 });
  yield row("help", "--help", { atMost: 1.5, aim: 1.3 });
  yield row("validate", "validate of one file", { atMost: 2, aim: 1.5 });
}
