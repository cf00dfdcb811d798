import { describe, expect, it } from "vitest";
import { cutExcerpt, diagnosticAt, indexText, positionAt } from "../../../src/yaml/source-text.ts";

describe("positionAt", () => {
  it("counts lines and UTF-16 columns from 1, also at line ends and at the end of the text", () => {
    const source = indexText("a", "ab\n\n😀c");
    const places = [0, 2, 3, 4, 6, 7].map((offset) => positionAt(source, offset));
    expect(places.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [1, 3],
      [2, 1],
      [3, 1],
      [3, 3],
      [3, 4],
    ]);
  });
});

describe("diagnosticAt", () => {
  it("shows the first line of the span, without the carriage return", () => {
    const source = indexText("a", "x: 1\r\nlist:\r\n  - a\r\n");
    const { range, excerpt } = diagnosticAt(source, "wrong-type", [6, 18], "d");
    expect(range).toEqual({ start: { line: 2, column: 1 }, end: { line: 3, column: 6 } });
    expect(excerpt).toEqual({ text: "list:", column: 1, length: 5 });
  });

  it("marks one column where the span is empty or at the end of the text", () => {
    const source = indexText("a", "ab");
    expect(diagnosticAt(source, "wrong-type", [2, 2], "d").excerpt).toEqual({
      text: "ab",
      column: 3,
      length: 1,
    });
  });
});

describe("cutExcerpt", () => {
  it("leaves a line of 120 alone", () => {
    expect(cutExcerpt("x".repeat(120), 100, 5)).toEqual({ text: "x".repeat(120), column: 100, length: 5 });
  });

  it("keeps what is marked in sight in the middle, at the start and at the end of a long line", () => {
    const line = Array.from({ length: 3000 }, (_, index) => (index === 1500 ? "!" : "x")).join("");
    const middle = cutExcerpt(line, 1501, 1);
    expect(middle.text).toMatch(/^…x+!x+…$/);
    expect(middle.text.charAt(middle.column - 1)).toBe("!");
    expect(cutExcerpt(line, 1, 4000)).toEqual({ text: `${"x".repeat(120)}…`, column: 1, length: 121 });
    const end = cutExcerpt(line, 3001, 1);
    expect(end).toEqual({ text: `…${"x".repeat(60)}`, column: 62, length: 1 });
  });

  it("cuts no pair of surrogates", () => {
    for (const column of [100, 101]) {
      const { text } = cutExcerpt("😀".repeat(300), column, 1);
      expect(text).toMatch(/^…?(😀)+…?$/u);
    }
  });

  it.each([
    ["the first of all pairs", "𐀀"],
    ["a pair with the last second half", "𐏿"],
  ])("moves a cut in the middle of a pair in front of it (%s)", (_, pair) => {
    const { text, column } = cutExcerpt(pair.repeat(300), 102, 1);
    expect(text).toBe(`…${pair.repeat(60)}…`);
    expect(column).toBe(63);
  });

  it("moves no cut between two wide letters", () => {
    expect(cutExcerpt("！".repeat(300), 101, 1)).toEqual({
      text: `…${"！".repeat(120)}…`,
      column: 62,
      length: 1,
    });
  });
});
