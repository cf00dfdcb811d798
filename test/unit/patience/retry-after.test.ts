import { expect, it } from "vitest";
import { parseHttpDate, parseRetryAfter } from "../../../src/patience/retry-after.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");

it.each([
  ["1", 1_000],
  [" 7 ", 7_000],
  ["1.5", 2_000],
  ["1.25", 2_000],
  ["0", null],
  ["1e3", null],
  ["2, 3", null],
])("%j means %j ms", (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected);
});

it("reads a date against the clock that is given", () => {
  expect(parseRetryAfter("Mon, 23 Nov 2026 10:00:05 GMT", NOW)).toBe(5_000);
  expect(parseRetryAfter("Mon, 23 Nov 2026 09:00:05 GMT", NOW - 3_600_000)).toBe(5_000);
});

it("reads the two date forms that name GMT, and no other", () => {
  expect(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT")).toBe(784_111_777_000);
  expect(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT")).toBe(784_111_777_000);
  expect(parseHttpDate("2026-11-23T10:00:00Z")).toBeNull();
  for (const date of ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"]) {
    expect(parseHttpDate(` ${date}`)).toBeNull();
    expect(parseHttpDate(`${date}+1`)).toBeNull();
  }
  expect(parseHttpDate("Sun, 99 Foo 1994 08:49:37 GMT")).toBeNull();
  expect(parseHttpDate(null)).toBeNull();
});
