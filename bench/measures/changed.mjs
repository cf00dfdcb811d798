import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { campaignAt, yamlOf } from "../campaign.mjs";
import { rowOf } from "../row.mjs";
import { interleave } from "../statistics.mjs";

const MANY = 10_000;
const CHANGED = 3;
const ROUNDS = 5;
/** What asking the API, and git, may take on top of reading and checking all files. */
const ASKING_MS = 250;

/** A review of three changed files among 10,000: it reads and checks them all, and asks the API of three. */
export async function* measureChanged(world) {
  const folder = world.newFolder();
  mkdirSync(join(folder, "campaigns"));
  const write = (index, text) =>
    writeFileSync(join(folder, "campaigns", `${String(index).padStart(5, "0")}.yaml`), text);
  for (let index = 0; index < MANY; index += 1) write(index, yamlOf(campaignAt(index)));
  commitAll(folder);
  for (let index = 0; index < CHANGED; index += 1) write(index * 1000, changed(campaignAt(index * 1000)));
  await world.reset();
  const run = (args) => () => world.toolIn(folder, args, { usage: "measured" });
  const runs = await interleave(ROUNDS, {
    validate: run(["validate"]),
    review: () => counted(world, run(["plan", "--changed-since", "HEAD"])),
  });
  yield* rowsOf(runs);
}

function changed(campaign) {
  return yamlOf(campaign).replace("region: us", "region: eu");
}

function commitAll(folder) {
  const git = (...args) =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.com", ...args], {
      cwd: folder,
    });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "all");
}

async function counted(world, run) {
  const before = await world.counts();
  const ran = await run();
  const after = await world.counts();
  return { ...ran, requests: after.get + after.put - before.get - before.put };
}

function* rowsOf(runs) {
  const shortest = (name) => Math.min(...runs[name].map(({ wallMs }) => wallMs));
  const peak = (name) => Math.max(...runs[name].map(({ usage }) => usage.rssMiB));
  const requests = runs.review.map((ran) => ran.requests);
  const most = 1.3 * shortest("validate") + ASKING_MS;
  const group = "changed";
  yield rowOf("changed-validate", "validate, 10,000 files: wall, s", shortest("validate") / 1000, {
    group,
    atMost: 3,
    aim: 1,
    detail: `shortest of ${ROUNDS}; peak memory ${peak("validate").toFixed(0)} MiB`,
  });
  yield rowOf(
    "changed-wall",
    `plan --changed-since, ${CHANGED} of 10,000 changed: wall / (1.3 × validate + ${ASKING_MS} ms)`,
    shortest("review") / most,
    {
      group,
      atMost: 1,
      aim: 0.9,
      detail: `${(shortest("review") / 1000).toFixed(2)} s / ${(most / 1000).toFixed(2)} s, shortest of ${ROUNDS}`,
    },
  );
  yield rowOf("changed-requests", "the same: requests", Math.max(...requests), {
    group,
    exactly: CHANGED,
    detail: `most of ${ROUNDS} runs`,
  });
  yield rowOf("changed-memory", "the same: peak memory, MiB", peak("review"), {
    group,
    atMost: 200,
    aim: 150,
    detail: `largest of ${ROUNDS}`,
  });
}
