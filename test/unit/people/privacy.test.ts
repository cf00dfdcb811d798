import { expect, test } from "vitest";
import { SHOW_ALL, shownBounds, shownCount } from "../../../src/people/privacy.ts";
import { audience, binding, sampleReach, sampleUpdate } from "../../support/samples/plan.ts";

test.each([
  [19, 20, "fewer than 20"],
  [0, 20, "fewer than 20"],
  [20, 20, "20"],
  [12_004, 20, "12,004"],
  [3, SHOW_ALL, "3"],
])("%i people with at least %i to be shown: %s", (count, minCount, words) => {
  expect(shownCount(count, minCount)).toBe(words);
});

const EXCLUDED = audience(8);

function narrowing(evaluatedCount: number) {
  const before = binding([audience(1)]);
  const reach = sampleReach({ evaluatedCount });
  return sampleUpdate(1, { before, after: binding([audience(1)], [EXCLUDED]), reach });
}

function sized(count: number) {
  const nothing = { name: null, nameFrom: null, owner: null, description: null, groups: [] };
  const size = { count, isExact: true, at: null };
  return { [EXCLUDED.audienceId]: { ...nothing, type: EXCLUDED.type, size } };
}

test("a bound into which a small count went is rounded, so that it cannot be worked out", () => {
  expect(shownBounds(narrowing(1_000), sized(7), SHOW_ALL)).toEqual({ min: 993, max: 1_000 });
  expect(shownBounds(narrowing(1_000), sized(7), 20)).toEqual({ min: 980, max: 1_000 });
  expect(shownBounds(narrowing(1_000), sized(300), 20)).toEqual({ min: 700, max: 1_000 });
});

test("a small old count is rounded in the same way", () => {
  expect(shownBounds(narrowing(7), sized(300), 20)).toEqual({ min: null, max: 20 });
});

test("a least that is small says nothing", () => {
  expect(shownBounds(narrowing(310), sized(300), 20)).toEqual({ min: null, max: 310 });
});
