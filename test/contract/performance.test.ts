import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../support/program/cli.ts";

type Results = { readonly machine: string; readonly rows: readonly { readonly name: string }[] };

test("docs/performance.md shows the results that are kept", () => {
  const results = JSON.parse(readFileSync(join(ROOT, "bench/results.json"), "utf8")) as Results;
  const page = readFileSync(join(ROOT, "docs/performance.md"), "utf8");
  const table = page.split("<!-- bench: begin -->")[1]?.split("<!-- bench: end -->")[0] ?? "";
  expect(table).toContain(results.machine);
  const shown = [...table.matchAll(/^\| (.*?) +\|/gm)].map((match) => match[1]).slice(2);
  expect(shown).toEqual(results.rows.map(({ name }) => name));
});
