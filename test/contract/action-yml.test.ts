import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { actionTables } from "../../scripts/docs/action-tables.mjs";
import { COMMANDS, COMMENT_MODES, FIXES, parseInputs } from "../../src/action/inputs/inputs.ts";
import { NO_OUTPUTS } from "../../src/action/outputs.ts";
import { ROOT } from "../support/program/cli.ts";

type Described = { readonly description: string; readonly default?: string };
type Action = {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
  readonly runs: Readonly<Record<string, string>>;
  readonly branding: Readonly<Record<string, string>>;
};

const action = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as Action;

test("it runs on Node 24 from one bundle", () => {
  expect(action.runs).toEqual({ using: "node24", main: "dist/action/index.js" });
  expect(action.branding).toEqual({ icon: "users", color: "purple" });
});

describe("inputs", () => {
  test("are exactly those that are read", () => {
    const read = new Set<string>();
    parseInputs((name) => {
      read.add(name);
      return "";
    }, {});
    expect(Object.keys(action.inputs).sort()).toEqual([...read].sort());
  });

  test("have the defaults that the program has", () => {
    const given = (name: string): string =>
      name === "github-token" ? "" : (action.inputs[name]?.default ?? "");
    expect(parseInputs(given, {})).toEqual(parseInputs(() => "", {}));
    expect(action.inputs["github-token"]?.default).toMatch(/^\$\{\{ github\.token \}\}$/);
  });

  test("name every word that they take", () => {
    for (const command of COMMANDS) expect(action.inputs.command?.description).toContain(`\`${command}\``);
    for (const mode of COMMENT_MODES) expect(action.inputs.comment?.description).toContain(`\`${mode}\``);
    for (const fix of FIXES) expect(action.inputs.fix?.description).toContain(`\`${fix}\``);
  });
});

test("outputs are exactly those that are set", () => {
  expect(Object.keys(action.outputs).sort()).toEqual(Object.keys(NO_OUTPUTS).sort());
});

test("everything is described in one paragraph that ends", () => {
  const all = [...Object.values(action.inputs), ...Object.values(action.outputs), action];
  for (const { description } of all) expect(description).toMatch(/^\S[^\n]+[.)]$/);
});

describe("docs/action.md", () => {
  const page = readFileSync(join(ROOT, "docs/action.md"), "utf8");

  test("has the inputs and outputs of action.yml; mend with: npm run docs", () => {
    expect(page).toBe(actionTables(page));
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)]) {
      expect(page).toContain(`| \`${name}\` `);
    }
  });

  test("a page without its markers is an error, not a page without tables", () => {
    expect(() => actionTables("# Page")).toThrow(/docs:inputs/);
  });

  test("links to every example there is", () => {
    const linked = [...page.matchAll(/\((\.\.\/examples\/workflows\/[\w-]+\.yml)\)/g)].map(
      ([, path]) => path ?? "",
    );
    const there = readdirSync(join(ROOT, "examples/workflows")).map(
      (name) => `../examples/workflows/${name}`,
    );
    expect([...new Set(linked)].toSorted()).toEqual(there.toSorted());
  });
});
