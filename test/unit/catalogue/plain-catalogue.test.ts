import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Catalogue } from "../../../src/catalogue/catalogue.ts";
import { readPlainCatalogue } from "../../../src/catalogue/plain-catalogue.ts";
import { readYamlCatalogue } from "../../../src/catalogue/read-catalogue.ts";
import { decodeText } from "../../../src/yaml/decode-text.ts";
import { entry, idOf } from "../../support/samples/catalogue.ts";
import { file } from "../../support/samples/declarations.ts";

function plain(text: string) {
  const source = decodeText(file("audiences.yaml", text));
  return "lineStarts" in source ? readPlainCatalogue(source) : null;
}

const yaml = (text: string) => readYamlCatalogue(file("audiences.yaml", text)).catalogue;

/** Two maps are equal in whatever order they are. */
const orderOf = (catalogue: Catalogue | null) => [
  [...(catalogue?.audiences.keys() ?? [])],
  [...(catalogue?.groups.keys() ?? [])],
];

const BLOCK = `audiences:\n  vip:\n    audienceId: ${idOf(1)}\n    type: segment\n    description: Bought twice, or more (in 90 days).\n    owner: "crm"\n    previewId: aud_1\n`;

/** A description that makes its line as long as this. */
const LONG = (length: number) => {
  const key = "    description: ";
  return BLOCK.replace(/ {4}description: .*/, key + "a".repeat(length - key.length));
};

describe("a catalogue of the ordinary form is read as the YAML parser reads it", () => {
  test.each([
    [
      "in braces",
      `audiences:\n${entry("a", 1)}${entry("b", 2, ", description: Bought 50% off & more, owner: 'crm'")}`,
    ],
    ["below their names", BLOCK],
    [
      "in quotes",
      `audiences:\n  "123": { audienceId: "${idOf(1)}", type: 'audience' }\n  'true':\n    type: segment\n    audienceId: '${idOf(2).toUpperCase()}'\n`,
    ],
    [
      "by environment",
      `audiences:\n  a:\n    audienceId: { eu: ${idOf(1)}, us: "${idOf(2)}" } # both\n    type: segment\n`,
    ],
    [
      "groups in brackets and below",
      `${BLOCK}groups:\n  one: [vip]\n  two: # both\n    - one\n    - "vip" # who\n`,
    ],
    ["groups as far left as their name", `groups:\n  one:\n  - two\n  two: [vip]\n${BLOCK}`],
    [
      "comments, empty lines, any indentation",
      `# who\n\n${BLOCK.replaceAll("    ", "       ").replaceAll("\n", " # why\n")}\n  # end`,
    ],
    ["no line end at the end, a byte order mark", `\uFEFF${BLOCK.trimEnd()}`],
    ["letters of others in a description", BLOCK.replace("Bought", "Été 日本 Bought")],
    ["a line that is long", LONG(2_000)],
    ["groups whose names are quoted words", `${BLOCK}groups:\n  "true": [vip]\n  'null':\n    -   vip\n`],
    [
      "names of digits behind others",
      `audiences:\n${entry("vip", 1)}${entry('"10"', 1)}${entry('"2"', 2)}groups:\n  b: [vip]\n  "7": ["2"]\n  "1": ["10"]\n`.replace(
        /\[("\d+")\]/g,
        "\n    - $1",
      ),
    ],
    ["blanks behind keys", BLOCK.replace("type: ", "type:   ").replace("owner: ", "owner:  ")],
  ])("%s", (_, text) => {
    const read = plain(text);
    expect(read).not.toBeNull();
    const usual = readYamlCatalogue(file("audiences.yaml", text));
    if (usual.catalogue !== null) {
      expect(read).toEqual(usual.catalogue);
      expect(orderOf(read)).toEqual(orderOf(usual.catalogue));
    } else expect(usual.diagnostics.map(({ code }) => code)).toContain("unknown-name");
  });
});

