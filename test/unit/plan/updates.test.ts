import { describe, expect, test } from "vitest";
import { dangerousFirst, noExcludeIsLeft } from "../../../src/plan/updates.ts";
import { audience, binding, sampleUpdate } from "../../support/samples/plan.ts";

const before = binding([audience(1), audience(2)], [audience(8), audience(9, "audience")]);

describe("noExcludeIsLeft", () => {
  test("is said when the last exclude goes", () => {
    expect(noExcludeIsLeft({ before, after: binding([audience(1)]) })).toBe(true);
  });

  test("is not said when there was none, or one is left", () => {
    expect(noExcludeIsLeft({ before: binding([audience(1)]), after: binding([audience(2)]) })).toBe(false);
    expect(noExcludeIsLeft({ before, after: binding([audience(1)], [audience(8)]) })).toBe(false);
  });
});

test("people read first who loses the last exclude, then what widens, what may go either way, and what narrows", () => {
  const [one, two] = [binding([audience(1)]), binding([audience(1), audience(2)])];
  const narrows = sampleUpdate(1, { before: two, after: one });
  const mixed = sampleUpdate(2, { before: one, after: binding([audience(2)]) });
  const widens = sampleUpdate(3, { before: one, after: two });
  const alsoWidens = sampleUpdate(4, { before: one, after: two });
  const loses = sampleUpdate(5, { before, after: binding([audience(1)]) });
  expect([narrows, mixed, widens, alsoWidens, loses].map(({ direction }) => direction)).toEqual([
    "narrows",
    "mixed",
    "widens",
    "widens",
    "mixed",
  ]);
  expect(dangerousFirst([narrows, mixed, widens, alsoWidens, loses])).toEqual([
    loses,
    widens,
    alsoWidens,
    mixed,
    narrows,
  ]);
});
