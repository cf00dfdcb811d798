import { describe, expect, test } from "vitest";
import {
  codePointName,
  escapeLines,
  escapeText,
  explainRefusedCharacter,
  findRefusedCharacters,
  isOneLine,
  replaceInvisible,
  withoutByteOrderMark,
  withoutOpenEnd,
} from "../../../src/text/invisible.ts";

describe("escapeText", () => {
  test.each([
    ["escape sequence", "a\x1b[31mb", "a\\u{1B}[31mb"],
    ["newline and tab", "a\r\n\tb", "a\\u{D}\\u{A}\\u{9}b"],
    ["NUL and DEL", "\0\x7f", "\\u{0}\\u{7F}"],
    ["C1 control sequence introducer", "\x9b31m", "\\u{9B}31m"],
    ["right-to-left override", "file\u202Egnp.exe", "file\\u{202E}gnp.exe"],
    ["bidi isolates and marks", "\u2066a\u2069\u200E\u061C", "\\u{2066}a\\u{2069}\\u{200E}\\u{61C}"],
    [
      "zero-width space, joiners between letters",
      "a\u200Bb\u200Cc\u200Dd",
      "a\\u{200B}b\\u{200C}c\\u{200D}d",
    ],
    ["byte order mark, word joiner, soft hyphen", "\uFEFFa\u2060\u00AD", "\\u{FEFF}a\\u{2060}\\u{AD}"],
    ["line and paragraph separator", "a\u2028b\u2029", "a\\u{2028}b\\u{2029}"],
    ["lone surrogates", "a\uD83Db\uDE00", "a\\u{D83D}b\\u{DE00}"],
    ["fillers that show nothing", "\u3164\u115F\u2800", "\\u{3164}\\u{115F}\\u{2800}"],
    ["tag characters", "a\u{E0041}", "a\\u{E0041}"],
    ["private use and noncharacter", "\uE000\uFFFF", "\\u{E000}\\u{FFFF}"],
    ["spaces that pass for a plain one", "a\u00A0b\u2003c", "a\\u{A0}b\\u{2003}c"],
    ["variation selector after a letter", "a\uFE0F", "a\\u{FE0F}"],
    ["joiner at the end of an emoji", "💻\u200D", "💻\\u{200D}"],
  ])("makes visible: %s", (_, text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  test.each([
    "Frühjahrs-Aktion, noël, İstanbul",
    "Весенняя кампания",
    "حملة الربيع",
    "מבצע אביב",
    "春の再エンゲージメント　東京",
    "봄 캠페인",
    "वसंत अभियान",
    "แคมเปญฤดูใบไม้ผลิ",
    "e\u0301te\u0301",
    "❤️ 👩‍💻 👍🏽 🏳️‍🌈 🇫🇷",
    "C:\\path | `code` <b>",
    "",
  ])("leaves as it is: %s", (text) => {
    expect(escapeText(text)).toBe(text);
  });
});

describe("characters that are not allowed", () => {
  test.each([
    ["at most one a line", "a\0b\0\nc\0\0\nd\0", [1, 6, 10]],
    ["one in a text of one line", "a\0b\u202ec", [1]],
    ["a lone carriage return, but not one in front of a line feed", "a\r\nb\rc", [4]],
    ["none in tabs and line feeds", "a\tb\n\n", []],
    ["a byte order mark after the start", "a\n\ufeffb", [2]],
    ["half a pair", "a\ud83d", [1]],
    ["a separator of lines, and one of paragraphs", "\u2028\n\u2029", [0, 2]],
    ["the first and the last of the directions", "\u202a\n\u202e\n\u2066\n\u2069", [0, 2, 4, 6]],
    ["none in their neighbours", "\u202f\u2065\u206a", []],
  ])("are found: %s", (_, text, found) => {
    expect(findRefusedCharacters(text)).toEqual(found);
  });

  test("are called by their code points, with at least four digits", () => {
    expect(["\0", "а", "😀"].map(codePointName)).toEqual(["U+0000", "U+0430", "U+1F600"]);
  });

  test("are explained: what, why, and what to do", () => {
    expect(explainRefusedCharacter("\u202e")).toBe(
      "The character U+202E is not allowed: it cannot be seen, and can make a file look different from what it says. Delete it.",
    );
    expect(explainRefusedCharacter("\r")).toBe(
      "A carriage return (U+000D) stands alone here. Save the file with LF or CRLF line endings.",
    );
  });
});

test.each([
  ["a name", "Frühjahrs-Aktion 😀", true],
  ["nothing", "", true],
  ["a line feed", "a\nb", false],
  ["an escape", "a\x1b[2J", false],
  ["a separator of lines", "a\u2028b", false],
  ["a separator of paragraphs", "a\u2029b", false],
])("text of one line: %s", (_, text, isOne) => {
  expect(isOneLine(text)).toBe(isOne);
});

test("lines are made visible one by one", () => {
  expect(escapeLines("a\u200b\n\tb\n")).toBe("a\\u{200B}\n\\u{9}b\n");
});

test("each invisible character has the form that is given for it, and a picture keeps its joiners", () => {
  expect(replaceInvisible("a\u200b👩\u200d💻\u202e", (character) => `<${codePointName(character)}>`)).toBe(
    "a<U+200B>👩\u200d💻<U+202E>",
  );
});

test.each([
  ["\ufeffa", "a"],
  ["a\ufeff", "a\ufeff"],
  ["\ufeff\ufeffa", "\ufeffa"],
  ["a", "a"],
])("withoutByteOrderMark(%j) is %j", (text, rest) => {
  expect(withoutByteOrderMark(text)).toBe(rest);
});

test.each([
  ["a\ud83d", "a"],
  ["👩\u200d", "👩"],
  ["👩", "👩"],
  ["\ud83da", "\ud83da"],
  ["a\u200d\u200d", "a\u200d"],
])("withoutOpenEnd(%j) is %j", (text, rest) => {
  expect(withoutOpenEnd(text)).toBe(rest);
});
