import { expect, test } from "vitest";
import { skippedWarnings } from "../../../src/action/skipped.ts";

test("nothing is skipped: nothing is said", () => {
  expect(skippedWarnings([])).toEqual([]);
});

test("one warning names the campaigns, as many as anybody reads", () => {
  const named = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `No ${index}` }));
  expect(skippedWarnings([{ name: "Spring\u202e" }, { name: null }])).toEqual([
    "SKIPPED: 2 campaigns not draft any more, so what the files say is not written: Spring\\u{202E}, (no name).",
  ]);
  expect(skippedWarnings(named(124))[0]).toMatch(/^SKIPPED: 124 campaigns .* No 0, .*No 9 and 114 more\.$/);
});
