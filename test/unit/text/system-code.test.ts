import { expect, test } from "vitest";
import { systemCode } from "../../../src/text/system-code.ts";

const withCode = (code: unknown) => Object.assign(new Error("failed"), { code });

test("an error of the system has a code", () => {
  expect(systemCode(withCode("ENOENT"))).toBe("ENOENT");
  expect(systemCode(withCode("E2BIG"))).toBe("E2BIG");
});

test.each([
  ["a code of Node", withCode("ERR_INVALID_ARG_TYPE")],
  ["a code with more in front", withCode("UND_ENOENT")],
  ["a code with more behind", withCode("ENOENT\n")],
  ["a number", withCode(2)],
  ["what only turns into a code as text", withCode(["ENOENT"])],
  ["no code", new Error("failed")],
  ["no error", { code: "ENOENT" }],
  ["nothing", null],
])("no code of the system: %s", (_, error) => {
  expect(systemCode(error)).toBeNull();
});
