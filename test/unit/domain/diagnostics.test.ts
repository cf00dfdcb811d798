import { describe, expect, it } from "vitest";
import {
  DIAGNOSTIC_CODES,
  hasErrors,
  makeDiagnostic,
  sortDiagnostics,
} from "../../../src/domain/diagnostics.ts";

function at(file: string | null, line: number | null, column: number, code: "empty-file" | "unknown-key") {
  const range = line === null ? null : { start: { line, column }, end: { line, column: column + 1 } };
  return makeDiagnostic(code, { detail: "d", file, range });
}

describe("sortDiagnostics", () => {
  it("orders by file, line, column, then code; without a file first, without a place last", () => {
    const wanted = [
      at(null, null, 0, "unknown-key"),
      at("!.yaml", 3, 1, "unknown-key"),
      at("a.yaml", 2, 9, "unknown-key"),
      at("a.yaml", 10, 1, "unknown-key"),
      at("a.yaml", 10, 2, "empty-file"),
      at("a.yaml", 10, 2, "unknown-key"),
      at("a.yaml", null, 0, "empty-file"),
      at("a.yaml", null, 0, "unknown-key"),
      at("b.yaml", 1, 1, "empty-file"),
    ];
    const mixed = [7, 6, 3, 8, 1, 0, 5, 2, 4].map(
      (index) => wanted[index] ?? at(null, null, 0, "empty-file"),
    );
    const before = [...mixed];
    expect(sortDiagnostics(mixed)).toEqual(wanted);
    expect(mixed).toEqual(before);
  });
});

describe("makeDiagnostic", () => {
  it("takes severity and summary from the code, and leaves out no key", () => {
    expect(makeDiagnostic("repeated-live-audience", { detail: "d", file: null })).toEqual({
      severity: "warning",
      code: "repeated-live-audience",
      summary: "The live campaign names an audience more than once",
      detail: "d",
      file: null,
      range: null,
      excerpt: null,
    });
  });

  it("tells where it is, and shows it", () => {
    const range = { start: { line: 2, column: 3 }, end: { line: 2, column: 9 } };
    const excerpt = { text: "a: b", column: 3, length: 6 };
    expect(makeDiagnostic("unknown-key", { detail: "d", file: "a.yaml", range, excerpt })).toEqual({
      ...{ severity: "error", code: "unknown-key", summary: "The key is not known" },
      ...{ detail: "d", file: "a.yaml", range, excerpt },
    });
  });
});

it("only what a plan can be made in spite of is a warning", () => {
  const warnings = DIAGNOSTIC_CODES.filter(
    (code) => makeDiagnostic(code, { detail: "d", file: null }).severity === "warning",
  );
  expect(warnings).toEqual([
    "pattern-matches-nothing",
    "not-a-campaign",
    "two-names",
    "type-differs",
    "without-owner",
    "unused-name",
    "same-audiences",
    "rule-broken",
    "rule-matches-nothing",
    "unused-waiver",
    "no-longer-declared",
    "unknown-live-audience",
    "repeated-live-audience",
    "sends-collide",
    "locked-soon",
  ]);
});

describe("hasErrors", () => {
  it("does not count warnings", () => {
    const warning = makeDiagnostic("repeated-live-audience", { detail: "d", file: null });
    expect(hasErrors([])).toBe(false);
    expect(hasErrors([warning])).toBe(false);
    expect(hasErrors([warning, at("a", 1, 1, "empty-file")])).toBe(true);
  });
});
