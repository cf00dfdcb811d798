import { expect, test } from "vitest";
import { unknownSizeOf } from "../../../src/people/sizing.ts";

test.each([
  [403, "http-403", "not-permitted"],
  [404, "http-404", "not-known"],
  [401, "http-401", "refused"],
  [400, "http-400", "refused"],
  [422, "http-422", "refused"],
  [429, "http-429", "no-answer"],
  [500, "http-500", "no-answer"],
  [503, "http-503", "no-answer"],
  [null, "no-answer", "no-answer"],
  [null, "timeout", "no-answer"],
  [null, "interrupted", "no-answer"],
  [200, "not-understood", "no-count"],
  [302, "not-understood", "no-count"],
] as const)("status %s and code %s: %s", (status, code, why) => {
  expect(unknownSizeOf({ status, code, message: "", correlationId: null })).toBe(why);
});
