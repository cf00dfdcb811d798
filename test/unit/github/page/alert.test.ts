import { expect, test } from "vitest";
import { pageHead } from "../../../../src/github/page/alert.ts";

const line = (names: readonly string[], means = "") => ({ title: "Not done", names, means });
const headOf = (...lines: ReturnType<typeof line>[]) =>
  pageHead("Apply: done.", [], [{ level: "warning", lines }]);

test("what the headline does not speak of stands right below it", () => {
  expect(pageHead("No changes", ["9 of 10 were not looked at: only shard 1/*", "2 left out"], [])).toBe(
    "### No changes\n\n9 of 10 were not looked at: only shard 1/&#42;. 2 left out.",
  );
});

test("a headline, and below it what a reader must not miss, with the names", () => {
  expect(headOf(line(["One", "<b>"], "Look again."), line(["Two"]))).toBe(
    "### Apply: done.\n\n> [!WARNING]\n> **Not done**: One, &#60;b&#62;. Look again.\\\n> **Not done**: Two",
  );
});

test("as many names as there is room for, then how many there are more", () => {
  const [fits, long] = ["n".repeat(798), "n".repeat(799)];
  expect(headOf(line([fits, fits, fits]))).toContain(`**: ${fits}, ${fits}, ${fits}`);
  expect(headOf(line([fits, fits, long, "x"]))).toContain(`**: ${fits}, ${fits} and 2 more`);
  expect(headOf(line(["ü".repeat(1_200), "x"]))).toContain("**: 2 by name below");
});

test("the lines of one alert share its room", () => {
  const half = "n".repeat(598);
  expect(headOf(line([half, half]), line(["x"]))).toContain(`**: ${half}, ${half}\\`);
  expect(headOf(line([half, `${half}n`]), line(["x"]))).toContain(`**: ${half} and 1 more\\`);
});

test("no more than ten names", () => {
  const names = Array.from({ length: 12 }, (_, n) => `c${n}`);
  expect(headOf(line(names.slice(0, 10)))).toContain("c8, c9");
  expect(headOf(line(names))).toContain("c8, c9 and 2 more");
});
