import { expect, test } from "vitest";
import type { AudienceRef } from "../../../src/domain/model.ts";
import { boundsOf } from "../../../src/people/bounds.ts";
import { audience, binding } from "../../support/samples/plan.ts";

const [one, two, three] = [audience(1), audience(2), audience(3)];

/** Seven people in each audience but one, of which nobody says. */
const sizesBut =
  (unknown: AudienceRef) =>
  ({ audienceId }: AudienceRef) =>
    audienceId === unknown.audienceId ? null : 7;

test("with an old count: what is added comes to it, what is removed goes from it", () => {
  const change = { before: binding([one], [two]), after: binding([one, three]) };
  const sizeOf = sizesBut(one);
  expect(boundsOf({ ...change, count: 100 }, sizeOf)).toEqual({ min: 100, max: 114 });
  const back = { before: change.after, after: change.before };
  expect(boundsOf({ ...back, count: 100 }, sizeOf)).toEqual({ min: 86, max: 100 });
});

test("an old count is no count of people who are not there", () => {
  const change = { before: binding([one]), after: binding([one, two]), count: 100 };
  expect(boundsOf(change, () => 7)).toEqual({ min: null, max: 14 });
});

test("it is never fewer than nobody", () => {
  const change = { before: binding([one, two]), after: binding([one]), count: 5 };
  expect(boundsOf(change, () => 90).min).toBe(0);
});

test("without a usable count there is no least, and the includes together are the most", () => {
  const change = { before: binding([one]), after: binding([one, two]), count: null };
  expect(boundsOf(change, () => 7)).toEqual({ min: null, max: 14 });
  expect(boundsOf(change, () => null)).toEqual({ min: null, max: null });
});

test("of an audience with another type nobody can tell which of the two was counted", () => {
  const change = { before: binding([one]), after: binding([audience(1, "audience")]), count: 100 };
  expect(boundsOf(change, () => 7)).toEqual({ min: null, max: null });
});

test("one that moves from one list to the other counts once", () => {
  const change = { before: binding([one], [two]), after: binding([one, two]), count: 100 };
  expect(boundsOf(change, sizesBut(one))).toEqual({ min: 100, max: 107 });
});
