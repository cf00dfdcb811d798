import { describe, expect, test } from "vitest";
import { makeDiagnostic } from "../../../../src/domain/diagnostics.ts";
import type { Diagnostic } from "../../../../src/domain/model.ts";
import { type Scope, wholeScope } from "../../../../src/domain/scope.ts";
import { headText } from "../../../../src/render/page/page-section.ts";
import { driftHead, notLookedAt, planHead, unseenSentences } from "../../../../src/render/page/plan-head.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

test.each([
  [1, "1 campaign has no id for this environment: left out"],
  [1_200, "1,200 campaigns have no id for this environment: left out"],
])("what the plan did not look at is told: %i", (leftOut, sentence) => {
  expect(planHead(samplePlan([], { leftOut })).notes).toContain(sentence);
});

test("where nothing is left out, nothing is told", () => {
  expect(planHead(samplePlan([sampleUpdate(1)])).notes.join()).not.toContain("left out");
});

test.each([
  [[sampleUpdate(1), sampleUpdate(2)], "Drift: 2 campaigns not as in the files"],
  [
    [sampleUpdate(1), sampleUnreadable(2)],
    "Drift: 1 campaign not as in the files, 1 campaign could not be read",
  ],
  [[sampleNoOp(1), sampleUnreadable(2)], "Drift is not known: 1 campaign could not be read"],
  [[sampleNoOp(1)], "No drift"],
])("what differs where nobody is about to apply it", (changes, headline) => {
  expect(driftHead(samplePlan(changes))).toBe(headline);
});

const scopeOf = (planned: number, more: Partial<Scope> = {}): Scope => ({
  ...{ kind: "shard", since: null, shard: "2/3", planned, declared: 10_000 },
  ...more,
});

describe("a plan of a part of what is declared", () => {
  test.each<[Scope, string]>([
    [scopeOf(3_333), "6,667 of 10,000 declared campaigns were not looked at: only shard 2/3"],
    [scopeOf(9_999), "1 of 10,000 declared campaigns was not looked at: only shard 2/3"],
    [
      scopeOf(1, { kind: "changed", since: "1f0c2b7".padEnd(40, "0") }),
      "9,999 of 10,000 declared campaigns were not looked at: only what differs from commit 1f0c2b7, of that shard 2/3",
    ],
    [
      scopeOf(3_000, { outOfTime: 333 }),
      "7,000 of 10,000 declared campaigns were not looked at: only shard 2/3, and the time was up before 333 of them",
    ],
    [
      scopeOf(3_000, { kind: "all", shard: null, outOfTime: 7_000 }),
      "7,000 of 10,000 declared campaigns were not looked at: the time was up before 7,000 of them",
    ],
  ])("says how many are not in it: %j", (scope, sentence) => {
    expect(notLookedAt(scope)).toBe(sentence);
    const change = [sampleUpdate(1)];
    expect(planHead(samplePlan(change, { scope })).notes).toEqual([sentence]);
  });

  test("says beside it what has no id for the environment", () => {
    const part = "9,999 of 10,000 declared campaigns were not looked at: only shard 2/3";
    const left = "2 campaigns have no id for this environment: left out";
    const diagnostics: readonly Diagnostic[] = [];
    expect(unseenSentences({ scope: scopeOf(1), leftOut: 2, diagnostics })).toEqual([part, left]);
    expect(unseenSentences({ scope: scopeOf(10_000), leftOut: 2, diagnostics })).toEqual([left]);
    expect(unseenSentences({ scope: scopeOf(1), leftOut: 0, diagnostics })).toEqual([part]);
  });

  test.each([
    [1, "1 campaign is declared by no file any more: it stays as it is live"],
    [2, "2 campaigns are declared by no file any more: they stay as they are live"],
  ])("says before any detail that %d are declared no more", (gone, sentence) => {
    const one = makeDiagnostic("no-longer-declared", { detail: "It was.", file: "a.yaml" });
    const diagnostics = Array.from({ length: gone }, () => one);
    expect(planHead(samplePlan([sampleUpdate(1)], { diagnostics })).notes).toEqual([sentence]);
    expect(unseenSentences({ scope: wholeScope(1), leftOut: 0, diagnostics })).toEqual([sentence]);
  });

  test("says that nothing is declared otherwise, and that nothing was asked", () => {
    const scope = scopeOf(0, { kind: "changed", since: "1f0c2b7".padEnd(40, "0"), shard: null });
    expect(headText(planHead(samplePlan([], { scope })))).toBe(
      "No file declares anything else than in commit 1f0c2b7. None of 10,000 declared campaigns was looked at.",
    );
  });

  test("has nothing more to say where the part is all", () => {
    const scope = scopeOf(1, { shard: "1/1", declared: 1 });
    expect(notLookedAt(scope)).toBeNull();
    expect(headText(planHead(samplePlan([sampleNoOp(1)], { scope })))).toBe(
      "No changes. The live audiences are those of the files.",
    );
  });

  test.each([
    [0, [], "No campaign was looked at", "No campaign was looked at"],
    [
      1,
      [sampleNoOp(1)],
      "No changes in the campaign that was looked at",
      "No drift in the campaign that was looked at",
    ],
    [
      2,
      [sampleNoOp(1), sampleNoOp(2)],
      "No changes in the 2 campaigns that were looked at",
      "No drift in the 2 campaigns that were looked at",
    ],
  ])("never claims more than it saw: %d", (planned, changes, headline, drift) => {
    const plan = samplePlan(changes, { scope: scopeOf(planned) });
    const unseen = `${(10_000 - planned).toLocaleString("en-US")} of 10,000 declared campaigns were not looked at: only shard 2/3`;
    expect(planHead(plan)).toEqual({ headline, notes: [unseen] });
    expect(driftHead(plan)).toBe(drift);
  });
});

