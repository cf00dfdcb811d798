import { describe, expect, it } from "vitest";
import {
  codePointName,
  explainRefusedCharacter,
  findRefusedCharacters,
} from "../../../src/text/characters.ts";

describe("characters that are not allowed", () => {
  it.each([
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

  it("are called by their code points, with at least four digits", () => {
    expect(["\0", "а", "😀"].map(codePointName)).toEqual(["U+0000", "U+0430", "U+1F600"]);
  });

  it("are explained: what, why, and what to do", () => {
    expect(explainRefusedCharacter("\u202e")).toBe(
      "The character U+202E is not allowed: it cannot be seen, and can make a file look different from what it says. Delete it.",
    );
    expect(explainRefusedCharacter("\r")).toBe(
      "A carriage return (U+000D) stands alone here. Save the file with LF or CRLF line endings.",
    );
  });
});
