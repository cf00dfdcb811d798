import { describe, expect, it } from "vitest";
import { readDocument } from "../../../../src/yaml/yaml-document.ts";
import { file } from "../../../support/samples/declarations.ts";

/** Each mistake of a text as its code, what is marked, and what is said of it. */
function mistakes(text: string) {
  const { diagnostics, ...document } = readDocument(file("a.yaml", text));
  const marked = diagnostics.map(({ code, range, detail }) => {
    const lines = text.split("\n");
    const offset = (at: { line: number; column: number } | undefined) =>
      lines.slice(0, (at?.line ?? 1) - 1).join("\n").length + (at?.line === 1 ? -1 : 0) + (at?.column ?? 0);
    return [code, text.slice(offset(range?.start), offset(range?.end)), detail];
  });
  return { marked, ...document };
}

const INDENT =
  "Lines that belong together must start in the same column, and what belongs to a line must stand further right.";
const IF_TEXT = "If it is meant as text, put it in quotes.";

describe("each mistake of YAML is marked and explained", () => {
  it.each([
    [
      "a: b: c\n",
      "yaml-syntax",
      "b",
      `A key and a value begin in the middle of a line. Put text that holds ": " in quotes, or mend the indentation. ${INDENT}`,
    ],
    ["a:\n\t- b\n", "yaml-syntax", "\t", "A tab is used for indentation. Use spaces."],
    ["a: @b\n", "yaml-syntax", "@", "Text cannot start with this character. Put the text in quotes."],
    [
      "a: [\nb: c\n",
      "yaml-syntax",
      "b",
      `The indentation does not fit, or a bracket is not closed. ${INDENT}`,
    ],
    [
      "a:b\nc: d\n",
      "yaml-syntax",
      "a:b\nc",
      `A key must stand on one line, with a colon and a space behind it, as in "name: text". ${INDENT}`,
    ],
    [
      ": x\n",
      "key-not-text",
      "",
      'A key must be plain text, as in "name: text". Write the key in front of the colon.',
    ],
    ["a: 'b\n", "yaml-syntax", "'", "The quote that opens here is never closed. Close it on this line."],
    [
      "a: &b c\n",
      "anchor-not-allowed",
      "&b",
      `An anchor gives a value a name, for use somewhere else. Write every value out where it belongs. ${IF_TEXT}`,
    ],
    [
      "a: *b\n",
      "alias-not-allowed",
      "*b",
      `An alias takes a value from somewhere else. Write the value out here. ${IF_TEXT}`,
    ],
    ["a: !b c\n", "tag-not-allowed", "!b", `A tag changes what a value is. Delete it. ${IF_TEXT}`],
    [
      "%YAML 1.2\n---\na: b\n",
      "directive-not-allowed",
      "%YAML 1.2",
      "A directive changes how the file is read. Delete the line.",
    ],
    [
      `${"[".repeat(41)}\n`,
      "nesting-too-deep",
      "[",
      "No file of this program needs more than a few levels. Look for brackets that are not closed.",
    ],
    [
      "a: b\n---\nc: d\n",
      "several-documents",
      "---",
      "A second document starts here. Put it into a file of its own, or delete this line.",
    ],
    [
      "",
      "empty-file",
      "",
      "Nothing is written here, and an empty file never means that all audiences are to be removed. Fill it in or delete it.",
    ],
    ...["\u2010", "\u2013", "\u2015", "\u2212", "\u2022"].map((dash): [string, string, string, string] => [
      `a:\n  ${dash} b: c\n    d: e\n`,
      "yaml-syntax",
      "c",
      `This line begins with the character U+${dash.charCodeAt(0).toString(16)}, which only looks like a hyphen. Begin an entry with "- ".`,
    ]),
  ])("%j", (text, code, marked, detail) => {
    expect(mistakes(text).marked).toEqual([[code, marked, detail]]);
  });

  it.each(["a:\n  \u2013b: c\n   d: e\n", "a:\n  x \u2013 b: c\n    d: e\n"])(
    "a dash within a line is text: %j",
    (text) => {
      expect(JSON.stringify(mistakes(text).marked)).not.toContain("hyphen");
    },
  );
});

describe("what can be read of a document with a mistake", () => {
  const codesOf = (text: string) => mistakes(text).marked.map(([code]) => code);

  it.each([
    ["a: 'b\n", ["yaml-syntax"]],
    ["\0a: 1\nb: @c\n", ["control-character", "yaml-syntax"]],
    [`\0a: ${"[".repeat(41)}\n`, ["control-character", "nesting-too-deep"]],
    ["<<<<<<< a\na: 1\n>>>>>>> b\n", ["merge-conflict"]],
    ["---\n---\n", ["several-documents"]],
    ["&a\n", ["anchor-not-allowed"]],
    ["~\n", ["empty-file"]],
  ])("%j: nothing", (text, codes) => {
    const { root, value, text: read } = mistakes(text);
    expect([root, value]).toEqual([null, undefined]);
    expect(read.text).toBe(text);
    expect(codesOf(text)).toEqual(codes);
  });

  it("of bytes that are no text: nothing at all", () => {
    const { root, value, text, diagnostics } = readDocument(file("a.yaml", Uint8Array.of(0xff, 0x61)));
    expect([root, value, text.text, text.file]).toEqual([null, undefined, "", "a.yaml"]);
    expect(diagnostics).toHaveLength(1);
  });

  it("of tokens that are refused: all the rest", () => {
    expect(mistakes("a: &x 1\nb: [*x, 2]\n").value).toEqual({ a: 1, b: [null, 2] });
  });

  it.each([
    ["<<: *a\n", ["merge-key-not-allowed"]],
    ["<<: [*a, *b]\nc: *d\n", ["alias-not-allowed", "merge-key-not-allowed"]],
    ["c: *d\n<<: *a\n", ["alias-not-allowed", "merge-key-not-allowed"]],
    ["a: *b\n---\nc: *d\n---\ne: f\n", ["several-documents", "alias-not-allowed", "alias-not-allowed"]],
  ])("tells of an alias behind a merge key with the key alone: %j", (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  it("tells one thing a line, of each line", () => {
    expect(codesOf("a: @b @c\nd: *e\nf: *g\n")).toEqual([
      "yaml-syntax",
      "alias-not-allowed",
      "alias-not-allowed",
    ]);
  });
});
