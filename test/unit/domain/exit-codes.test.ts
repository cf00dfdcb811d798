import { expect, test } from "vitest";
import {
  BUG,
  type Condition,
  exitCodeOf,
  type FailureReason,
  failureReasonOf,
  withResultLost,
} from "../../../src/domain/exit-codes.ts";

/** The order of the contract, section 5: each beats all after it. The reasons are those of section 10. */
const ORDER: readonly (readonly [Condition, number, FailureReason])[] = [
  ["sigint", 130, "incomplete"],
  ["sigterm", 143, "incomplete"],
  ["sighup", 129, "incomplete"],
  ["sigquit", 131, "incomplete"],
  ["sigbreak", 149, "incomplete"],
  ["sigpipe", 141, "incomplete"],
  ["invalid", 3, "invalid-files"],
  ["no-access", 4, "auth"],
  ["unreachable", 5, "unreachable"],
  ["guardrail", 6, "guardrail"],
  ["plan-too-old", 9, "plan-changed"],
  ["incomplete", 8, "incomplete"],
  ["stale", 7, "plan-changed"],
  ["reach-unconfirmed", 10, "reach-unconfirmed"],
  ["skipped", 11, "skipped"],
  ["changes", 2, ""],
];

test.each(ORDER.map((ending, index) => [...ending, index] as const))(
  "%s is %i, beats all that weigh less, and gives the reason %j",
  (condition, code, reason, index) => {
    const lighter = ORDER.slice(index + 1).map(([other]) => other);
    expect(exitCodeOf([...lighter, condition])).toBe(code);
    expect(exitCodeOf([condition])).toBe(code);
    expect(failureReasonOf(code)).toBe(reason);
  },
);

test("nothing happened: 0, without a reason", () => {
  expect(exitCodeOf([])).toBe(0);
  expect(failureReasonOf(0)).toBe("");
});

test("a mistake of this program, and a code that is none: internal", () => {
  expect([BUG, 99].map(failureReasonOf)).toEqual(["internal", "internal"]);
});

test.each([
  ["went well", 0, BUG],
  ["found changes", exitCodeOf(["changes"]), BUG],
  ["did not go well", exitCodeOf(["stale"]), exitCodeOf(["stale"])],
])(
  "where its result got lost, a run that %s ends with its own code only if that tells",
  (_, code, expected) => {
    expect(withResultLost(code)).toBe(expected);
  },
);
