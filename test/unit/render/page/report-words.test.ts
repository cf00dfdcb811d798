import { describe, expect, test } from "vitest";
import type { ApplyResult, Finding, Report } from "../../../../src/domain/model.ts";
import { wholeScope } from "../../../../src/domain/scope.ts";
import { reportHead, runTimeText } from "../../../../src/render/page/report-words.ts";
import { sampleFinding } from "../../../support/samples/guardrails.ts";
import { sampleReachResult, sampleReport, sampleResult } from "../../../support/samples/plan.ts";

const headOf = (results: readonly Partial<ApplyResult>[], overrides: Partial<Report> = {}) => {
  const { headline, notes } = reportHead(
    sampleReport(
      results.map((result, n) => sampleResult(n, result)),
      overrides,
    ),
  );
  return [headline, ...notes];
};

const AS_DECLARED = "The live audiences are those of the files";
const open = { reach: sampleReachResult({ confirmed: false }) };
const left = { waited: false } as const;
const still = { ...left, outcome: "unchanged" } as const;

describe("what an apply comes to", () => {
  test.each<[readonly Partial<ApplyResult>[], readonly string[]]>([
    [[], ["Nothing to apply", AS_DECLARED]],
    [[still], ["Nothing to apply", AS_DECLARED]],
    [[{}], ["1 campaign applied"]],
    [
      [{}, open],
      ["2 campaigns applied", "1 with reach not confirmed"],
    ],
    [[{ ...left, outcome: "skipped" }], ["Nothing to apply", "1 skipped (not draft)"]],
    [[{ ...left, outcome: "stale" }], ["Nothing was applied", "1 stale"]],
    [[{ ...left, outcome: "failed" }], ["Nothing was applied", "1 failed"]],
    [[{ ...left, outcome: "not-attempted" }], ["Nothing was applied", "1 not attempted"]],
    [[{ ...left, outcome: "restored" }], ["Nothing was applied", "1 put back, since reach broke a rule"]],
    [
      [{}, { ...left, outcome: "failed" }, still],
      ["1 campaign applied", "1 failed"],
    ],
  ])("%#", (results, words) => {
    expect(headOf(results)).toEqual(words);
  });

  test("of a part nobody says that all is as declared", () => {
    expect(headOf([still], { scope: { ...wholeScope(1), declared: 2 } })).toEqual([
      "Nothing to apply",
      "1 of 2 declared campaigns was not looked at",
    ]);
  });

  test.each<[readonly Partial<Finding>[], readonly string[], readonly string[]]>([
    [[{}], ["1 rule broken"], ["REFUSED BY RULES: nothing was written"]],
    [[{}, {}, { rule: "freeze" }], ["2 rules broken"], ["REFUSED BY RULES: nothing was written"]],
    [[{ strength: "warn" }], [], []],
  ])("%#: broken rules are counted where something was written", (findings, written, refused) => {
    const broken = findings.map(
      (finding): Finding => ({
        ...sampleFinding(sampleResult(1)),
        ...{ state: "broken", strength: "hard", ...finding },
      }),
    );
    expect(headOf([{}], { findings: broken }).slice(1)).toEqual(written);
    expect(headOf([{ ...left, outcome: "restored" }], { findings: broken }).slice(1, -1)).toEqual(written);
    expect(headOf([{ ...left, outcome: "not-attempted" }], { findings: broken }).slice(1, -1)).toEqual(
      refused,
    );
  });
});

test.each<[readonly Partial<ApplyResult>[], readonly string[]]>([
  [[], ["Reach of 0 campaigns confirmed"]],
  [
    [{}, open],
    ["Reach of 1 campaign confirmed", "1 not confirmed"],
  ],
  [
    (["failed", "not-attempted", "skipped"] as const).map((outcome) => ({ ...left, outcome })),
    ["Reach of 0 campaigns confirmed", "1 failed", "1 not attempted", "1 skipped (not draft)"],
  ],
])("%#: what a wait comes to", (results, words) => {
  expect(headOf(results, { kind: "wait-report" })).toEqual(words);
});

test.each([
  ["2026-11-23T10:01:05.500Z", "started 2026-11-23 10:00 UTC, took 1m 05s"],
  ["soon", "started 2026-11-23 10:00 UTC"],
])("when a run that ended %s began, and how long it took", (finishedAt, words) => {
  expect(runTimeText(sampleReport([], { finishedAt }))).toBe(words);
});
