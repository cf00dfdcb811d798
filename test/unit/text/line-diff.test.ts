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
