import { expect, test } from "vitest";
import { compare } from "../../../src/domain/compare.ts";

test.each([
  ["a", "b", -1],
  ["b", "a", 1],
  ["a", "a", 0],
  ["Z", "a", -1],
  ["z", "ä", -1],
])("%s and %s compare by code unit, not by language: %i", (a, b, order) => {
  expect(compare(a, b)).toBe(order);
});
