import { expect, test } from "vitest";
import {
  AccessError,
  ApiError,
  ApiResponseError,
  type Condition,
  exitCodeOf,
  InterruptedError,
  NetworkError,
  TimeoutError,
  UsageError,
} from "../../../src/domain/errors.ts";

const FACTS = { status: 403, code: "A.B", method: "GET", path: "/campaigns", correlationId: null };

test.each([
  ["UsageError", new UsageError("No such flag.")],
  ["ApiError", new ApiError("No.", FACTS)],
  ["AccessError", new AccessError("No.", FACTS)],
  ["NetworkError", new NetworkError("Reset.")],
  ["TimeoutError", new TimeoutError("Slow.")],
  ["ApiResponseError", new ApiResponseError("Odd.", { status: 200, pointer: "", correlationId: null })],
  ["InterruptedError", new InterruptedError("SIGINT")],
])("a stack begins with what the error is: %s", (name, error) => {
  expect(String(error)).toBe(`${name}: ${error.message}`);
});

test("a lost connection tells its cause, and counts as perhaps sent unless it is known not to be", () => {
  const cause = new Error("ECONNRESET");
  expect(new NetworkError("Reset.", { cause })).toMatchObject({ cause, sent: "unknown", code: "no-answer" });
  expect(new NetworkError("Refused.", { sent: "no" })).toMatchObject({ sent: "no", cause: undefined });
  expect(new TimeoutError("Slow.")).toMatchObject({ sent: "unknown", code: "timeout" });
});

test("an interruption names its signal", () => {
  expect(new InterruptedError("SIGTERM")).toMatchObject({
    signalName: "SIGTERM",
    message: "Interrupted by SIGTERM.",
  });
});

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
