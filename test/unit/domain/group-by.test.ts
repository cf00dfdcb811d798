import { expect, it } from "vitest";
import { groupBy } from "../../../src/domain/group-by.ts";

it("keeps the order of the items, and that of the keys by their first items", () => {
  const groups = groupBy(["beta", "alpha", "bravo", "charlie", "apple"], (word) => word[0]);
  expect([...groups]).toEqual([
    ["b", ["beta", "bravo"]],
    ["a", ["alpha", "apple"]],
    ["c", ["charlie"]],
  ]);
});

it("of nothing there are no groups", () => {
  expect([...groupBy([], () => "")]).toEqual([]);
});
