import { expect, test } from "vitest";
import { type Condition, exitCodeOf } from "../../src/errors.ts";

test("nothing happened: 0", () => {
  expect(exitCodeOf([])).toBe(0);
});

/** The order of the contract, section 5: each beats all after it. */
const ORDER: readonly (readonly [Condition, number])[] = [
  ["sigint", 130],
  ["sigterm", 143],
  ["invalid", 3],
  ["no-access", 4],
  ["unreachable", 5],
  ["guardrail", 6],
  ["plan-too-old", 9],
  ["incomplete", 8],
  ["stale", 7],
  ["reach-unconfirmed", 10],
  ["skipped", 11],
  ["changes", 2],
];

test.each(ORDER.map(([condition, code], index) => [condition, code, index] as const))(
  "%s is %i and beats all that weigh less",
  (condition, code, index) => {
    const lighter = ORDER.slice(index + 1).map(([other]) => other);
    expect(exitCodeOf([...lighter, condition])).toBe(code);
    expect(exitCodeOf([condition])).toBe(code);
  },
);
