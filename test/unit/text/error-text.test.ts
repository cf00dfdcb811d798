import { expect, test } from "vitest";
import { messageOf, stackOf } from "../../../src/text/error-text.ts";

const error = new TypeError("no such key");

test("an error says its message, and where it comes from", () => {
  expect(messageOf(error)).toBe("no such key");
  expect(stackOf(error)).toBe(error.stack);
  expect(stackOf(error)).toMatch(/^TypeError: no such key\n +at /);
});

test("an error without a stack still says its message", () => {
  expect(stackOf(Object.assign(new Error("bare"), { stack: undefined }))).toBe("bare");
});

test("what is thrown and is no error is told as text", () => {
  expect([messageOf("enough"), stackOf("enough"), messageOf(undefined)]).toEqual([
    "enough",
    "enough",
    "undefined",
  ]);
});
