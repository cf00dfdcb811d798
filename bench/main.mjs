// Measures the built program beside its floor and prints one table: npm run bench [-- --only plan,apply] [--quick]
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compareResults } from "./compare.mjs";
import { describeMachine } from "./machine.mjs";
import { measureApply } from "./measures/apply.mjs";
import { measureChanged } from "./measures/changed.mjs";
import { measureCpu } from "./measures/cpu.mjs";
import { measureGrowth } from "./measures/growth.mjs";
import { measureInstead } from "./measures/instead.mjs";
import { measureNames } from "./measures/names.mjs";
import { measurePacing } from "./measures/pacing.mjs";
import { measurePlan } from "./measures/plan.mjs";
import { measureScale } from "./measures/scale.mjs";
import { measureStartUp } from "./measures/start-up.mjs";
import { readResults, writeResults } from "./results.mjs";
import { hasBar, misses } from "./row.mjs";
import { renderTable } from "./table.mjs";
import { openWorld } from "./world.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** In the order of the table. */
const MEASURES = {
  "start-up": measureStartUp,
  plan: measurePlan,
  apply: measureApply,
  cpu: measureCpu,
  growth: measureGrowth,
  changed: measureChanged,
  names: measureNames,
  instead: measureInstead,
  pacing: measurePacing,
  scale: measureScale,
};

const { values: flags } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(MEASURES).join(",") },
    program: { type: "string", default: join(ROOT, "dist/cli.js") },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
  },
});

async function measure(names) {
  const program = resolve(flags.program);
  if (!existsSync(program)) throw new Error(`${program} is not there. Run npm run build first.`);
  const world = await openWorld(program);
  try {
    const rows = [];
    for (const name of names) {
      for await (const row of MEASURES[name](world, { quick: flags.quick })) {
        process.stderr.write(`  ${row.name}: ${row.value?.toFixed(2) ?? "none"} (${row.detail})\n`);
        rows.push(row);
      }
    }
    return rows;
  } finally {
    world.close();
  }
}

const names = flags.only.split(",");
if (flags.write && (flags.quick || names.length < Object.keys(MEASURES).length)) {
  console.error("--write keeps a whole run: leave out --only and --quick.");
  process.exit(3);
}
const unknown = names.filter((name) => !(name in MEASURES));
if (unknown.length > 0) {
  console.error(`There is no measure ${unknown.join(", ")}. There are: ${Object.keys(MEASURES).join(", ")}.`);
  process.exit(3);
}
const machine = describeMachine();
const rows = await measure(names);
const results = { machine, measuredAt: new Date().toISOString().slice(0, 10), rows };
console.log(renderTable(results));
const worse = flags.check ? compareResults(readResults(ROOT), rows) : [];
if (flags.write) writeResults(ROOT, results);
for (const line of worse) console.log(`regression: ${line}`);
const missed = rows.filter(misses);
console.log(
  missed.length === 0
    ? "Every bar holds."
    : `${missed.length} of ${rows.filter(hasBar).length} bars do not hold.`,
);
process.exitCode = worse.length > 0 || (!flags.check && missed.length > 0) ? 1 : 0;
