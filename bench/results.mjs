import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderTable } from "./table.mjs";

const BEGIN = "<!-- bench: begin -->";
const END = "<!-- bench: end -->";

/** The last results that were kept. */
export function readResults(root) {
  return JSON.parse(readFileSync(join(root, "bench/results.json"), "utf8"));
}

/** Keeps results for later comparison, and puts their tables into the pages that show them. */
export function writeResults(root, results) {
  writeFileSync(join(root, "bench/results.json"), `${JSON.stringify(results, null, 2)}\n`);
  writeTable(join(root, "docs/performance.md"), results);
  writeTable(join(root, "docs/scale.md"), scaleOf(results));
}

/** Of the results those of `docs/scale.md`. */
function scaleOf({ rows, ...results }) {
  return { ...results, rows: rows.filter(({ group }) => group === "scale") };
}

function writeTable(page, results) {
  const [before, rest] = readFileSync(page, "utf8").split(BEGIN);
  const [, after] = (rest ?? "").split(END);
  if (after === undefined) throw new Error(`${page} has no place for the table.`);
  writeFileSync(page, `${before}${BEGIN}\n\n${renderTable(results)}\n${END}${after}`);
}
