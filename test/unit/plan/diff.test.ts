import { expect, test } from "vitest";
import { diffBindings } from "../../../src/plan/diff.ts";
import { audienceId, binding, segments } from "../../support/samples/bindings.ts";

test("one audience in front of three is one addition, not three replacements", () => {
  const { operations, direction } = diffBindings(binding([2, 3, 4]), binding([1, 2, 3, 4]));
  expect(operations.slice(2)).toEqual([{ op: "add", path: `/include/${audienceId(1)}`, value: "segment" }]);
  expect(direction).toBe("widens");
});

test("operations begin with a test of both whole lists", () => {
  const { operations } = diffBindings(binding([1], [9]), binding([1]));
  expect(operations).toEqual([
    { op: "test", path: "/include", value: { [audienceId(1)]: "segment" } },
    { op: "test", path: "/exclude", value: { [audienceId(9)]: "segment" } },
    { op: "remove", path: `/exclude/${audienceId(9)}` },
  ]);
});

test.each([
  ["include added", binding([1]), binding([1, 2]), "widens"],
  ["include removed", binding([1, 2]), binding([1]), "narrows"],
  ["exclude added", binding([1]), binding([1], [9]), "narrows"],
  ["exclude removed", binding([1], [9]), binding([1]), "widens"],
  ["include added and exclude removed", binding([1], [9]), binding([1, 2]), "widens"],
  ["include added and exclude added", binding([1]), binding([1, 2], [9]), "mixed"],
  ["include swapped", binding([1]), binding([2]), "mixed"],
  ["moved from include to exclude", binding([1, 2]), binding([1], [2]), "narrows"],
  ["nothing", binding([1], [9]), binding([1], [9]), "none"],
])("direction: %s", (_, before, after, direction) => {
  expect(diffBindings(before, after).direction).toBe(direction);
});

test("another type of the same audience is one replacement, and either more or fewer people", () => {
  const after = { include: [{ audienceId: audienceId(1), type: "audience" as const }], exclude: [] };
  const { operations, direction } = diffBindings({ include: segments(1), exclude: [] }, after);
  expect(operations.slice(2)).toEqual([
    { op: "replace", path: `/include/${audienceId(1)}`, value: "audience" },
  ]);
  expect(direction).toBe("mixed");
});

test("includes come before excludes, each by id", () => {
  const { operations } = diffBindings(binding([3], [8]), binding([1, 2], [7]));
  expect(operations.slice(2).map(({ path }) => path)).toEqual([
    `/include/${audienceId(1)}`,
    `/include/${audienceId(2)}`,
    `/include/${audienceId(3)}`,
    `/exclude/${audienceId(7)}`,
    `/exclude/${audienceId(8)}`,
  ]);
});
