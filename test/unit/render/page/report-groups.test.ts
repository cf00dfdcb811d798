import { describe, expect, test } from "vitest";
import type { ApplyResult, Report } from "../../../../src/domain/model.ts";
import type { Advice } from "../../../../src/render/page/advice.ts";
import { groupReport } from "../../../../src/render/page/report-groups.ts";
import { renderReportText } from "../../../../src/render/text/report-text.ts";
import { sampleError, sampleReachResult, sampleReport, sampleResult } from "../../../support/samples/plan.ts";

const left = (n: number, reason: string) =>
  sampleResult(n, { outcome: "not-attempted", reason, waited: false });

const textOf = (...reasons: readonly string[]) =>
  renderReportText(sampleReport(reasons.map((reason, n) => left(n, reason))));

const NEWEST = "The run of the branch's newest commit applies it. Where none runs, start apply by hand.";
const USUAL = "\n    Run the same command again.\n";

describe("campaigns that are left to a newer run", () => {
  test("where the branch declares something else, nothing is to be done here", () => {
    const text = textOf("superseded", "superseded");
    expect(text).toContain("the branch declares something else by now, so this is left to a newer run");
    expect(text).toContain("\n    Nothing is to be done here.\n");
    expect(text).not.toContain(NEWEST);
  });

  test.each([[["branch-moved"]], [["superseded", "branch-moved"]]])(
    "where nobody can tell what it declares, the newest run applies it: %j",
    (reasons) => {
      const text = textOf(...reasons);
      expect(text).toContain(
        "the branch moved on, and what it declares by now cannot be told here, so this is left to a newer run",
      );
      expect(text).toContain(`\n    ${NEWEST}\n`);
      expect(text).not.toContain("Nothing is to be done here.");
    },
  );

  test("beside others that no newer run carries out, the usual advice holds", () => {
    const text = textOf("superseded", "interrupted");
    expect(text).not.toContain(NEWEST);
    expect(text).not.toContain("Nothing is to be done here.");
    expect(text).toContain(USUAL);
  });
});

/** Says which advice is given. */
const ADVICE: Advice = {
  stale: "stale",
  failed: "failed",
  notAttempted: "again",
  skipped: "skipped",
  noAccess: "credentials",
  reach: ({ campaignId }) => `reach ${campaignId.at(-1)}`,
  mend: ({ reason }) => (reason === "mendable" ? "mend" : null),
};

const groupsOf = (results: readonly Partial<ApplyResult>[], kind: Report["kind"] = "apply-report") => {
  const report = sampleReport(
    results.map((result, n) => sampleResult(n, result)),
    { kind },
  );
  return groupReport(report, ADVICE).map(({ sign, word, title, notes }) => [
    `${sign} ${word}`,
    title,
    ...notes,
  ]);
};

const LAST =
  "The last write wins: an edit made between the last read and the write of a campaign, if any, is gone.";
const open = (status: string) => sampleReachResult({ confirmed: false, status });
const still = { outcome: "unchanged" } as const;
const error = (mayHaveLanded: boolean) => ({ ...sampleError, mayHaveLanded });

describe("a report is sorted for reading", () => {
  test.each<[Partial<ApplyResult>, readonly string[]]>([
    [{}, ["+ applied", "Applied", LAST]],
    [{ waited: false }, ["+ applied", "Applied", "Reach was not waited for: run `campaignctl wait`.", LAST]],
    [
      { reach: open("pending") },
      ["! applied, not confirmed", "Applied, but reach is not confirmed", "reach 0", LAST],
    ],
    [{ outcome: "restored" }, ["! restored", "Put back, since reach broke a rule", LAST]],
    [still, ["= confirmed", "Unchanged, reach confirmed"]],
    [
      { ...still, reach: open("pending") },
      ["! not confirmed", "Unchanged, but reach is not confirmed", "reach 0"],
    ],
    [
      { ...still, reach: open("failed") },
      ["! not confirmed", "Warning: unchanged, but reach is not confirmed", "reach 0"],
    ],
    [
      { ...still, waited: false, reach: open("pending") },
      ["! not confirmed", "Warning: unchanged, but reach is not confirmed", "reach 0"],
    ],
    [
      { ...still, waited: false, reach: open("failed") },
      ["! not confirmed", "Warning: unchanged, but reach is not confirmed", "reach 0"],
    ],
    [{ outcome: "skipped" }, ["! skipped", "SKIPPED: not draft, nothing was written", "skipped"]],
    [{ outcome: "stale" }, ["! stale", "Stale: not as planned, nothing was written", "stale"]],
    [{ outcome: "failed" }, ["x failed", "Failed", "failed"]],
    [{ outcome: "failed", error: error(false) }, ["x failed", "Failed", "failed"]],
    [{ outcome: "failed", error: error(true) }, ["x failed", "Failed", "failed", LAST]],
    [{ outcome: "failed", reason: "mendable" }, ["x failed", "Failed", "mend"]],
    [{ outcome: "failed", reason: "no-access" }, ["x failed", "Failed", "credentials"]],
    ...[
      ["interrupted", "again"],
      ["mendable", "again"],
      ["no-access", "credentials"],
      ["plan-too-old", "Make a new plan, review it, and apply that one."],
      ["superseded", "Nothing is to be done here."],
      ["branch-moved", NEWEST],
      [
        "guardrail",
        "One broken rule holds back the whole plan. Mend what the rules refuse, or let it pass as they say, then apply again.",
      ],
      ["restored-before", "To write it all the same, leave out `--after`."],
      ["declined", "To apply, run the same command again and answer yes."],
    ].map(([reason = "", note = ""]): [Partial<ApplyResult>, readonly string[]] => [
      { outcome: "not-attempted", reason },
      [". not attempted", "Not attempted, nothing was written", note],
    ]),
  ])("%j", (result, group) => {
    expect(groupsOf([result])).toEqual([group]);
  });

  test.each<[Partial<ApplyResult>, string]>([
    [still, "Reach confirmed"],
    [{ ...still, reach: open("pending") }, "Reach not confirmed"],
    [{ outcome: "skipped" }, "SKIPPED: not draft, not waited for"],
    [{ outcome: "not-attempted" }, "Not attempted"],
    [{ outcome: "failed" }, "Failed"],
  ])("a wait never writes: %j", (result, title) => {
    expect(groupsOf([result], "wait-report").map(([, each]) => each)).toEqual([title]);
  });

  test("what is unchanged and settled is in no group", () => {
    expect(
      groupsOf([
        { ...still, waited: false, reach: open("ok") },
        { ...still, waited: false, reach: null },
      ]),
    ).toEqual([]);
  });

  test("that the last write wins is said once, where something was written first", () => {
    const told = groupsOf([
      { outcome: "failed", error: error(true) },
      { outcome: "skipped" },
      {},
      { reach: open("pending") },
      { outcome: "restored" },
    ]);
    expect(told.map(([word]) => word)).toEqual([
      "! restored",
      "+ applied",
      "! applied, not confirmed",
      "! skipped",
      "x failed",
    ]);
    expect(told.map((group) => group.includes(LAST))).toEqual([true, false, false, false, false]);
  });

  test("each advice is given once", () => {
    const again = { outcome: "failed", reason: "mendable" } as const;
    expect(groupsOf([again, again, { outcome: "failed" }])).toEqual([["x failed", "Failed", "mend"]]);
    expect(groupsOf([{ waited: false }, {}])[0]).toContain(
      "Reach was not waited for: run `campaignctl wait`.",
    );
  });
});
