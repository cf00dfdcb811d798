import { fileURLToPath } from "node:url";
import { rowOf } from "../row.mjs";
import { runNode } from "../run-process.mjs";
import { interleave } from "../statistics.mjs";

const FEW = 1000;
const MANY = 5000;
const ROUNDS = 3;
const PARALLELISM = 32;
const PARSE = fileURLToPath(new URL("../parse-floor.mjs", import.meta.url));

/** CPU that each further campaign of a plan costs, over the floor's and the YAML package's for the same campaigns. */
export async function* measureCpu(world) {
  await world.reset();
  const tool = (count) => () =>
    world.tool(["plan", "--parallelism", String(PARALLELISM)], { count, usage: "measured" });
  const floor = (count) => () => world.floor("plan", { count, parallelism: PARALLELISM, usage: "measured" });
  const runs = await interleave(ROUNDS, {
    toolFew: tool(FEW),
    toolMany: tool(MANY),
    floorFew: floor(FEW),
    floorMany: floor(MANY),
    parse: () => runNode([PARSE, world.folderOf(MANY)]),
  });
  const least = (name) => Math.min(...runs[name].map(({ usage }) => usage.cpuMs));
  const slope = (few, many) => (least(many) - least(few)) / (MANY - FEW);
  const [ours, wire] = [slope("toolFew", "toolMany"), slope("floorFew", "floorMany")];
  const parse = Math.min(...runs.parse.map(({ stdout }) => Number(stdout)));
  yield rowOf(
    "cpu",
    "CPU a campaign, 1,000 to 5,000: slope / (floor + parseDocument)",
    ours / (wire + parse),
    {
      group: "cpu",
      atMost: 1.4,
      aim: 1,
      detail: `${ours.toFixed(2)} ms / (${wire.toFixed(2)} + ${parse.toFixed(2)} ms), least of ${ROUNDS}`,
    },
  );
}
