import { describe, expect, test } from "vitest";
import { parseSavedReport } from "../../../src/apply/saved-report.ts";
import { UsageError } from "../../../src/domain/errors.ts";
import { renderJson } from "../../../src/render/json.ts";
import { sampleReport, sampleResult } from "../../support/samples/plan.ts";

const REPORT = sampleReport([sampleResult(1), sampleResult(2)], { environment: "staging" });
const TARGET = { apiUrl: REPORT.apiUrl, environment: "staging" };

function refusal(text: string, target = TARGET): string {
  try {
    parseSavedReport(text, target);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    const { message, hint } = error as UsageError;
    expect(message).toMatch(/ Nothing was sent\.$/);
    expect(hint).toContain("apply --report FILE");
    return message;
  }
  throw new Error("It was taken.");
}

const altered = (change: object) => renderJson({ ...REPORT, ...change });

test("a report is taken as it was saved, with a byte order mark or without, and with keys that are not known", () => {
  expect(parseSavedReport(renderJson(REPORT), TARGET)).toEqual(REPORT);
  expect(parseSavedReport(`\uFEFF${renderJson(REPORT)}`, TARGET)).toEqual(REPORT);
  expect(parseSavedReport(altered({ formatVersion: "1.10", more: 1 }), TARGET)).toMatchObject({ more: 1 });
});

describe("refused, with nothing sent:", () => {
  test.each([
    ["no JSON", "{", "The apply report is not JSON."],
    ["a byte order mark within", `{\uFEFF}`, "The apply report is not JSON."],
    ["nothing", "null", 'The file is not an apply report: it has no "kind": "apply-report".'],
    [
      "a wait report",
      altered({ kind: "wait-report", planDigest: null }),
      'The file is not an apply report: it has no "kind": "apply-report".',
    ],
    ["a plan", altered({ kind: "plan" }), 'it has no "kind": "apply-report".'],
    [
      "another major version",
      altered({ formatVersion: "2.0" }),
      'format version "2.0"; this program reads 1.x.',
    ],
    [
      "no version",
      altered({ formatVersion: undefined }),
      "format version undefined; this program reads 1.x.",
    ],
    ["a version with more before it", altered({ formatVersion: "11.0" }), 'format version "11.0";'],
    ["a version with more behind it", altered({ formatVersion: "1.0-rc" }), 'format version "1.0-rc";'],
    ["a list of versions", altered({ formatVersion: ["1.0"] }), 'format version ["1.0"];'],
    [
      "no results",
      altered({ results: undefined }),
      "The apply report is not valid: the document must have required property 'results'.",
    ],
    ["a broken result", altered({ results: [{}] }), "The apply report is not valid: /results/0"],
    [
      "results out of order",
      altered({ results: [...REPORT.results].reverse() }),
      "The apply report was altered",
    ],
    [
      "one campaign twice",
      altered({ results: [REPORT.results[0], REPORT.results[0]] }),
      "The apply report was altered: its campaigns are not each there once, in order.",
    ],
  ])("%s", (_, text, message) => {
    expect(refusal(text)).toContain(message);
  });

  test("a report of another API or environment", () => {
    expect(refusal(renderJson(REPORT), { ...TARGET, apiUrl: "https://other.test" })).toBe(
      "The apply report is of https://api.experiture.ai/public/v1, this run would read from https://other.test. Nothing was sent.",
    );
    expect(refusal(renderJson(REPORT), { ...TARGET, environment: "production" })).toBe(
      'The apply report is for environment "staging", and this run is for environment "production". Nothing was sent.',
    );
    expect(refusal(altered({ environment: null }))).toBe(
      'The apply report is for no environment, and this run is for environment "staging". Nothing was sent.',
    );
  });
});
