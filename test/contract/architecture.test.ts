import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BREAKS } from "../support/architecture/breaks.ts";
import { CHECKS } from "../support/architecture/checks.ts";
import { type Module, moduleOf, readModules, rooms } from "../support/architecture/modules.ts";
import { ROOT } from "../support/program/cli.ts";

const MODULES = readModules();

test.each(Object.entries(CHECKS))("%s", (_, check) => {
  expect(check(MODULES)).toEqual([]);
});

describe("a break of each rule is caught", () => {
  /** All that is there, and one folder as full as one may be. */
  const terminal = MODULES.filter(({ file }) => file.startsWith("cli/terminal/"));
  const more = Array.from({ length: 20 - terminal.length }, (_, n) => moduleOf(`cli/terminal/${n}.ts`, ""));
  const before = [...MODULES, ...more];
  const after = (file: string, text: string): readonly Module[] => [
    ...before.filter((module) => module.file !== file),
    moduleOf(file, text),
  ];

  test.each(Object.entries(CHECKS))("%s: not before", (_, check) => {
    expect(check(before)).toEqual([]);
  });

  test.each(
    Object.entries(BREAKS).flatMap(([rule, breaks]) =>
      breaks.map(([file, text]) => [rule, file, text] as const),
    ),
  )("%s (%s: %s)", (rule, file, text) => {
    expect(CHECKS[rule]?.(after(file, text))).not.toEqual([]);
  });

  test("there is one for each rule", () => {
    expect(Object.keys(BREAKS).sort()).toEqual(Object.keys(CHECKS).sort());
  });
});

test("every room is there", () => {
  const isThere = ({ path }: { readonly path: string }): boolean =>
    readdirSync(join(ROOT, "src", path)).some((file) => /\.(?:ts|js)$/.test(file));
  expect(rooms.filter((room) => !isThere(room))).toEqual([]);
});

test("the model imports nothing but the rest of itself", () => {
  const isOfModel = (file: string | null) =>
    ["domain/model.ts", "domain/scope.ts"].includes(file ?? "") ||
    file?.startsWith("domain/vocabulary/") === true;
  const parts = MODULES.filter(({ file }) => isOfModel(file));
  expect(parts.length).toBeGreaterThan(3);
  expect(
    parts.flatMap(({ imports }) => imports.map(({ from }) => from)).filter((from) => !isOfModel(from)),
  ).toEqual([]);
});
