import { beforeAll, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { readDocument } from "../../../src/yaml/yaml-document.ts";
import { measured } from "../../support/fuzz/budget.ts";
import {
  AUDIENCE,
  CAMPAIGN,
  details,
  file,
  INCLUDE,
  load,
  told,
  VALID,
} from "../../support/samples/declarations.ts";

/** Milliseconds of work of the quickest of three runs: what other processes take away does not count. */
function quickest(work: () => void): number {
  return Math.min(...[1, 2, 3].map(() => measured(work).ms));
}

/** What the YAML parser alone takes for a plain file of the largest size that is read, on this machine and now. */
let plainFileMs = 0;
beforeAll(() => {
  const plain = `labels:\n${"  region: us\n".repeat(5_400)}`;
  plainFileMs = quickest(() => parseDocument(plain, { uniqueKeys: false }));
});

describe("hostile YAML", () => {
  it("case 1: an error for each anchor and alias, in less time than a plain file of the largest size takes", () => {
    const names = "abcdefghi";
    const lines = Array.from(names, (name, index) => {
      const inner = index === 0 ? '"lol"' : `*${names[index - 1]}`;
      return `${name}: &${name} [${Array(9).fill(inner).join(", ")}]`;
    });
    let found: string[] = [];
    expect(quickest(() => (found = told(lines.join("\n"))))).toBeLessThan(plainFileMs);
    expect(found).toContain("anchor-not-allowed 1:4");
    expect(found).toContain("alias-not-allowed 2:8");
  });

  it("case 2: not allowed, each told where it stands", () => {
    expect(told(`${VALID}labels: &x { a: b }\n`)).toEqual(["anchor-not-allowed 4:9"]);
    expect(told(`${VALID}owner: *x\n`)).toEqual(["alias-not-allowed 4:8"]);
    expect(told(`${VALID}<<: *x\n`)).toEqual(["merge-key-not-allowed 4:1"]);
    expect(told(`${VALID}labels: { *x : y }\n`)).toEqual(["alias-not-allowed 4:11"]);
    expect(told(`${VALID}"<<": x\n`)).toEqual(["unknown-key 4:1"]);
  });

  it("tells aliases beside a merge key as well, but not its own", () => {
    expect(told(`${VALID}owner: *y\n<<: *x\nname: *z\n`)).toEqual([
      "alias-not-allowed 4:8",
      "merge-key-not-allowed 5:1",
      "alias-not-allowed 6:7",
    ]);
  });

  it("takes & * ! and % inside of text for text", () => {
    const text = `${VALID}name: "& * ! <<"\nowner: a & b * c ! %\nlabels:\n  note: |\n    &a *b !c\n    %d\n# &a *b\n`;
    expect(told(text)).toEqual([]);
  });

  it("case 3: an error for the anchor and one for the alias, and no hang", () => {
    expect(told(`campaignId: ${CAMPAIGN}\ninclude: &a [*a]\n`)).toEqual([
      "anchor-not-allowed 2:10",
      "alias-not-allowed 2:14",
    ]);
  });

  it.each([
    ["10,000 flow lists", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
    ["65,000 unclosed lists", "[".repeat(65_000)],
    ["65,000 unclosed maps", "{".repeat(65_000)],
    ["mixed", "[{a: ".repeat(13_000)],
    ["list in list in one line", "- ".repeat(32_000)],
    ["key in key in one line", "? ".repeat(32_000)],
    ["a map 340 levels deep", Array.from({ length: 340 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("case 4: one error, in less time than a plain file of the largest size takes (%s)", (_, text) => {
    let found: string[] = [];
    expect(quickest(() => (found = told(text)))).toBeLessThan(plainFileMs);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^nesting-too-deep /);
  });

  it("case 5: 20 errors are shown, and the rest is counted", () => {
    let { diagnostics } = load("");
    const work = () => ({ diagnostics } = load('a: "\n'.repeat(13_000)));
    expect(quickest(work)).toBeLessThan(60 * plainFileMs);
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics.slice(0, 20).every(({ code }) => code === "yaml-syntax")).toBe(true);
    expect(diagnostics.at(-1)?.code).toBe("more-errors");
    expect(diagnostics.at(-1)?.detail).toContain("and 12980 more that are not shown");
  });

  it("case 7: an error that has the places of both", () => {
    expect(told(`${VALID}name: a\nowner: b\nname: c\n`)).toEqual(["duplicate-key 6:1"]);
    expect(details(`${VALID}name: a\nowner: b\nname: c\n`)).toContain(
      '"name" is already on line 4, column 1',
    );
    expect(told(`campaignId: ${CAMPAIGN}\ncampaignId: ${CAMPAIGN}\n${INCLUDE}`)).toEqual([
      "duplicate-key 2:1",
    ]);
  });

  it("case 8: nothing changes in what the file declares", () => {
    const plain = load(`${VALID}name: x\n`);
    expect(plain.specs).toHaveLength(1);
    expect(load(`\uFEFF${VALID}name: x\n`.replaceAll("\n", "\r\n"))).toEqual(plain);
  });

  it("case 8: the same mistake has the same place with a byte order mark and CRLF", () => {
    const text = `${VALID}nme: x\n`;
    expect(load(`\uFEFF${text.replaceAll("\n", "\r\n")}`).diagnostics).toEqual(load(text).diagnostics);
  });

  it("case 11: an error where the second one starts; the first one is still checked", () => {
    expect(told(`${VALID}---\n${VALID}`)).toEqual(["several-documents 4:1"]);
    expect(told(`${VALID}nme: x\n---\na: 1\n---\nb: 2\n`)).toEqual([
      "unknown-key 4:1",
      "several-documents 5:1",
    ]);
    expect(told(`---\n${VALID}...\n`)).toEqual([]);
    expect(told("---\n---\n")).toEqual(["several-documents 2:1"]);
  });

  it.each(["", "\n\n", "# only a comment\n", "~\n", "null\n", "---\n"])(
    "case 12: an error that says it never means to remove all audiences (%j)",
    (text) => {
      expect(told(text)).toEqual(["empty-file 1:1"]);
      expect(details(text)).toContain("never means that all audiences are to be removed");
    },
  );

  it("case 19: tags of any kind are an error at their place", () => {
    expect(told(`${VALID}name: !foo x\n`)).toEqual(["tag-not-allowed 4:7"]);
    expect(told(`${VALID}name: !!js/function x\n`)).toEqual(["tag-not-allowed 4:7"]);
    expect(told(`${VALID}name: !!str 12\n`)).toEqual(["tag-not-allowed 4:7"]);
    expect(told(`${VALID}name: ! x\n`)).toEqual(["tag-not-allowed 4:7"]);
  });

  it("refuses directives, known or not", () => {
    expect(told(`%YAML 1.1\n---\n${VALID}`)).toEqual(["directive-not-allowed 1:1"]);
    expect(told(`%FOO\n---\n${VALID}`)).toEqual(["directive-not-allowed 1:1"]);
  });
});

describe("syntax", () => {
  it.each([
    ["a tab as indentation", `campaignId: ${CAMPAIGN}\ninclude:\n\t- a\n`, "3:1", "Use spaces"],
    ["a colon in text", `${VALID}name: Spring: sale\n`, "4:7", "in quotes"],
    ["a quote that stays open", `${VALID}name: 'Spring\nowner: x\n`, "4:7", "never closed"],
    [
      "a bracket that stays open",
      `campaignId: ${CAMPAIGN}\ninclude: [\nname: x\n`,
      "3:1",
      "bracket is not closed",
    ],
    ["no space behind the colon", `${VALID}name:x\nowner: y\n`, "4:1", "colon and a space"],
    ["text that starts with @", `${VALID}name: @spring\n`, "4:7", "in quotes"],
    ["a stray brace", `${VALID}name: "x" }\n`, "4:11", "The YAML parser says"],
  ])("tells of %s", (_, text, where, remedy) => {
    expect(told(text)).toEqual([`yaml-syntax ${where}`]);
    expect(details(text)).toContain(remedy);
  });

  it("tells of what the tokens show beside a syntax error, but only one thing a line", () => {
    expect(told(`${VALID}owner: *x\nname: !a Spring: sale\n`)).toEqual([
      "alias-not-allowed 4:8",
      "yaml-syntax 5:7",
    ]);
  });
});

describe("characters and bytes", () => {
  it("case 9: UTF-16 and UTF-32 are recognised and refused by name", () => {
    const utf16 = Buffer.from(VALID, "utf16le");
    expect(details(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]))).toContain("UTF-16 (little endian)");
    expect(details(utf16)).toContain("UTF-16 (little endian)");
    expect(details(Buffer.from(utf16).swap16())).toContain("UTF-16 (big endian)");
    expect(details(Buffer.from([0xfe, 0xff, 0, 0x61]))).toContain("UTF-16 (big endian)");
    expect(details(Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]))).toContain("UTF-32");
  });

  it.each([
    ["Latin-1", Buffer.from("a: \u00fc\n", "latin1"), 3, "1:4"],
    ["a sequence cut at the end", Buffer.from([0x61, 0x3a, 0x20, 0xef, 0xbf]), 3, "1:4"],
    ["an overlong form", Buffer.from([0x61, 0x0a, 0xc0, 0xaf]), 2, "2:1"],
    ["a lone surrogate", Buffer.from([0x61, 0xed, 0xa0, 0x80]), 1, "1:2"],
    ["behind letters of two and four bytes", Buffer.from([...Buffer.from("ü😀"), 0xff]), 6, "1:4"],
    ["behind a real U+FFFD", Buffer.from([0xef, 0xbf, 0xbd, 0x80]), 3, "1:2"],
  ])(
    "case 9: an error with the byte offset, and no replacement character is read (%s)",
    (_, bytes, offset, where) => {
      expect(told(bytes)).toEqual([`invalid-encoding ${where}`]);
      expect(details(bytes)).toContain(`byte offset ${offset} `);
    },
  );

  it.each([
    ["NUL", "\0", "U+0000"],
    ["escape", "\u001b", "U+001B"],
    ["delete", "\u007f", "U+007F"],
    ["next line", "\u0085", "U+0085"],
    ["line separator", "\u2028", "U+2028"],
    ["byte order mark", "\ufeff", "U+FEFF"],
    ["right-to-left override", "\u202e", "U+202E"],
    ["isolate", "\u2067", "U+2067"],
  ])("case 10: an error that names the character by its code point (%s)", (_, character, name) => {
    expect(told(`${VALID}name: a${character}b\n`)).toEqual(["control-character 4:8"]);
    expect(details(`${VALID}name: a${character}b\n`)).toContain(name);
  });

  it("case 10: an error also where an escape brings it in, in a value or in a key", () => {
    expect(told(`${VALID}name: "a\\0b"\n`)).toEqual(["control-character 4:7"]);
    expect(told(`${VALID}labels: { "a\\u202e": b }\n`)).toEqual(["control-character 4:11"]);
    expect(told(`${VALID}name: "\\ud800"\n`)).toEqual(["control-character 4:7"]);
  });

  it("case 10: a lone carriage return is an error, not a line end", () => {
    expect(told(`${VALID}name: a\rowner: b\n`)).toContain("control-character 4:8");
    expect(details(`# x\ry\n${VALID}`)).toContain("LF or CRLF");
  });

  it("case 10: an id with a hidden character in it is one mistake", () => {
    expect(told(`campaignId: ${CAMPAIGN}\0\n${INCLUDE}`)).toEqual(["control-character 1:49"]);
  });

  it("leaves tabs, emoji, right-to-left letters and joiners alone", () => {
    expect(told(`${VALID}name: "👩‍👧 عربي\tחדש"\n`)).toEqual([]);
  });
});

describe("keys and numbers", () => {
  it("case 16: an error, never silently rounded", () => {
    expect(told(`${VALID}name: 9007199254740993\n`)).toEqual(["number-too-large 4:7"]);
    expect(told(`${VALID}name: 0xFFFFFFFFFFFFFFFF\n`)).toEqual(["number-too-large 4:7"]);
    expect(told(`${VALID}name: "9007199254740993"\n`)).toEqual([]);
  });

  it("case 18: an unknown key, and no object is polluted", () => {
    const text = `${VALID}__proto__: { polluted: yes }\nconstructor: x\n`;
    expect(told(text)).toEqual(["unknown-key 4:1", "unknown-key 5:1"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    const { specs } = load(`${VALID}labels: { __proto__: x, constructor: y }\n`);
    expect(Object.entries(specs[0]?.labels ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
  });

  it("refuses keys that are no text, each with what to do", () => {
    const text = `${VALID}labels: { 1: a, true: b, [c]: d, { e: f }: g }\n`;
    expect(told(text)).toEqual([
      "key-not-text 4:11",
      "key-not-text 4:17",
      "key-not-text 4:26",
      "key-not-text 4:34",
    ]);
    expect(details(text)).toContain('Put the key in quotes: "true"');
    expect(told(`${VALID}: x\n`)).toEqual(["key-not-text 4:1"]);
  });

  it("gives a map in a key no warning of the parser's own on the console", () => {
    const warnings: unknown[] = [];
    const listen = (warning: unknown) => warnings.push(warning);
    process.on("warning", listen);
    readDocument(file("a.yaml", "? { a: 1 }\n: b\n"));
    return new Promise<void>((done) => setImmediate(done)).then(() => {
      process.off("warning", listen);
      expect(warnings).toEqual([]);
    });
  });

  it("keeps the first of two equal keys", () => {
    const { value } = readDocument(file("a.yaml", `x: ${AUDIENCE}\nx: [1]\n`));
    expect({ ...(value as object) }).toEqual({ x: AUDIENCE });
  });
});

describe("a mistake is marked from its first to its last character, and explained", () => {
  const NO_CONTROL =
    "The character U+0000 is not allowed: it cannot be seen, and can make a file look different from what it says. Delete it.";
  it.each([
    [
      "a key that is not read as text",
      "labels: { true: b }",
      "true",
      'YAML does not read true as text here. Put the key in quotes: "true".',
    ],
    [
      "a list for a key",
      "labels: { [c]: d }",
      "[c]",
      'A key must be plain text, as in "name: text". Write the key in front of the colon.',
    ],
    [
      "a number that would be rounded",
      "name: -9007199254740993",
      "-9007199254740993",
      'YAML would read -9007199254740993 as the number -9007199254740992. If it is text, put it in quotes: "-9007199254740993". A number must lie between -9007199254740991 and 9007199254740991.',
    ],
    ["a hidden character", "name: a\0b", "\0", NO_CONTROL],
    [
      "an escape that brings one in",
      'name: "a\\0b"',
      '"a\\0b"',
      `An escape in these quotes brings in a hidden character. ${NO_CONTROL}`,
    ],
    [
      "a second document",
      "---",
      "---",
      "The document below this line is empty, such as Helm writes where a template gives nothing. Delete this line.",
    ],
    [
      "a tag",
      "name: !!str 12",
      "!!str",
      "A tag changes what a value is. Delete it. If it is meant as text, put it in quotes.",
    ],
    [
      "an alias",
      "owner: *x",
      "*x",
      "An alias takes a value from somewhere else. Write the value out here. If it is meant as text, put it in quotes.",
    ],
    [
      "a quote that stays open",
      "name: 'Spring",
      "'",
      "The quote that opens here is never closed. Close it on this line.",
    ],
    [
      "what only the parser has words for",
      'name: "x" } ]',
      "}",
      'The YAML parser says: Unexpected flow-map-end token in YAML stream: "}". Mend this line or the one before it.',
    ],
  ])("%s", (_, line, marked, detail) => {
    const { diagnostics } = load(`${VALID}${line}\n`);
    expect(diagnostics.map((found) => found.detail)).toEqual([detail]);
    const { range, excerpt } = diagnostics[0] ?? {};
    expect(excerpt?.text.slice(excerpt.column - 1, excerpt.column - 1 + excerpt.length)).toBe(marked);
    const column = line.indexOf(marked) + 1;
    expect(range).toEqual({ start: { line: 4, column }, end: { line: 4, column: column + marked.length } });
  });
});
