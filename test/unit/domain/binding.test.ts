import { expect, test } from "vitest";
import { canonicalBinding, isCanonical, sameBinding } from "../../../src/domain/binding.ts";
import { audienceId, binding } from "../../support/samples/bindings.ts";

test("canonical: ids in lower case, sorted, each once", () => {
  const upper = { audienceId: audienceId(1).toUpperCase(), type: "segment" as const };
  const messy = { include: [...binding([2, 1]).include, upper], exclude: binding([9, 8]).include };
  expect(canonicalBinding(messy)).toEqual(binding([1, 2], [8, 9]));
  expect(isCanonical(messy)).toBe(false);
  expect(isCanonical(canonicalBinding(messy))).toBe(true);
});

test.each([
  ["another audience", binding([1, 3], [9])],
  ["an audience more", binding([1, 2, 3], [9])],
  ["an audience less", binding([1], [9])],
  ["another exclude", binding([1, 2], [8])],
  ["include and exclude exchanged", binding([9], [1, 2])],
  [
    "another type",
    {
      ...binding([], [9]),
      include: [...binding([1]).include, { audienceId: audienceId(2), type: "audience" as const }],
    },
  ],
])("%s is not the same binding", (_, other) => {
  expect(sameBinding(binding([1, 2], [9]), other)).toBe(false);
  expect(sameBinding(other, binding([1, 2], [9]))).toBe(false);
  expect(sameBinding(other, structuredClone(other))).toBe(true);
});
