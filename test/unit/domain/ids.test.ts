import { expect, test } from "vitest";
import { isUuid } from "../../../src/domain/ids.ts";

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
