import { expect, test } from "vitest";
import {
  AccessError,
  ApiError,
  ApiResponseError,
  ChangedSinceError,
  InterruptedError,
  InvalidFilesError,
  NetworkError,
  TimeoutError,
  UsageError,
} from "../../../src/domain/errors.ts";

const FACTS = { status: 403, code: "A.B", method: "GET", path: "/campaigns", correlationId: null };

test.each([
  ["UsageError", new UsageError("No such flag.")],
  ["InvalidFilesError", new InvalidFilesError("No campaign.", [])],
  ["ApiError", new ApiError("No.", FACTS)],
  ["AccessError", new AccessError("No.", FACTS)],
  ["NetworkError", new NetworkError("Reset.")],
  ["TimeoutError", new TimeoutError("Slow.")],
  ["ApiResponseError", new ApiResponseError("Odd.", { status: 200, pointer: "", correlationId: null })],
  ["ChangedSinceError", new ChangedSinceError("Edited.")],
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
  expect(new InterruptedError(null)).toMatchObject({
    signalName: null,
    message: "Interrupted by the caller.",
  });
});
