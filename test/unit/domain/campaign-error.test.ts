import { expect, test } from "vitest";
import { campaignErrorOf, isUnreachable } from "../../../src/domain/campaign-error.ts";
import {
  ApiError,
  ApiResponseError,
  ChangedSinceError,
  InterruptedError,
  NetworkError,
  TimeoutError,
} from "../../../src/domain/errors.ts";

const FACTS = { method: "GET", path: "/campaigns/1/summary", correlationId: "c-1" };

test.each([
  [new ApiError("no", { ...FACTS, status: 404, code: "A.NOT_FOUND" }), "A.NOT_FOUND", 404, "c-1"],
  [
    new ApiResponseError("odd", { status: 200, pointer: "/data", correlationId: "c-2" }),
    "not-understood",
    200,
    "c-2",
  ],
  [new NetworkError("reset"), "no-answer", null, null],
  [new TimeoutError("slow"), "timeout", null, null],
  [new ChangedSinceError("edited"), "changed-since", null, null],
  [new InterruptedError("SIGTERM"), "interrupted", null, null],
])("%s becomes data", (error, code, status, correlationId) => {
  expect(campaignErrorOf(error)).toEqual({ code, status, message: error.message, correlationId });
});

test("a bug is no campaign's error: it is thrown on", () => {
  const bug = new TypeError("x is not a function");
  expect(() => campaignErrorOf(bug)).toThrow(bug);
});

test.each([
  [null, "no-answer", true],
  [null, "timeout", true],
  [null, "interrupted", false],
  [null, "not-converged", false],
  [429, "RATE.LIMITED", true],
  [500, "http-500", true],
  [503, "http-503", true],
  [499, "http-499", false],
  [404, "NOT_FOUND", false],
  [200, "not-understood", false],
])("status %s with %s: unreachable is %s", (status, code, expected) => {
  expect(isUnreachable({ status, code, message: "", correlationId: null })).toBe(expected);
});
