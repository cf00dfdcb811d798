import { describe, expect, it } from "vitest";
import { indentAt, isAfterBlank, marksOf } from "../../../src/yaml/comments.ts";

describe("marksOf", () => {
  it("finds comments and hyphens where they stand, and none in text", () => {
    const text = '# top \nlist: # behind\n  - "a # b"\n  - - c#d\n  # own\nx: |\n  # text\n  - text\n';
    const { comments, hyphens } = marksOf(text);
    expect(comments).toEqual([
      { text: "# top", offset: 0, isAlone: true },
      { text: "# behind", offset: text.indexOf("# behind"), isAlone: false },
      { text: "# own", offset: text.indexOf("# own"), isAlone: true },
    ]);
    expect(hyphens).toEqual(['- "a', "- - c", "- c#d"].map((start) => text.indexOf(start)));
  });

  it("is not misled by the line behind a comment without a word", () => {
    expect(marksOf("a: 1 #\nb: 2\n").comments).toEqual([{ text: "#", offset: 5, isAlone: false }]);
  });

  it("finds nothing in an empty text", () => {
    expect(marksOf("")).toEqual({ comments: [], hyphens: [] });
  });
});

it.each([
  ["a", 0, 0],
  ["  a", 2, 2],
  ["x: 1\n  a", 7, 2],
  ["x: 1\n\ta", 6, 1],
  ["x a", 2, null],
  ["\n  x a", 5, null],
])("indentAt(%j, %i) is %j", (text, offset, indent) => {
  expect(indentAt(text, offset)).toBe(indent);
});

it.each([
  ["a\n\nb", true],
  ["a\n \t \n \t b", true],
  ["a\n\n\nb", true],
  ["\n\nb", true],
  ["a\nb", false],
  ["\nb", false],
  ["a\n\nx\nb", false],
  ["a\n\nx b", false],
  ["b", false],
])("whether what %j ends with comes after a blank line: %j", (text, isSo) => {
  expect(isAfterBlank(text, text.length - 1)).toBe(isSo);
});

it("looks for a blank line above alone, not below", () => {
  expect(isAfterBlank("a\nb\n\nc", 2)).toBe(false);
});
