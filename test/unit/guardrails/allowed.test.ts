import { expect, test } from "vitest";
import { UsageError } from "../../../src/domain/errors.ts";
import { allowedBy } from "../../../src/guardrails/allowed.ts";
import { STRENGTHS } from "../../../src/guardrails/guardrails.ts";

const RULES = { strength: STRENGTHS };

test("a soft rule may be allowed, with a reason or without one", () => {
  expect([...allowedBy(["max-changes", "freeze=a sale = now"], RULES)]).toEqual([
    ["max-changes", null],
    ["freeze", "a sale = now"],
  ]);
  expect([...allowedBy(["freeze="], RULES)]).toEqual([["freeze", null]]);
});

test("to allow what only warns does no harm", () => {
  expect([...allowedBy(["loses-all-excludes"], RULES)]).toEqual([["loses-all-excludes", null]]);
});

test.each([
  ["require-exclude", "is hard"],
  ["require-exclude=please", "is hard"],
  ["max-change", "There is no rule"],
  ["waiver-expired", "There is no rule"],
  ["", "There is no rule"],
])("%j is refused", (word, message) => {
  expect(() => allowedBy([word], RULES)).toThrow(UsageError);
  expect(() => allowedBy([word], RULES)).toThrow(message);
});

test("a rule that the project made hard cannot be allowed, and one that it made soft can", () => {
  const strength = { ...STRENGTHS, freeze: "hard", "require-exclude": "soft" } as const;
  expect(() => allowedBy(["freeze"], { strength })).toThrow("is hard");
  expect(allowedBy(["require-exclude"], { strength }).size).toBe(1);
});
