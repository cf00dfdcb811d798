import { expect, test } from "vitest";
import { cutToWidth, displayWidth } from "../../../src/text/width.ts";

test.each([
  ["abc", 3],
  ["é", 1],
  ["e\u0301", 1],
  ["春の", 4],
  ["한국", 4],
  ["ｶﾅ", 2],
  ["（）", 4],
  ["🌸", 2],
  ["Привет", 6],
  ["", 0],
])("displayWidth(%s) is %d columns", (text, expected) => {
  expect(displayWidth(text)).toBe(expected);
});

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcd…"],
  ["春春春", 5, "春春…"],
  ["春春春", 4, "春…"],
  ["abc", 1, "…"],
  ["a👩‍💻", 4, "a👩…"],
  ["👩‍💻abc", 6, "👩‍💻a…"],
])("cutToWidth(%s, %d)", (text, columns, expected) => {
  expect(cutToWidth(text, columns)).toBe(expected);
});

test.each([
  ["\u3000", 2],
  ["\u303e", 2],
  ["\uff01\uff60", 4],
  ["\uff61\uffdc", 2],
  ["\uffe0\uffe6", 4],
  ["\uffe8", 1],
  ["ㄅ", 2],
  ["ꀀ", 2],
  ["の", 2],
  ["ノ", 2],
  ["a\u20dd", 1],
  ["❤", 1],
])("displayWidth(%j) is %d", (text, expected) => {
  expect(displayWidth(text)).toBe(expected);
});

test.each([
  ["春a", 3, "春a"],
  ["春ab", 3, "春…"],
  ["abc", 0, "…"],
  ["", 0, ""],
])("cutToWidth(%j, %d) is %j", (text, columns, expected) => {
  expect(cutToWidth(text, columns)).toBe(expected);
});
