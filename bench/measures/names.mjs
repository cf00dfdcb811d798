import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { campaignAt, catalogueOf, namedYamlOf, yamlOf } from "../campaign.mjs";
import { rowOf } from "../row.mjs";
import { interleave } from "../statistics.mjs";

const CAMPAIGNS = 5000;
const NAMES = 2000;
const ROUNDS = 7;

/** What names cost: the same campaigns by names of a catalogue and by plain ids, files only. */
export async function* measureNames(world) {
  const campaigns = Array.from({ length: CAMPAIGNS }, (_, index) => campaignAt(index));
  const ids = write(world.newFolder(), campaigns, yamlOf);
  const names = write(world.newFolder(), campaigns, namedYamlOf);
  writeFileSync(join(names, "audiences.yaml"), catalogueOf(campaigns, NAMES));
  const runs = await interleave(ROUNDS, {
    ids: () => world.toolIn(ids, ["validate"]),
    names: () => world.toolIn(names, ["validate"]),
  });
  const shortest = (name) => Math.min(...runs[name].map(({ wallMs }) => wallMs));
  yield rowOf(
    "names",
    "validate, 5,000 files, names of a catalogue of 2,000 / plain ids",
    shortest("names") / shortest("ids"),
    {
      group: "names",
      atMost: 1.5,
      aim: 1.2,
      detail: `${shortest("names").toFixed(0)} ms / ${shortest("ids").toFixed(0)} ms, shortest of ${ROUNDS}`,
    },
  );
}

function write(folder, campaigns, textOf) {
  mkdirSync(join(folder, "campaigns"));
  for (const [index, campaign] of campaigns.entries()) {
    writeFileSync(join(folder, "campaigns", `${String(index).padStart(5, "0")}.yaml`), textOf(campaign));
  }
  return folder;
}
