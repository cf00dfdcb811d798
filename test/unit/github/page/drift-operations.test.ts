import { describe, expect, test } from "vitest";
import type { Change } from "../../../../src/domain/model.ts";
import { renderDriftIssue, renderUnreadableIssue } from "../../../../src/github/page/drift-issue.ts";
import { type DriftInput, planDriftIssues } from "../../../../src/github/page/drift-operations.ts";
import { fileUrl, sampleIssue, target } from "../../../support/samples/github.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const drifted = sampleUpdate(1, { name: "Spring | @jane" });

const { campaignId } = drifted;

const text = renderDriftIssue(drifted, target, { fileUrl, audiences: {} });

describe("what to do with issues", () => {
  const operations = (changes: readonly Change[], more: Partial<DriftInput> = {}) =>
    planDriftIssues({
      plan: samplePlan(changes),
      isGone: () => true,
      target,
      issues: [sampleIssue(4, text)],
      fileUrl,
      ...more,
    });

  test("drifted: opened, left alone when the same, updated, opened again", () => {
    expect(operations([drifted], { issues: [] })).toEqual([
      { campaignId, operation: { kind: "open", ...text } },
    ]);
    expect(operations([drifted])).toEqual([{ campaignId, operation: { kind: "leave", number: 4 } }]);
    const more = sampleUpdate(1, { name: "Spring | @jane", after: binding([audience(5)]) });
    expect(operations([more])).toEqual([
      {
        campaignId,
        operation: {
          kind: "update",
          number: 4,
          ...renderDriftIssue(more, target, { fileUrl, audiences: {} }),
        },
      },
    ]);
    expect(operations([drifted], { issues: [sampleIssue(4, { ...text, isOpen: false })] })).toEqual([
      {
        campaignId,
        operation: { kind: "reopen", number: 4, note: "The campaign has drifted again.", ...text },
      },
    ]);
  });

  test.each<[string, readonly Change[], Partial<DriftInput>, string]>([
    ["clean", [sampleNoOp(1)], {}, "The live audiences are those of the file again."],
    [
      "locked meanwhile",
      [sampleSkip(1)],
      {},
      "The campaign is not draft any more: its audiences are locked, so this is history now, not drift.",
    ],
    ["no longer declared", [], {}, "The campaign is no longer declared in a file."],
  ])("closed with a note: %s", (_, changes, more, note) => {
    expect(operations(changes, more)).toEqual([
      { campaignId, operation: { kind: "close", number: 4, note } },
    ]);
  });

  test("left alone: what could not be read, and what was not looked at", () => {
    expect(operations([sampleUnreadable(1)])).toEqual([
      { campaignId, operation: { kind: "leave", number: 4 } },
    ]);
    expect(operations([], { isGone: () => false })).toEqual([]);
    expect(operations([], { isGone: (id) => id !== campaignId })).toEqual([]);
    expect(operations([sampleNoOp(1)], { isGone: () => false })).toMatchObject([
      { operation: { kind: "close" } },
    ]);
  });

  test("unreadable for three nights: opened, or said in the issue that is there, until it can be read", () => {
    const unreadable = sampleUnreadable(1);
    const told = renderUnreadableIssue(unreadable, target, fileUrl);
    const operated = (nights: number, issues: DriftInput["issues"]) =>
      operations([unreadable], { unreadableNights: () => nights, issues }).map(({ operation }) => operation);
    expect(operated(2, [])).toEqual([]);
    expect(operated(3, [])).toEqual([{ kind: "open", ...told }]);
    expect(operated(2, [sampleIssue(4, text)])).toEqual([{ kind: "leave", number: 4 }]);
    expect(operated(4, [sampleIssue(4, text)])).toEqual([{ kind: "update", number: 4, ...told }]);
    expect(operated(5, [sampleIssue(4, told)])).toEqual([{ kind: "leave", number: 4 }]);
    const issues = [sampleIssue(4, told)];
    expect(operations([drifted], { issues })).toMatchObject([{ operation: { kind: "update", ...text } }]);
    expect(operations([sampleNoOp(1)], { issues })).toMatchObject([{ operation: { kind: "close" } }]);
  });

  test("locked campaigns that differ are never issues, nor is what is clean or unreadable", () => {
    expect(operations([sampleSkip(1), sampleNoOp(2), sampleUnreadable(3)], { issues: [] })).toEqual([]);
  });

  test("closed ones of clean campaigns, and issues with another marker, are not touched", () => {
    const closed = sampleIssue(4, { ...text, isOpen: false });
    const planted = sampleIssue(5, { ...text, body: `> ${text.body}` });
    expect(operations([sampleNoOp(1)], { issues: [closed, planted] })).toEqual([]);
    expect(operations([sampleUnreadable(1)], { issues: [closed] })).toEqual([]);
  });

  test("each campaign has its own", () => {
    const other = sampleUpdate(2);
    expect(operations([drifted, other])).toEqual([
      { campaignId, operation: { kind: "leave", number: 4 } },
      {
        campaignId: other.campaignId,
        operation: { kind: "open", ...renderDriftIssue(other, target, { fileUrl, audiences: {} }) },
      },
    ]);
  });
});
