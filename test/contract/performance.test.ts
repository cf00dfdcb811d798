import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { durationText } from "../../src/text/figures.ts";
import { ROOT } from "../support/program/cli.ts";

type Row = { readonly name: string; readonly group: string; readonly detail: string };
type Results = { readonly machine: string; readonly rows: readonly Row[] };

const RESULTS = JSON.parse(readFileSync(join(ROOT, "bench/results.json"), "utf8")) as Results;
const pageOf = (name: string) => readFileSync(join(ROOT, "docs", name), "utf8");

test.each<[string, (row: Row) => boolean]>([
  ["performance.md", () => true],
  ["scale.md", ({ group }) => group === "scale"],
])("docs/%s shows the results that are kept", (name, isShown) => {
  const table = pageOf(name).split("<!-- bench: begin -->")[1]?.split("<!-- bench: end -->")[0] ?? "";
  expect(table).toContain(RESULTS.machine);
  const rows = RESULTS.rows.filter(isShown);
  expect(rows.length).toBeGreaterThan(3);
  const shown = [...table.matchAll(/^\| (.*?) +\|/gm)].map((match) => match[1]).slice(2);
  expect(shown).toEqual(rows.map((row) => row.name));
  for (const { detail } of rows) expect(table).toContain(`| ${detail} `);
});

test("docs/scale.md has reckoned right", () => {
  const [head = "", ...rows] = [...pageOf("scale.md").matchAll(/^\| (?:campaigns|[\d,]+) .*$/gm)].map(
    ([line]) => line,
  );
  const cellsOf = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const tokens = cellsOf(head)
    .slice(2)
    .map((cell) => Number.parseInt(cell, 10));
  expect(tokens).toEqual([1, 4, 20]);
  expect(rows.length).toBeGreaterThan(3);
  for (const [campaigns = "", rate, ...times] of rows.map(cellsOf)) {
    const count = Number(campaigns.replaceAll(",", ""));
    expect(times).toEqual(tokens.map((of) => durationText((1000 * count) / (Number(rate) * of))));
  }
});
