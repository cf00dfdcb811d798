import { expect, test } from "vitest";
import { UsageError } from "../../../src/domain/errors.ts";
import { allowedBy } from "../../../src/guardrails/allowed.ts";
import { RULE_NAMES, STRENGTHS } from "../../../src/guardrails/guardrails.ts";

const RULES = { strength: STRENGTHS };

test("a soft rule may be allowed, with a reason or without one", () => {
  expect([...allowedBy(["max-changes", "freeze=a sale = now"], RULES)]).toEqual([
    ["max-changes", null],
    ["freeze", "a sale = now"],
  ]);
  expect([...allowedBy(["freeze="], RULES)]).toEqual([["freeze", null]]);
  expect([...allowedBy([" freeze = two\nlines ", "reach-max=  "], RULES)]).toEqual([
    ["freeze", "two\nlines"],
    ["reach-max", null],
  ]);
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

test.each([
  [
    "max-change=now",
    'There is no rule "max-change" to allow. Nothing was sent.',
    `Did you mean "max-changes"? The rules are: ${RULE_NAMES.join(", ")}.`,
  ],
  [
    "whatever",
    'There is no rule "whatever" to allow. Nothing was sent.',
    `The rules are: ${RULE_NAMES.join(", ")}.`,
  ],
  [
    "require-exclude",
    "The rule require-exclude is hard: it cannot be allowed. Nothing was sent.",
    "Mend what breaks it, or add a waiver for the campaign to the project file, where it is reviewed.",
  ],
])("%s is refused in words that say what to do", (word, message, hint) => {
  expect(() => allowedBy([word], RULES)).toThrow(expect.objectContaining({ message, hint }));
});
