import { expect, test } from "vitest";
import { originOf } from "../../../../src/github/review/origin.ts";
import { audience, binding } from "../../../support/samples/plan.ts";

const [one, two, three] = [binding([audience(1)]), binding([audience(2)]), binding([audience(3)])];

test.each([
  ["the base is live", one, "this pull request"],
  ["the base does not declare it", null, "this pull request"],
  ["the base says the same as the head", two, "drift"],
  ["the base is neither", three, "this pull request and drift"],
])("%s", (_, base, origin) => {
  expect(originOf({ before: one, after: two }, base)).toBe(origin);
});
