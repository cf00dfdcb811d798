import { expect, test } from "vitest";
import { testGuard } from "../../../src/plan/guard.ts";
import { audienceId, binding } from "../../support/samples/bindings.ts";

const planned = { before: binding([1, 2], [9]), after: binding([1, 3]) };

test("live still as planned: the way is free", () => {
  expect(testGuard(binding([1, 2], [9]), planned)).toBe("as-planned");
});

test("live already as declared", () => {
  expect(testGuard(binding([1, 3]), planned)).toBe("already-there");
});

test.each([
  ["an include that somebody added", binding([1, 2, 5], [9])],
  ["an exclude that somebody added", binding([1, 2], [8, 9])],
  ["an exclude that somebody removed", binding([1, 2])],
  ["everything removed", { include: [], exclude: [] }],
  [
    "a type that somebody changed",
    {
      ...binding([], [9]),
      include: [...binding([1]).include, { audienceId: audienceId(2), type: "audience" as const }],
    },
  ],
])("moved: %s", (_, live) => {
  expect(testGuard(live, planned)).toBe("moved");
});

test("a plan that changes nothing never opens the way to a write", () => {
  expect(testGuard(binding([2]), { before: binding([1]), after: binding([1]) })).toBe("moved");
});
