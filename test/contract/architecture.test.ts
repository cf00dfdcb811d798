import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CHECKS } from "../support/architecture/checks.ts";
import { type Module, moduleOf, readModules, rooms } from "../support/architecture/modules.ts";
import { ROOT } from "../support/program/cli.ts";

const MODULES = readModules();

test.each(Object.entries(CHECKS))("%s", (_, check) => {
  expect(check(MODULES)).toEqual([]);
});

/** For each rule, what breaks it: a file that is added, or takes the place of one that is there. */
const BREAKS: readonly (readonly [rule: string, file: string, text: string])[] = [
  [
    "a file imports only from its own room and from those before it",
    "plan/x.ts",
    'import { a } from "../render/json.ts";',
  ],
  [
    "a file imports only from its own room and from those before it",
    "plan/x.ts",
    'import type { A } from "../cli/explain.ts";',
  ],
  [
    "a file imports only from its own room and from those before it",
    "commands/x.ts",
    'import { a } from "../cli/explain.ts";',
  ],
  [
    "a file imports only from its own room and from those before it",
    "domain/x.ts",
    'export * from "../text/invisible.ts";',
  ],
  [
    "pure rooms import no edge, and of packages only what computes",
    "render/x.ts",
    'import { a } from "../http/url.ts";',
  ],
  [
    "pure rooms import no edge, and of packages only what computes",
    "plan/x.ts",
    'import { readFileSync } from "node:fs";',
  ],
  [
    "pure rooms import no edge, and of packages only what computes",
    "apply/x.ts",
    'import { Octokit } from "octokit";',
  ],
  [
    "pure rooms touch no process, console, clock, chance or network",
    "patience/pace.ts",
    "export const now = () => Date.now();",
  ],
  [
    "commands print nothing and end nothing",
    "commands/x.ts",
    'export const say = () => process.stdout.write("x");',
  ],
  [
    "what plans cannot reach what writes",
    "commands/plan.ts",
    'import { createWriter } from "../experiture/writer.ts";',
  ],
  [
    "only the front ends and the signals touch streams, signals and exit codes",
    "http/x.ts",
    "export const end = () => process.exit(1);",
  ],
  [
    "the variables of the process are read by the entries alone",
    "commands/x.ts",
    "export const token = process.env.EXPERITURE_TOKEN;",
  ],
  [
    "the variables of the process are read by the entries alone",
    "github/api/x.ts",
    "const { env } = process;",
  ],
  [
    "the clock and the chance of the machine are taken in commands/open.ts alone",
    "action/x.ts",
    'import { systemClock } from "../host/clock.ts";',
  ],
  [
    "the clock and the chance of the machine are taken in commands/open.ts alone",
    "sandbox/x.ts",
    "export const at = new Date();",
  ],
  [
    "the front ends go through commands/open.ts, and wire nothing themselves",
    "cli/x.ts",
    'import { connect } from "../experiture/connection.ts";',
  ],
  [
    "the front ends go through commands/open.ts, and wire nothing themselves",
    "action/apply/x.ts",
    'import { conditionsOf } from "../../apply/report.ts";',
  ],
  [
    "the front ends go through commands/open.ts, and wire nothing themselves",
    "cli/x.ts",
    'import { createFileJournal } from "../journal/file-journal.ts";',
  ],
  [
    "the front ends go through commands/open.ts, and wire nothing themselves",
    "cli/x.ts",
    'import { beginJournal } from "../commands/journal.ts";',
  ],
  [
    "the front ends go through commands/open.ts, and wire nothing themselves",
    "action/x.ts",
    'import { plan } from "../commands/plan.ts";',
  ],
  [
    "a word that decides something stands once",
    "apply/x.ts",
    'export const isFree = (status: string) => status === "draft";',
  ],
  [
    "a word that decides something stands once",
    "experiture/x.ts",
    'export const isLocked = (code: string) => code.endsWith("NOT_DRAFT");',
  ],
  ["a word that decides something stands once", "cli/x.ts", "process.exitCode = isWrong ? 3 : 0;"],
  ["a word that decides something stands once", "action/x.ts", "export const isFine = end.exitCode === 2;"],
  ["a word that decides something stands once", "experiture/x.ts", 'export const key = "included";'],
  ["only one file knows what cannot be seen", "render/x.ts", "export const hidden = /[\\p{Cc}\\p{Zl}]/u;"],
  ["only one file knows what cannot be seen", "http/x.ts", 'export const filler = "\\u3164";'],
  ["every folder is in a room, and nothing but the entries stands at the top", "rules/x.ts", ""],
  ["every folder is in a room, and nothing but the entries stands at the top", "x.ts", ""],
  ["no file is over 250 lines", "plan/x.ts", "\n".repeat(251)],
  [
    "no function, arrow or method is over 60 lines",
    "plan/x.ts",
    `export const a = () => {\n${"  b();\n".repeat(59)}};\n`,
  ],
  [
    "no function, arrow or method is over 60 lines",
    "plan/x.ts",
    `class A {\n  b(): void {\n${"    c();\n".repeat(59)}  }\n}\n`,
  ],
  ["no barrel but index.ts, no catch-all", "plan/index.ts", ""],
  ["no barrel but index.ts, no catch-all", "plan/utils.ts", ""],
];

describe("a break of each rule is caught", () => {
  const after = (file: string, text: string): readonly Module[] => [
    ...MODULES.filter((module) => module.file !== file),
    moduleOf(file, text),
  ];

  test.each(BREAKS)("%s (%s)", (rule, file, text) => {
    expect(CHECKS[rule]?.(after(file, text))).not.toEqual([]);
  });

  test("a folder that is too full", () => {
    const many = Array.from({ length: 21 }, (_, n) => moduleOf(`plan/new/${n}.ts`, ""));
    expect(CHECKS["no folder has more than 20 files"]?.([...MODULES, ...many])).toEqual(["plan/new: 21"]);
  });

  test("there is one for each rule", () => {
    const broken = new Set([...BREAKS.map(([rule]) => rule), "no folder has more than 20 files"]);
    expect([...broken].sort()).toEqual(Object.keys(CHECKS).sort());
  });
});

test("every room is there", () => {
  const isThere = ({ path }: { readonly path: string }): boolean =>
    readdirSync(join(ROOT, "src", path)).some((file) => /\.(?:ts|js)$/.test(file));
  expect(rooms.filter((room) => !isThere(room))).toEqual([]);
});

test("the model imports nothing but the rest of itself", () => {
  const imports = (file: string) => MODULES.find((module) => module.file === file)?.imports;
  expect(imports("domain/model.ts")).toEqual(["domain/outcome.ts"]);
  expect(imports("domain/outcome.ts")).toEqual(["domain/model.ts"]);
});
