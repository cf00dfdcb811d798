import { describe, expect, it } from "vitest";
import { describe as inWords, printable, quote, quoteReason, quoteWhole } from "../../../src/text/quote.ts";

describe("quotes", () => {
  it("cut whole characters and mark the cut", () => {
    expect(quote("short")).toBe('"short"');
    expect(quote("😀".repeat(81))).toBe(`"${"😀".repeat(80)}…"`);
    expect(quote("x".repeat(10_000))).toHaveLength(83);
  });

  it("show what cannot be seen", () => {
    expect(quote("a\u0000b\u200bc\u2028d\ud800e")).toBe('"a\\u{0}b\\u{200B}c\\u{2028}d\\u{D800}e"');
    expect(quote("Grüße, 日本 😀")).toBe('"Grüße, 日本 😀"');
    expect(printable(` id\u001b[2J${"x".repeat(300)}`)).toHaveLength(128);
  });

  it("name any JSON value without walking into it", () => {
    expect([undefined, null, [1, 2], {}, "t", 3, true].map(inWords)).toEqual([
      "nothing",
      "null",
      "a list of 2",
      "an object",
      '"t"',
      "3",
      "true",
    ]);
  });
});

describe("reasons", () => {
  it("are one line, without the full stop that the sentence around them has", () => {
    expect(quoteReason(" No such\r\n\tclient.  ")).toBe('"No such client"');
    expect(quoteReason("v1.2 is gone")).toBe('"v1.2 is gone"');
    expect(quoteReason(" \n ")).toBeNull();
  });

  it("are cut where they are a whole page", () => {
    expect(quoteReason("x".repeat(200))).toBe(`"${"x".repeat(200)}"`);
    expect(quoteReason("x".repeat(201))).toBe(`"${"x".repeat(200)}…"`);
  });
});

it("a word of a file is quoted whole, its own quotes and backslashes marked", () => {
  expect(quoteWhole('a "b" \\ c')).toBe('"a \\"b\\" \\\\ c"');
});

it.each([
  ["x".repeat(80), "x".repeat(80)],
  ["x".repeat(81), `${"x".repeat(80)}…`],
  [`${"x".repeat(79)}👩\u200d💻`, `${"x".repeat(79)}👩…`],
])("of %j is shown %j", (text, shown) => {
  expect(quote(text)).toBe(`"${shown}"`);
});

it("of a page of blanks the first 4000 letters are looked at", () => {
  expect(quoteReason(`${" ".repeat(3999)}ab`)).toBe('"a"');
  expect(quoteReason(" ".repeat(5000))).toBeNull();
});

it("an id is cut behind 128 letters, and loses the blanks around it", () => {
  expect(printable(` ${"x".repeat(127)} `)).toBe("x".repeat(127));
  expect(printable("x".repeat(129))).toBe("x".repeat(128));
});
