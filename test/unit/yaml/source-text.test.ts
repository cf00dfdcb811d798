import { describe, expect, it } from "vitest";
import type { DiagnosticCode } from "../../../src/domain/diagnostics.ts";
import {
  cutExcerpt,
  diagnosticAt,
  indexText,
  positionAt,
  withDetail,
} from "../../../src/yaml/source-text.ts";

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

  it.each([
    ["ab: cd", [0, 2], { text: "ab: cd", column: 1, length: 2 }],
    ["ab: cd", [4, 6], { text: "ab: cd", column: 5, length: 2 }],
    ["x\nab: cd\ny", [2, 4], { text: "ab: cd", column: 1, length: 2 }],
    ["ab: c\rd\r\nx", [4, 6], { text: "ab: c\rd", column: 5, length: 2 }],
    ["ab: cd", [4, 2], { text: "ab: cd", column: 5, length: 1 }],
  ] as const)("of %j marks %j", (text, span, excerpt) => {
    expect(diagnosticAt(indexText("a", text), "wrong-type", span, "d").excerpt).toEqual(excerpt);
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

describe("how far around a place a secret is looked for", () => {
  /** Whether the place of `#` in a text, which ends there or at a second one, is shown. */
  const isShown = (text: string, code: DiagnosticCode = "wrong-type") => {
    const from = text.indexOf("#");
    return diagnosticAt(indexText("a", text), code, [from, text.lastIndexOf("#") + 1], "d").excerpt !== null;
  };
  const deeper = (count: number) => "    x\n".repeat(count);

  it.each([
    ["on its line", "token: #", "nme: #"],
    ["in a line that it goes on to", "a: #[\n 1,\n token #]", "a: #[\n 1, #]\ntoken"],
    ["in a key above it", "token:\n  #", "token: x\n#"],
    ["in a key further up", "token:\n  a:\n    b: #", "token: 1\na:\n  b: #"],
    ["above a blank line", "token:\n\n  #", "token: 1\n\n#"],
    ["in a key of the list it is in", "tokens:\n- a\n- #", "tokens: 1\na:\n- #"],
    ["behind a quote that stays open", "token: 'a\n#", "token: 'a'\n#"],
    ["behind another quote that stays open", 'token: "a\n#', 'token: "a"\n#'],
    ["behind a bracket that stays open", "token: [\n#", "token: [a]\n#"],
    ["behind a brace that stays open", "token: {[a]\n#", "token: {a}\n#"],
    ["in the line before alone, where it is open", "token: [\n#", "token: [\na\n#"],
    ["in the line before alone, also further in", "  token: [\n  #", "  token: [\n  a\n  #"],
    ["above a line of blanks that begins further left", " token:\n \n  #", " token: x\n \n #"],
    ["up to 99 lines above", `token:\n${deeper(98)}    #`, `token:\n${deeper(99)}    #`],
    ["up to 2000 letters before", `token${"x".repeat(1994)}#`, `token${"x".repeat(1996)}#`],
    ["up to 300 letters behind", `#${"x".repeat(295)}token`, `#${"x".repeat(297)}token`],
    ["at the end of a long line above", `token${"x".repeat(1994)}:\n  #`, `token${"x".repeat(1996)}:\n  #`],
    ["at the start of a long line", `#\n${"x".repeat(295)}token#`, `#\n${"x".repeat(296)}token#`],
  ])("%s", (_, hidden, shown) => {
    expect(isShown(hidden)).toBe(false);
    expect(isShown(shown)).toBe(true);
  });

  it("looks at the first line alone where the value is never told", () => {
    expect(isShown("a: #[\n token #]", "unknown-key")).toBe(true);
    expect(isShown("token: #[\n #]", "unknown-key")).toBe(false);
  });

  it("takes no line for a parent that is beside one", () => {
    expect(isShown("token: x\nmap:\n  a:\n    b: #")).toBe(true);
    expect(isShown("map:\n  token: x\n  a:\n    b: #")).toBe(true);
  });
});

describe("withDetail", () => {
  it("says what is wrong where nothing is said yet", () => {
    const source = indexText("a", "token: x");
    const withNone = diagnosticAt(indexText("a", "a: x"), "wrong-type", [0, 1], "");
    expect(withDetail(withNone, "d").detail).toBe("d");
    const hidden = diagnosticAt(source, "wrong-type", [0, 1], "");
    expect(withDetail(hidden, "d")).toBe(hidden);
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

  it.each([
    [121, 60, 1, { text: `${"x".repeat(120)}…`, column: 60, length: 1 }],
    [121, 61, 1, { text: `${"x".repeat(120)}…`, column: 61, length: 1 }],
    [121, 62, 1, { text: `…${"x".repeat(120)}`, column: 62, length: 1 }],
    [300, 100, 0, { text: `…${"x".repeat(120)}…`, column: 62, length: 1 }],
    [300, 100, 60, { text: `…${"x".repeat(120)}…`, column: 62, length: 60 }],
    [300, 100, 61, { text: `…${"x".repeat(120)}…`, column: 62, length: 61 }],
    [300, 100, 62, { text: `…${"x".repeat(120)}…`, column: 62, length: 61 }],
  ])("of %i letters shows those around column %i, with %i marked", (length, column, marked, excerpt) => {
    expect(cutExcerpt("x".repeat(length), column, marked)).toEqual(excerpt);
  });
});
