import { describe, expect, test } from "vitest";
import {
  labelChange,
  labelsOf,
  packLabels,
  unpackLabels,
} from "../../../../src/github/review/plan-labels.ts";
import { audience, binding, samplePlan, sampleSkip, sampleUpdate } from "../../../support/samples/plan.ts";

const NO_RULES = { touchesRules: false };

describe("the labels of a plan", () => {
  const before = binding([audience(1)], [audience(9)]);
  test.each([
    ["widens", binding([audience(1), audience(2)], [audience(9)]), ["audience-widens"]],
    ["narrows", binding([audience(1)], [audience(8), audience(9)]), ["audience-narrows"]],
    ["mixed", binding([audience(2)], [audience(9)]), ["audience-widens", "audience-narrows"]],
  ])("%s", (_, after, labels) => {
    expect(labelsOf(samplePlan([sampleUpdate(1, { before, after })]), NO_RULES)).toEqual(labels);
  });

  test("a locked campaign that differs, and rules", () => {
    const plan = samplePlan([sampleSkip(1)]);
    expect(labelsOf(plan, { touchesRules: true })).toEqual(["audience-skipped", "audience-rules"]);
  });

  test("none where nothing changes", () => {
    expect(labelsOf(samplePlan([]), NO_RULES)).toEqual([]);
  });
});

describe("what is done", () => {
  test("what is missing is added, what holds no longer is removed, others stay", () => {
    const there = ["bug", "Audience-Widens", "audience-skipped"];
    expect(labelChange(there, ["audience-widens", "audience-narrows"], true)).toEqual({
      add: ["audience-narrows"],
      remove: ["audience-skipped"],
    });
  });

  test("where not all was read, nothing is removed", () => {
    expect(labelChange(["audience-widens"], [], false)).toEqual({ add: [], remove: [] });
  });
});

test("a letter each stands for them in a header", () => {
  const labels = ["audience-widens", "audience-narrows", "audience-skipped", "audience-rules"] as const;
  expect(packLabels(labels)).toBe("wnsr");
  expect(unpackLabels("rxw")).toEqual(["audience-widens", "audience-rules"]);
});
