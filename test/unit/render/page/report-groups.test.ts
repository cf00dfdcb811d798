import { describe, expect, test } from "vitest";
import { renderReportText } from "../../../../src/render/text/report-text.ts";
import { sampleReport, sampleResult } from "../../../support/samples/plan.ts";

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