describe("the notes of a plan", () => {
  const part = (numbers: object) => ({ scope: scopeOf(1), ...numbers });

  test("says nothing of why where nobody knows why", () => {
    const scope = scopeOf(3_000, { kind: "all", shard: null });
    expect(notLookedAt(scope)).toBe("7,000 of 10,000 declared campaigns were not looked at");
  });

  test.each([
    [[], "No changes", ["The live audiences are those of the files"]],
    [[sampleNoOp(1)], "No changes", ["The live audiences are those of the files"]],
    [[sampleUnreadable(1)], "No campaign could be read", []],
    [
      [sampleNoOp(1), sampleUnreadable(2)],
      "No changes in the campaigns that could be read",
      ["1 campaign could not be read"],
    ],
    [
      [sampleSkip(1), sampleUnreadable(2), sampleUnreadable(3)],
      "No changes in the campaigns that could be read",
      ["2 campaigns could not be read", "1 campaign differs from its file but is not draft: skipped"],
    ],
    [
      [sampleSkip(1), sampleSkip(2)],
      "No changes",
      ["2 campaigns differ from their files but are not draft: skipped"],
    ],
    [
      [sampleNoOp(1, { kept: ["a"] })],
      "No changes",
      ["The live audiences are those of the files", "1 live exclude that no file names is kept"],
    ],
    [
      [sampleNoOp(1, { kept: ["a"] }), sampleNoOp(2, { kept: ["a", "b"] })],
      "No changes",
      ["The live audiences are those of the files", "3 live excludes that no file names are kept"],
    ],
  ])("%#: what was found", (changes, headline, notes) => {
    expect(planHead(samplePlan(changes))).toEqual({ headline, notes });
  });

  test("is not all as declared where only a part was looked at", () => {
    expect(planHead(samplePlan([sampleNoOp(1)], part({}))).notes).not.toContain(
      "The live audiences are those of the files",
    );
  });
});

const exclude = (n: number, before: readonly number[], after: readonly number[]) =>
  sampleUpdate(n, {
    before: binding(
      [audience(1)],
      before.map((each) => audience(each)),
    ),
    after: binding(
      [audience(1)],
      after.map((each) => audience(each)),
    ),
  });

test.each([
  [[exclude(1, [2], [])], ["1 CAMPAIGN LOSES ITS LAST EXCLUDE"]],
  [[exclude(1, [2], []), exclude(2, [3], [])], ["2 CAMPAIGNS LOSE THEIR LAST EXCLUDE"]],
  [[exclude(1, [2, 3], [3])], []],
])("%#: who loses the last exclude is told", (changes, notes) => {
  expect(planHead(samplePlan(changes)).notes).toEqual(notes);
});

test.each([
  [[exclude(1, [2, 3], [3])], "1 campaign changes: it can reach more people"],
  [[exclude(1, [2], [2, 3])], "1 campaign changes: it can reach fewer people"],
  [[exclude(1, [2], [3])], "1 campaign changes: it can reach more people or fewer"],
  [
    [exclude(1, [2, 3], [3]), exclude(2, [2], [2, 3])],
    "2 campaigns change: 1 can reach more people, 1 fewer",
  ],
  [
    [exclude(1, [2], [3]), exclude(2, [2], [2, 3]), exclude(3, [2], [2, 3])],
    "3 campaigns change: 2 can reach fewer people, 1 either way",
  ],
  [[exclude(1, [2], [3]), exclude(2, [2], [3])], "2 campaigns change: 2 can go either way"],
])("%#: the headline says how many can reach more or fewer", (changes, headline) => {
  expect(planHead(samplePlan(changes)).headline).toBe(headline);
});
