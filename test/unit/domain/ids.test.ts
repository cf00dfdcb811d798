import { expect, test } from "vitest";
import { isName, isUuid } from "../../../src/domain/ids.ts";

const ID = "4130bada-0000-4000-8000-00000000000f";

test.each([
  [ID, true],
  [ID.toUpperCase(), true],
  [`{${ID}`, false],
  [`${ID}0`, false],
  [ID.replaceAll("-", ""), false],
  [ID.replace("4130", "413g"), false],
  ["", false],
  [[ID], false],
  [null, false],
])("%j is a UUID: %s", (value, is) => {
  expect(isUuid(value)).toBe(is);
});

test.each([
  ["a", true],
  ["0", true],
  ["legal-hold_2.b", true],
  ["a".repeat(64), true],
  ["a".repeat(65), false],
  ["", false],
  ["-a", false],
  [".a", false],
  ["A", false],
  ["aB", false],
  ["a b", false],
  [" a", false],
  ["a\n", false],
  ["ä", false],
  [ID, false],
])("%j is a name: %s", (text, is) => {
  expect(isName(text)).toBe(is);
});