describe("everything else is left to the parser", () => {
  test.each([
    ["nothing", ""],
    ["an empty section", `audiences:\ngroups:\n  a: [b]\n`],
    ["a section twice", `${BLOCK}audiences:\n${entry("a", 1)}`],
    ["another key", `${BLOCK}owners: x\n`],
    ["a name twice", `audiences:\n${entry("a", 1)}${entry('"a"', 2)}`],
    ["a name that is none", `audiences:\n${entry("A", 1)}`],
    ["a name in the form of an id", `audiences:\n${entry(idOf(1), 1)}`],
    ["a bare name that is no text", `audiences:\n${entry("null", 1)}`],
    ["a bare number", `audiences:\n${entry("123", 1)}`],
    ["a key twice", `${BLOCK}    owner: me\n`],
    ["a key twice in braces", `audiences:\n${entry("a", 1, ", type: segment")}`],
    ["no type", `audiences:\n  a: { audienceId: ${idOf(1)} }\n`],
    ["an id that is none", `audiences:\n  a: { audienceId: x, type: segment }\n`],
    ["keys below braces", `audiences:\n${entry("a", 1)}    owner: crm\n`],
    ["text with a colon", BLOCK.replace("Bought twice", "Bought: twice")],
    ["text over two lines", BLOCK.replace("twice,", "twice,\n      ")],
    ["an owner that is no text", BLOCK.replace('"crm"', "true")],
    ["a preview id that is none", BLOCK.replace("aud_1", '"aud/1"')],
    ["a group with nobody", `groups:\n  a: []\n`],
    ["a group with nothing below", `${BLOCK}groups:\n  a:\n  b: [vip]\n`],
    ["a member that is no name", `groups:\n  a: [B]\n`],
    ["a member that is a number", `groups:\n  a:\n    - 12\n`],
    ["names in two columns", `audiences:\n${entry("a", 1)} ${entry("b", 2)}`],
    ["a tab", `audiences:\n\ta: x\n`],
    ["line ends of Windows", BLOCK.replaceAll("\n", "\r\n")],
    ["an anchor", BLOCK.replace("vip:", "vip: &a")],
    ["a line that is too long", LONG(2_001)],
    ["a section with nobody at the end", `${BLOCK}groups:\n`],
    ["a name before any section", entry("a", 1) + BLOCK],
    ["a member before any name", "groups:\n  - a\n"],
    ["a member of an audience", `audiences:\n  a:\n    - b\n`],
    ["an audience with nothing below", `audiences:\n  a:\n  b: { audienceId: ${idOf(1)}, type: segment }\n`],
    ["a key further in than the first", BLOCK.replace("    type", "     type")],
    ["a key less far in than the first", BLOCK.replace("    type", "   type")],
    ["a key that is none", BLOCK.replace("    type", "    kind: x\n    type")],
    ["a key without a blank", BLOCK.replace("type: ", "type:")],
    ["a value that is none", BLOCK.replace("type: segment", "type: list")],
    ["members in two columns", `${BLOCK}groups:\n  a:\n    - vip\n   - b\n`],
    ["members further left than their name", `${BLOCK}groups:\n   a:\n  - vip\n`],
    ["members below brackets", `${BLOCK}groups:\n  a: [vip]\n    - b\n`],
    ["a member without a blank", `${BLOCK}groups:\n  a:\n    -vip\n`],
    ["keys below a group", `${BLOCK}groups:\n  a:\n    owner: b\n`],
    ["a group twice", `${BLOCK}groups:\n  a: [vip]\n  a: [vip]\n`],
    ["names in two columns of groups", `${BLOCK}groups:\n  a: [vip]\n b: [vip]\n`],
    ["what cannot be seen", BLOCK.replace("twice", "twi\u202ece")],
  ])("%s", (_, text) => {
    expect(plain(text)).toBeNull();
  });
});

it("whatever a slip makes of it, it is left to the parser or read as the parser reads it", () => {
  const whole = `${BLOCK}  news: { audienceId: ${idOf(2)}, type: audience, owner: me }\ngroups:\n  all: [vip, news]\n  some:\n    - vip\n    - 'news'\n`;
  const piece = fc.constantFrom(
    "",
    " ",
    "\n",
    "#",
    " #",
    ":",
    ": ",
    "- ",
    '"',
    "'",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "\t",
    "x",
    "1",
    "~",
    "|",
    "?",
  );
  let read = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length), fc.nat(6), piece), { minLength: 1, maxLength: 2 }),
      (slips) => {
        let text = whole;
        for (const [at, length, put] of slips) text = text.slice(0, at) + put + text.slice(at + length);
        const found = plain(text);
        if (found === null) return;
        read += 1;
        const usual = readYamlCatalogue(file("audiences.yaml", text));
        // What names mean is for both the same, and looked at behind both.
        if (usual.catalogue === null)
          expect(usual.diagnostics.map(({ code }) => code)).toEqual(
            expect.arrayContaining([expect.stringMatching(/-name|cycle|audience/)]),
          );
        else expect(found).toEqual(usual.catalogue);
      },
    ),
    { numRuns: 3_000, seed: 7 },
  );
  expect(read).toBeGreaterThan(150);
  expect(yaml(whole)).toEqual(plain(whole));
});
