import { describe, expect, it } from "vitest";
import { hasErrors, makeDiagnostic, sortDiagnostics } from "../../../src/domain/diagnostics.ts";

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
});

it.each([
  ["pattern-matches-nothing", "warning"],
  ["not-a-campaign", "warning"],
  ["repeated-live-audience", "warning"],
  ["no-files", "error"],
] as const)("%s is a %s", (code, severity) => {
  expect(makeDiagnostic(code, { detail: "d", file: null }).severity).toBe(severity);
});

describe("hasErrors", () => {
  it("does not count warnings", () => {
    const warning = makeDiagnostic("repeated-live-audience", { detail: "d", file: null });
    expect(hasErrors([])).toBe(false);
    expect(hasErrors([warning])).toBe(false);
    expect(hasErrors([warning, at("a", 1, 1, "empty-file")])).toBe(true);
  });
});
