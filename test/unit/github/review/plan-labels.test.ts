import { describe, expect, test } from "vitest";
import type { RuleChanges } from "../../../../src/domain/model.ts";
import {
  labelChange,
  labelsOf,
  packLabels,
  unpackLabels,
} from "../../../../src/github/review/plan-labels.ts";
import { findingsOf, named, rules } from "../../../support/samples/guardrails.ts";
import { audience, binding, samplePlan, sampleSkip, sampleUpdate } from "../../../support/samples/plan.ts";

describe("the labels of a plan", () => {
  const before = binding([audience(1)], [audience(9)]);
  test.each([
    ["widens", binding([audience(1), audience(2)], [audience(9)]), ["audience-widens"]],
    ["narrows", binding([audience(1)], [audience(8), audience(9)]), ["audience-narrows"]],
    ["mixed", binding([audience(2)], [audience(9)]), ["audience-widens", "audience-narrows"]],
  ])("%s", (_, after, labels) => {
    expect(labelsOf(samplePlan([sampleUpdate(1, { before, after })]))).toEqual(labels);
  });

  test("a locked campaign that differs, and rules", () => {
    const broken = findingsOf(rules([{ requireExclude: [named(8)] }]), samplePlan([sampleUpdate(1)]));
    expect(broken.map(({ state }) => state)).toEqual(["broken"]);
    const plan = samplePlan([sampleSkip(1)]);
    const stateIs = (state: "broken" | "allowed" | "waived" | "possible") =>
      labelsOf({ ...plan, findings: broken.map((finding) => ({ ...finding, state })) });
    for (const state of ["broken", "allowed", "waived"] as const) {
      expect(stateIs(state)).toEqual(["audience-skipped", "audience-rules"]);
    }
    expect(stateIs("possible")).toEqual(["audience-skipped"]);
  });

  test("rules that are weaker, or of which nobody knows", () => {
    const change = {
      kind: "rule",
      rule: "max-changes",
      campaignId: null,
      audienceIds: [],
      message: "It is gone.",
    } as const;
    const none: RuleChanges = { since: null, unknown: null, changes: [], refusedBefore: [] };
    const refusedBefore = findingsOf(rules([{ requireExclude: [named(8)] }]), samplePlan([sampleUpdate(1)]));
    const ofRules = (ruleChanges: RuleChanges) => labelsOf({ ...samplePlan([]), ruleChanges });
    expect(ofRules(none)).toEqual([]);
    expect(ofRules({ ...none, changes: [{ ...change, effect: "stricter" }] })).toEqual([]);
    for (const weaker of [
      {
        changes: [
          { ...change, effect: "stricter" },
          { ...change, effect: "weaker" },
        ] as const,
      },
      { unknown: "The commit is not there." },
      { refusedBefore },
    ]) {
      expect(ofRules({ ...none, ...weaker })).toEqual(["audience-rules"]);
    }
  });

  test("none where nothing changes", () => {
    expect(labelsOf(samplePlan([]))).toEqual([]);
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
