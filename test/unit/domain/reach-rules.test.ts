import { expect, test } from "vitest";
import { usableCount } from "../../../src/domain/reach-rules.ts";

test("a count is usable only when evaluated and not stale", () => {
  const reach = { status: "ok", evaluatedCount: 7, evaluatedAt: null, isStale: false };
  expect(usableCount(reach)).toBe(7);
  expect(usableCount({ ...reach, isStale: null })).toBe(7);
  expect(usableCount({ ...reach, isStale: true })).toBeNull();
  expect(usableCount({ ...reach, status: "failed" })).toBeNull();
});
