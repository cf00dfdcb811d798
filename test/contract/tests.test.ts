import { describe, expect, test } from "vitest";
import { sourceFiles } from "../support/architecture/modules.ts";
import { readTestFiles, TEST_CHECKS } from "../support/architecture/test-files.ts";

const FILES = readTestFiles();
const SOURCES = sourceFiles();

/** Tests that were longer before this was looked at. None is to be added: split a test file by what it is about. */
const LONG = [
  "contract/comment-markdown.test.ts",
  "e2e/exit-codes.test.ts",
  "e2e/main-job.test.ts",
  "laws/github.test.ts",
  "laws/render.test.ts",
  "support-tests/runner/run-action.test.ts",
  "support/samples/arbitrary-plans.ts",
  "unit/apply/apply-plan.test.ts",
  "unit/apply/evaluation.test.ts",
  "unit/apply/wait-for-reach.test.ts",
  "unit/declarations/load.test.ts",
  "unit/experiture/token-renewal.test.ts",
  "unit/experiture/token.test.ts",
  "unit/files/files.test.ts",
  "unit/github/page/plan-comment.test.ts",
  "unit/journal/file-journal.test.ts",
  "unit/plan/saved-plan.test.ts",
  "unit/render/text/plan-text.test.ts",
  "unit/render/text/report-text.test.ts",
  "unit/sandbox/world/reach.test.ts",
  "unit/yaml/yaml-document.test.ts",
];

test.each(Object.entries(TEST_CHECKS))("%s", (_, check) => {
  expect(check(FILES, SOURCES).filter((file) => !LONG.includes(file))).toEqual([]);
});

/** For each rule, what breaks it: files that are added. */
const BREAKS: readonly (readonly [rule: string, file: string, text: string])[] = [
  ["a unit test has the name of its file, or stands in a folder of that name", "unit/plan/x.test.ts", ""],
  [
    "a unit test has the name of its file, or stands in a folder of that name",
    "unit/github-edges/diff.test.ts",
    "",
  ],
  [
    "a unit test has the name of its file, or stands in a folder of that name",
    "unit/plan/diff/more/x.test.ts",
    "",
  ],
  ["what is no test stands in support/", "laws/chance.ts", ""],
  ["every test is run", "laws/x.spec.ts", ""],
  ["every test is run", "laws/x.test.mts", ""],
  ["every test is run", "laws/x.test.ts", `test.${"skip"}("x", () => {});`],
  ["every test is run", "laws/x.test.ts", `describe.${"only"}("x", () => {});`],
  ["no file is over 250 lines", "laws/x.test.ts", "\n".repeat(251)],
];

describe("a break of each rule is caught", () => {
  test.each(BREAKS)("%s (%s)", (rule, file, text) => {
    expect(TEST_CHECKS[rule]?.([...FILES, { file, text }], SOURCES)).toContain(file);
  });

  test("a folder that is too full", () => {
    const many = Array.from({ length: 21 }, (_, n) => ({ file: `laws/new/${n}.test.ts`, text: "" }));
    expect(TEST_CHECKS["no folder has more than 20 files"]?.([...FILES, ...many], SOURCES)).toEqual([
      "laws/new: 21",
    ]);
  });

  test("there is one for each rule", () => {
    const broken = new Set([...BREAKS.map(([rule]) => rule), "no folder has more than 20 files"]);
    expect([...broken].sort()).toEqual(Object.keys(TEST_CHECKS).sort());
  });
});

test("a test of a file may be in one file, or in several in a folder", () => {
  const files = ["unit/plan/diff.test.ts", "unit/plan/diff/order.test.ts"].map((file) => ({
    file,
    text: "",
  }));
  expect(
    TEST_CHECKS["a unit test has the name of its file, or stands in a folder of that name"]?.(files, SOURCES),
  ).toEqual([]);
});
