import { describe, expect, test } from "vitest";
import { noExcludeIsLeft } from "../../../src/plan/updates.ts";
import { audience, binding } from "../../support/samples/plan.ts";

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
