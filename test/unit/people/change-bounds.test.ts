import { expect, test } from "vitest";
import type { AudienceFacts, AudienceSize } from "../../../src/domain/model.ts";
import { changeBounds } from "../../../src/people/change-bounds.ts";
import {
  audience,
  sampleNoOp,
  sampleReach,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../support/samples/plan.ts";

const ADDED = audience(2);

function facts(size: AudienceSize | null, type = ADDED.type): Readonly<Record<string, AudienceFacts>> {
  const nothing = { name: null, nameFrom: null, owner: null, description: null, groups: [] };
  return { [ADDED.audienceId]: { ...nothing, type, size } };
}

const EXACT = { count: 30, isExact: true, at: null };

test("an update that widens: not fewer than the old count, and not more than are added", () => {
  expect(changeBounds(sampleUpdate(1), facts(EXACT))).toEqual({ min: 18_432, max: 18_462 });
});

test.each([
  ["nobody says", null],
  ["that is not exact", { ...EXACT, isExact: false }],
  ["of which nobody says whether it is exact", { ...EXACT, isExact: null }],
])("a size %s gives no bound", (_, size) => {
  expect(changeBounds(sampleUpdate(1), facts(size))).toEqual({ min: 18_432, max: null });
});

test("nor does that of an audience of another type, or of none that is known", () => {
  expect(changeBounds(sampleUpdate(1), facts(EXACT, "audience")).max).toBeNull();
  expect(changeBounds(sampleUpdate(1), {}).max).toBeNull();
});

test.each([
  ["is stale", { isStale: true }],
  ["failed", { status: "failed" }],
  ["is pending", { status: "pending" }],
  ["is missing", { evaluatedCount: null }],
])("an old count that %s gives no bound", (_, reach) => {
  const change = sampleUpdate(1, { reach: sampleReach(reach) });
  expect(changeBounds(change, facts(EXACT))).toEqual({ min: null, max: null });
});

test("nor does one that may be of earlier audiences, of a campaign in sync neither", () => {
  expect(changeBounds(sampleUpdate(1, { reachedBefore: null }), facts(EXACT))).toEqual({
    min: null,
    max: null,
  });
  expect(changeBounds(sampleNoOp(1, { reachedBefore: null }), {})).toEqual({ min: null, max: null });
});

test("what is in sync keeps its count; what is left alone or not read has no bounds", () => {
  expect(changeBounds(sampleNoOp(1), {})).toEqual({ min: 18_432, max: 18_432 });
  expect(changeBounds(sampleSkip(1), facts(EXACT))).toEqual({ min: null, max: null });
  expect(changeBounds(sampleUnreadable(1), {})).toEqual({ min: null, max: null });
});
