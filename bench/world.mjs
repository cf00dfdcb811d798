import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { campaignAt, yamlOf } from "./campaign.mjs";
import { runMeasured, runNode } from "./run-process.mjs";

const FLOOR = fileURLToPath(new URL("floor.mjs", import.meta.url));

/**
 * The mock in its own process, folders of campaign files, and how to run the program and the floor on them.
 *
 * @param program the built command line.
 */
export async function openWorld(program) {
  const root = mkdtempSync(join(tmpdir(), "campaignctl-bench-"));
  const mock = fork(fileURLToPath(new URL("mock.mjs", import.meta.url)));
  const [{ url }] = await once(mock, "message");
  const env = { ...process.env, EXPERITURE_API_URL: url, EXPERITURE_TOKEN: "bench" };
  const folders = new Map();

  const tell = async (message) => {
    mock.send(message);
    const [{ counts }] = await once(mock, "message");
    return counts;
  };
  const folderOf = (count) => {
    if (!folders.has(count)) folders.set(count, writeCampaigns(join(root, String(count)), count));
    return folders.get(count);
  };
  const start = (usage) => (usage === "measured" ? runMeasured : runNode);
  return {
    env,
    folderOf,
    /** Puts the mock back as it was; `drift` is how many campaigns differ from their files. */
    reset: ({ drift = 0, rate = null, burst = 1 } = {}) => tell({ reset: { drift, rate, burst } }),
    /** What the mock was asked since it was reset. */
    counts: () => tell({}),
    tool(args, { count, usage = "unmeasured", expect = 0, token = env.EXPERITURE_TOKEN }) {
      const own = { ...env, EXPERITURE_TOKEN: token };
      return start(usage)([program, ...args], { cwd: folderOf(count), env: own, expect });
    },
    /** The program in a folder of the measure's own. */
    toolIn(folder, args, { usage = "unmeasured" } = {}) {
      return start(usage)([program, ...args], { cwd: folder, env });
    },
    /** An empty folder, which goes when the world is closed. */
    newFolder: () => mkdtempSync(join(root, "own-")),
    floor(job, { count, parallelism, usage = "unmeasured" }) {
      const file = join(folderOf(count), "floor.json");
      return start(usage)([FLOOR, job, file, url, String(parallelism)], { env });
    },
    close() {
      mock.disconnect();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** `campaigns/*.yaml` for the program, `desired/*.json` for the shell, `floor.json` for the floor. */
function writeCampaigns(folder, count) {
  for (const name of ["campaigns", "desired"]) mkdirSync(join(folder, name), { recursive: true });
  const campaigns = Array.from({ length: count }, (_, index) => campaignAt(index));
  for (const [index, campaign] of campaigns.entries()) {
    const name = `campaign-${String(index).padStart(5, "0")}`;
    writeFileSync(join(folder, "campaigns", `${name}.yaml`), yamlOf(campaign));
    writeFileSync(join(folder, "desired", `${name}.json`), JSON.stringify(campaign));
  }
  writeFileSync(join(folder, "floor.json"), JSON.stringify(campaigns));
  return folder;
}
