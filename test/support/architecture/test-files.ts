import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { ROOT } from "../program/cli.ts";
import type { Module } from "./modules.ts";
import { crowded, isLong } from "./shape.ts";

/** A file of the tests: its path from `test`, and what is in it. */
export type TestFile = Pick<Module, "file" | "text">;

/** Says what of these files of the tests breaks a rule, given the files of `src`; nothing when none does. */
type Check = (files: readonly TestFile[], sources: readonly string[]) => readonly string[];

/** Every file of the tests but what they read. */
export function readTestFiles(): readonly TestFile[] {
  const folder = join(ROOT, "test");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.startsWith("fixtures/"))
    .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
}

/** The rules of the tests, by what each demands. */
export const TEST_CHECKS: Readonly<Record<string, Check>> = {
  "a unit test has the name of its file, or stands in a folder of that name": (files, sources) =>
    files.map(({ file }) => file).filter((file) => file.startsWith("unit/") && !isOfSource(file, sources)),
  "what is no test stands in support/": (files) =>
    files.map(({ file }) => file).filter((file) => !isTest(file) && !file.startsWith("support/")),
  "every test is run": (files) =>
    files
      .filter(
        ({ file, text }) =>
          (/\.(?:spec|test)\./.test(file) && !isTest(file)) ||
          /\b(?:test|it|describe)\.(?:skip|only|todo)\b/.test(text),
      )
      .map(({ file }) => file),
  "no file is over 250 lines": (files) => files.filter(({ text }) => isLong(text)).map(({ file }) => file),
  "no folder has more than 20 files": (files) => crowded(files),
};

function isTest(file: string): boolean {
  return file.endsWith(".test.ts");
}

/** `unit/plan/diff.test.ts` and `unit/plan/diff/order.test.ts` are of `plan/diff.ts`. */
function isOfSource(file: string, sources: readonly string[]): boolean {
  const place = file.slice("unit/".length).replace(/\.test\.ts$/, "");
  return sources.includes(`${place}.ts`) || sources.includes(`${posix.dirname(place)}.ts`);
}
