import { describe, expect, test } from "vitest";
import { makeDiagnostic } from "../../../../src/domain/diagnostics.ts";
import type { Diagnostic } from "../../../../src/domain/model.ts";
import { chooseAnnotations, repositoryPath } from "../../../../src/github/run/annotations.ts";

function mistake(file: string | null, line: number): Diagnostic {
  const start = { line, column: 3 };
  return makeDiagnostic("unknown-key", { file, detail: `mistake ${line}`, range: { start, end: start } });
}

function warning(file: string, line: number): Diagnostic {
  return { ...mistake(file, line), severity: "warning" };
}

const many = (count: number, make: (n: number) => Diagnostic): readonly Diagnostic[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

test("an annotation has the exact place, the code in its title, and what to do", () => {
  expect(chooseAnnotations([mistake("campaigns/a.yaml", 4)], null, "marketing")).toEqual([
    {
      level: "error",
      file: "marketing/campaigns/a.yaml",
      line: 4,
      column: 3,
      title: "The key is not known [unknown-key]",
      message: "mistake 4",
    },
  ]);
});

test("a mistake of a file as a whole, and one of no file", () => {
  const whole = makeDiagnostic("empty-file", { file: "a.yaml", detail: "x" });
  const none = makeDiagnostic("no-files", { file: null, detail: "y" });
  expect(chooseAnnotations([none, whole], null)).toMatchObject([
    { file: null, line: null, column: null, message: "y" },
    { file: "a.yaml", line: null, column: null, message: "x" },
  ]);
});

test.each(["../other/a.yaml", "/elsewhere/a.yaml"])("of %s, outside, the message says the name", (file) => {
  expect(chooseAnnotations([mistake(file, 1)], null)).toMatchObject([
    { file: null, line: null, column: null, message: `${file}: mistake 1` },
  ]);
});

test("changed files come first, else the order stays", () => {
  const diagnostics = [
    mistake("a.yaml", 1),
    mistake("b.yaml", 2),
    mistake("c.yaml", 3),
    mistake("b.yaml", 4),
  ];
  const lines = (changed: ReadonlySet<string> | null) =>
    chooseAnnotations(diagnostics, changed, "m").map(({ line }) => line);
  expect(lines(new Set(["m/b.yaml"]))).toEqual([2, 4, 1, 3]);
  expect(lines(null)).toEqual([1, 2, 3, 4]);
  const inPlace = chooseAnnotations(diagnostics, new Set(["c.yaml"])).map(({ line }) => line);
  expect(inPlace).toEqual([3, 1, 2, 4]);
});

describe("GitHub's limits", () => {
  test("errors come before warnings, and neither takes the other's room", () => {
    const diagnostics = [...many(9, (n) => warning("a.yaml", n)), ...many(9, (n) => mistake("b.yaml", n))];
    const levels = chooseAnnotations(diagnostics, null).map(({ level }) => level);
    expect(levels).toEqual([...Array(9).fill("error"), ...Array(9).fill("warning")]);
  });

  test("one too many: the last one says how many are left out", () => {
    const chosen = chooseAnnotations(
      many(10, (n) => mistake("a.yaml", n)),
      null,
    );
    expect(chosen).toHaveLength(9);
    expect(chosen.slice(0, 8).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(chosen[8]).toMatchObject({
      level: "error",
      file: null,
      title: "and 2 more errors",
      message: "GitHub shows only a few of a step. The log and the job summary have them all.",
    });
  });

  test("what is cut is what is not changed", () => {
    const diagnostics = many(40, (n) => warning(n > 30 ? "changed.yaml" : "old.yaml", n));
    const chosen = chooseAnnotations(diagnostics, new Set(["changed.yaml"]));
    expect(chosen.slice(0, 8).map(({ line }) => line)).toEqual([31, 32, 33, 34, 35, 36, 37, 38]);
    expect(chosen[8]).toMatchObject({ level: "warning", title: "and 32 more warnings" });
  });
});

test("what cannot be seen is made visible, and a message keeps its lines", () => {
  const hostile = { ...mistake("a.yaml", 1), summary: "x\u202Ey", detail: "one\ntwo\u0007" };
  expect(chooseAnnotations([hostile], null)).toMatchObject([
    { title: "x\\u{202E}y [unknown-key]", message: "one\ntwo\\u{7}" },
  ]);
});

test.each([
  [".", "campaigns/a.yaml", "campaigns/a.yaml"],
  ["m", "./campaigns/a.yaml", "m/campaigns/a.yaml"],
  ["m/n", "../a.yaml", "m/a.yaml"],
  ["m", "..a.yaml", "m/..a.yaml"],
  ["m../n", "a.yaml", "m../n/a.yaml"],
  ["m", "../../a.yaml", null],
  [".", "..", null],
  ["m", "/m/a.yaml", null],
])("from the root of the repository: %s, %s", (folder, file, expected) => {
  expect(repositoryPath(folder, file)).toBe(expected);
});
