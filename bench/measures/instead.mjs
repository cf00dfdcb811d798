import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { rowOf } from "../row.mjs";
import { runProcess } from "../run-process.mjs";
import { median } from "../statistics.mjs";

const COUNT = 1000;
const SCRIPTS = [
  { id: "bash", file: "one-by-one.sh", name: "bash, curl and jq one by one", atLeast: 20, aim: 25 },
  { id: "xargs", file: "ten-at-once.sh", name: "the same with xargs -P 10", atLeast: 8, aim: 10 },
];

/** What a user would write instead, over `plan`. It reads JSON, checks nothing, and knows no rate limit. */
export async function* measureInstead(world) {
  const missing = ["bash", "curl", "jq", "xargs"].filter((name) => !isThere(name));
  await world.reset();
  const plan = async () => (await world.tool(["plan"], { count: COUNT })).wallMs;
  for (const { id, file, name, ...bar } of SCRIPTS) {
    const label = `${name}, 1,000 unchanged: wall / plan`;
    const group = "instead";
    if (missing.length > 0) {
      yield rowOf(id, label, null, { group, ...bar, detail: `${missing.join(", ")} not installed` });
      continue;
    }
    const script = fileURLToPath(new URL(`../instead/${file}`, import.meta.url));
    const before = await plan();
    const { wallMs, stdout } = await runProcess("bash", [script], {
      cwd: world.folderOf(COUNT),
      env: world.env,
    });
    if (stdout !== "")
      throw new Error(`${file} found differences where there are none:\n${stdout.slice(0, 500)}`);
    const tool = median([before, await plan(), await plan()]);
    yield rowOf(id, label, wallMs / tool, {
      group,
      ...bar,
      detail: `${(wallMs / 1000).toFixed(1)} s / ${(tool / 1000).toFixed(2)} s, one run over the median of 3`,
    });
  }
}

function isThere(program) {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}
