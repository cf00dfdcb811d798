import { describe, expect, test } from "vitest";
import { findingsOf, rules } from "../../../support/samples/guardrails.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const [ONE, TWO, EIGHT, NINE] = [1, 2, 8, 9].map((n) => audience(n).audienceId);

/** What is told of an update, each as `rule state strength`. */
const told = (before: ReturnType<typeof binding>, after: ReturnType<typeof binding>, by = rules([])) =>
  findingsOf(by, samplePlan([sampleUpdate(1, { before, after })]));

describe("the rules that are always there", () => {
  const from = binding([audience(1), audience(2)], [audience(8), audience(9)]);

  test("a change that loses its last exclude, and one that keeps no include, are told, with who is meant", () => {
    expect(told(from, binding([audience(3)]))).toMatchObject([
      {
        ...{ rule: "loses-all-excludes", strength: "warn", state: "broken", audienceIds: [EIGHT, NINE] },
        message: `No exclude is left: it no longer excludes ${EIGHT}, ${NINE}.`,
      },
      {
        ...{ rule: "replaces-all-includes", strength: "warn", state: "broken", audienceIds: [ONE, TWO] },
        message: `None of the included audiences stays: it no longer includes ${ONE}, ${TWO}.`,
      },
    ]);
  });

  test("their strength is the project's", () => {
    const strength = { "loses-all-excludes": "hard", "replaces-all-includes": "soft" } as const;
    const found = told(from, binding([audience(3)]), rules([], { strength }));
    expect(found.map((finding) => finding.strength)).toEqual(["hard", "soft"]);
  });

  test.each([
    ["one of the excludes stays", from, binding([audience(1)], [audience(8)])],
    ["another one comes instead", from, binding([audience(1)], [audience(7)])],
    ["one of the includes stays", from, binding([audience(2), audience(3)], [audience(8), audience(9)])],
    ["there was none before", binding([]), binding([audience(1)])],
  ])("nothing is told where %s", (_, before, after) => {
    expect(told(before, after)).toEqual([]);
  });

  test("nothing is told of a campaign that is not changed", () => {
    const bindings = { before: from, after: binding([audience(3)]) };
    expect(findingsOf(rules([]), samplePlan([sampleSkip(1, bindings), sampleNoOp(2, bindings)]))).toEqual([]);
  });
});
