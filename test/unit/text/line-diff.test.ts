import { describe, expect, it } from "vitest";
import { lineDiff } from "../../../src/text/line-diff.ts";

const lines = (...words: readonly string[]) => words.map((word) => `${word}\n`).join("");

describe("lineDiff", () => {
  it("says nothing of what is the same", () => {
    expect(lineDiff("a.yaml", "a\n", "a\n")).toBe("");
  });

  it("shows what changed with three lines around it, as diff -u does", () => {
    const before = lines("1", "2", "3", "4", "5", "6", "7", "8", "9");
    const after = lines("1", "2", "3", "4", "five", "6", "7", "8", "9");
    expect(lineDiff("a.yaml", before, after)).toBe(
      `--- a.yaml\n+++ a.yaml\n@@ -2,7 +2,7 @@\n${lines(" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8")}`,
    );
  });

  it("shows what is far apart by itself, with the right lines on either side", () => {
    const numbers = Array.from({ length: 20 }, (_, index) => String(index));
    const after = ["new", ...numbers.slice(0, -1)];
    const diff = lineDiff("a", lines(...numbers), lines(...after));
    expect(diff).toContain("@@ -1,3 +1,4 @@\n+new\n 0\n");
    expect(diff).toContain("@@ -17,4 +18,3 @@\n 16\n 17\n 18\n-19\n");
  });

  it("shows a text that was empty, or becomes so", () => {
    expect(lineDiff("a", "", "x\n")).toBe("--- a\n+++ a\n@@ -0,0 +1,1 @@\n+x\n");
    expect(lineDiff("a", "x\n", "")).toBe("--- a\n+++ a\n@@ -1,1 +0,0 @@\n-x\n");
  });

  it("finds the lines that stay between others", () => {
    const diff = lineDiff("a", lines("a", "b", "c", "d"), lines("b", "x", "d", "y"));
    expect(diff.split("\n").slice(3, -1)).toEqual(["-a", " b", "-c", "+x", " d", "+y"]);
  });
});

describe("what is near each other", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `l${index}`);
  const diffOf = (before: readonly string[], after: readonly string[]) =>
    lineDiff("a", lines(...before), lines(...after))
      .split("\n")
      .slice(2, -1);

  it.each([
    [6, ["@@ -1,8 +1,8 @@"]],
    [7, ["@@ -1,4 +1,4 @@", "@@ -6,4 +6,4 @@"]],
  ])("is shown together where the lines around it touch: %i lines between", (between, heads) => {
    const diff = diffOf(["x", ...many(between), "y"], ["X", ...many(between), "Y"]);
    expect(diff.filter((line) => line.startsWith("@@"))).toEqual(heads);
  });

  it.each([
    [["a", "a"], ["a"], ["@@ -1,2 +1,1 @@", " a", "-a"]],
    [["a"], ["a", "a"], ["@@ -1,1 +1,2 @@", " a", "+a"]],
    [["a", "b", "a"], ["a"], ["@@ -1,3 +1,1 @@", " a", "-b", "-a"]],
    [
      ["a", "b"],
      ["b", "a"],
      ["@@ -1,2 +1,2 @@", "-a", " b", "+a"],
    ],
    [["a"], ["b", "a", "c"], ["@@ -1,1 +1,3 @@", "+b", " a", "+c"]],
    [
      ["a", "b", "c", "d"],
      ["c", "a", "d", "b"],
      ["@@ -1,4 +1,4 @@", "-a", "-b", " c", "+a", " d", "+b"],
    ],
    [
      ["", "a"],
      ["", "b"],
      ["@@ -1,2 +1,2 @@", " ", "-a", "+b"],
    ],
  ])("of %j and %j", (before, after, diff) => {
    expect(diffOf(before, after)).toEqual(diff);
  });

  it("takes a last line without its end for one with it", () => {
    expect(lineDiff("a", "a\nb", "a\nb\n")).toBe("");
  });
});
