import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderTable } from "./table.mjs";

const BEGIN = "<!-- bench: begin -->";
const END = "<!-- bench: end -->";

/** The last results that were kept. */
export function readResults(root) {
  return JSON.parse(readFileSync(join(root, "bench/results.json"), "utf8"));
}

/** Keeps results for later comparison, and puts their table into docs/performance.md. */
export function writeResults(root, results) {
  writeFileSync(join(root, "bench/results.json"), `${JSON.stringify(results, null, 2)}\n`);
  const page = join(root, "docs/performance.md");
  const [before, , after] = split(readFileSync(page, "utf8"));
  writeFileSync(page, `${before}${BEGIN}\n\n${renderTable(results)}\n${END}${after}`);
}

function split(text) {
  const [before, rest] = text.split(BEGIN);
  const [inside, after] = (rest ?? "").split(END);
  if (after === undefined) throw new Error("docs/performance.md has no place for the table.");
  return [before, inside, after];
}
