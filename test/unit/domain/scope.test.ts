import { expect, test } from "vitest";
import { changedSince, cutOff, partOf, wholeScope } from "../../../src/domain/scope.ts";

const ALL = { kind: "all", since: null, shard: null, planned: 9, declared: 9 };
const SINCE = { kind: "changed", since: "abc", shard: null, planned: 4, declared: 9 };

test("a scope says which campaigns were looked at, and how many there are", () => {
  expect(wholeScope(9)).toEqual(ALL);
  expect(changedSince("abc", 4, 9)).toEqual(SINCE);
});

test("a part of what changed is still what changed, and names its part", () => {
  expect(partOf(wholeScope(9), "2/3", 3)).toEqual({ ...ALL, kind: "shard", shard: "2/3", planned: 3 });
  expect(partOf(changedSince("abc", 4, 9), "2/3", 1)).toEqual({ ...SINCE, shard: "2/3", planned: 1 });
});

test("a run whose time was up says how many more it would have looked at", () => {
  expect(cutOff(wholeScope(9), 7)).toEqual({ ...ALL, planned: 7, outOfTime: 2 });
  expect(cutOff(wholeScope(9), 9)).toEqual(ALL);
});
