import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readDeclarations } from "../../src/commands/declare.ts";
import { DIAGNOSTIC_CODES, makeDiagnostic } from "../../src/domain/diagnostics.ts";
import type { Diagnostic } from "../../src/domain/model.ts";
import { prepareCase, readCase } from "../fixtures/diagnostics/prepare.mjs";

const fixtures = new URL("../fixtures/diagnostics/", import.meta.url);
const scratch = mkdtempSync(join(tmpdir(), "campaignctl-diagnostics-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Codes about live campaigns, or those of another commit, which no file can show. */
const LIVE_CODES = [
  "rule-broken",
  "rule-matches-nothing",
  "unused-waiver",
  "no-longer-declared",
  "unknown-live-audience",
  "repeated-live-audience",
  "sends-collide",
  "locked-soon",
];

/** Codes of files that are warnings. */
const WARNINGS = [
  "pattern-matches-nothing",
  "not-a-campaign",
  "two-names",
  "type-differs",
  "without-owner",
  "unused-name",
  "same-audiences",
];

/** Puts `\r\n` at the end of each line of each file of a folder, byte by byte. */
function endLinesAsWindows(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    writeFileSync(path, readFileSync(path, "latin1").replaceAll("\n", "\r\n"), "latin1");
  }
}

function diagnosticsOf(code: string, prepare: (folder: string) => void = () => {}): readonly Diagnostic[] {
  const folder = mkdtempSync(join(scratch, "case-"));
  prepareCase(code, folder);
  prepare(folder);
  const [command, ...given] = readCase(code).command;
  const words = given.filter((word) => word !== "--strict");
  const flag = words.indexOf("--environment");
  return readDeclarations({
    paths: flag === -1 ? words : words.slice(0, flag),
    cwd: folder,
    config: null,
    environment: flag === -1 ? null : (words[flag + 1] ?? null),
    needsEnvironment: command !== "validate",
    isStrict: words.length < given.length,
  }).diagnostics;
}

function placeOf({ code, file, range }: Diagnostic): string {
  const position = range === null ? "" : `:${range.start.line}:${range.start.column}`;
  return file === null ? code : `${code} ${file}${position}`;
}

describe("the catalogue of diagnostics", () => {
  it("has one folder of fixtures for every code, and no other", () => {
    const folders = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual([...DIAGNOSTIC_CODES].sort());
  });

  it.each(DIAGNOSTIC_CODES.filter((code) => !LIVE_CODES.includes(code)))(
    "%s is given at exactly its place, and nothing else is",
    (code) => {
      const diagnostics = diagnosticsOf(code);
      expect(diagnostics.map(placeOf)).toEqual(readCase(code).expected);
      expect(diagnostics.map((found) => found.code)).toContain(code);
      for (const { detail, severity } of diagnostics) {
        expect(severity).toBe(WARNINGS.includes(code) ? "warning" : "error");
        // At least what is wrong and what to do, each a sentence.
        expect(detail.match(/[.?:](?= |$)/g)?.length).toBeGreaterThanOrEqual(2);
      }
    },
  );

  it.each(DIAGNOSTIC_CODES.filter((code) => !LIVE_CODES.includes(code)))(
    "%s is said the same of files with the line ends of Windows",
    (code) => {
      // Only where a byte is in the file may differ.
      const said = (found: readonly Diagnostic[]) =>
        found.map(({ detail, ...rest }) => ({
          ...rest,
          detail: detail.replace(/(?<=byte offset )\d+/, "N"),
        }));
      expect(said(diagnosticsOf(code, endLinesAsWindows))).toEqual(said(diagnosticsOf(code)));
    },
  );

  it.each(LIVE_CODES)("%s is a warning", (code) => {
    const known = DIAGNOSTIC_CODES.find((other) => other === code);
    expect(known && makeDiagnostic(known, { detail: "", file: null }).severity).toBe("warning");
  });

  it("is documented: docs/diagnostics.md has a section for every code, in order, with its summary", () => {
    const text = readFileSync(new URL("../../docs/diagnostics.md", import.meta.url), "utf8");
    const sections = text.split(/^## /m).slice(1);
    expect(sections.map((section) => section.split("\n", 1)[0])).toEqual(
      DIAGNOSTIC_CODES.map((code) => `\`${code}\``),
    );
    for (const [index, code] of DIAGNOSTIC_CODES.entries()) {
      const { summary } = makeDiagnostic(code, { detail: "", file: null });
      expect(sections[index]).toContain(`**${summary}.**`);
    }
  });
});
