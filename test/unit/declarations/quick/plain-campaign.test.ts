import { describe, expect, test } from "vitest";
import { namesOf } from "../../../../src/catalogue/names.ts";
import { readCatalogue } from "../../../../src/catalogue/read-catalogue.ts";
import { readPlainFile, readYamlFile } from "../../../../src/declarations/campaign-file.ts";
import { resolveCampaign } from "../../../../src/declarations/resolve.ts";

const ID = "4130bada-9264-465f-bc0c-a26bebcfcc81";
const A = "a1b2c3d4-0000-0000-0000-000000000001";
const B = "A1B2C3D4-0000-0000-0000-00000000000F";
const CHOICE = { environment: null, needsEnvironment: true };
const ENTRY = `  - { audienceId: ${A}, type: segment }\n`;
const LIST = `include:\n${ENTRY}`;
const VALID = `campaignId: ${ID}\n${LIST}`;

function file(text: string) {
  return { file: "a.yaml", bytes: new TextEncoder().encode(text) };
}

function entries(count: number): string {
  const id = (index: number) => `a1b2c3d4-0000-0000-0000-${String(index).padStart(12, "0")}`;
  return Array.from(
    { length: count },
    (_, index) => `  - { audienceId: ${id(index)}, type: audience }\n`,
  ).join("");
}

describe("a file of the ordinary form is read without the YAML parser, and as the YAML parser reads it", () => {
  test.each([
    ["the least there is", VALID],
    ["no line end at the end", VALID.trimEnd()],
    ["a byte order mark", `\uFEFF${VALID}`],
    ["any order of keys", `${LIST}exclude: []\nowner: crm\ncampaignId: ${ID}\n`],
    ["comments and empty lines", `# a\n\n  # b\n${VALID.replace("include:", "include: # c")}\n#d`],
    ["spaces behind values", VALID.replaceAll("\n", "  \n")],
    ["comments behind values", VALID.replaceAll("\n", " # why: { [ ' \n")],
    ["many spaces in front of values", VALID.replaceAll(": ", ":    ").replace("- {", "-   {")],
    ["no spaces in braces", VALID.replace("{ ", "{").replace(", ", ",").replace(" }", "}")],
    [
      "ids and types in double quotes",
      VALID.replace(ID, `"${ID}"`).replace(A, `"${A}"`).replace("segment", '"segment"'),
    ],
    [
      "ids and types in single quotes",
      VALID.replace(ID, `'${ID}'`).replace(A, `'${A}'`).replace("segment", "'segment'"),
    ],
    ["ids in capitals", VALID.replace(A, B).replace(ID, ID.toUpperCase())],
    ["the type first", `campaignId: ${ID}\ninclude:\n  - { type: "audience", audienceId: ${A} }\n`],
    [
      "entries over two lines",
      `campaignId: ${ID}\ninclude:\n- audienceId: ${A} # id\n  # type\n  type: segment\n`,
    ],
    [
      "entries over two lines, type first",
      `campaignId: ${ID}\ninclude:\n    - type: 'audience'\n      audienceId: "${A}"\n`,
    ],
    ["as many entries as there may be", `campaignId: ${ID}\ninclude:\n${entries(25)}`],
    ["both lists", `${VALID}exclude:\n- { audienceId: ${B}, type: audience }\n`],
    ["an empty exclude", `${VALID}exclude: [ ] # nobody\n`],
    ["a plain name", `${VALID}name: Frühling's R&D -- "50 %", a,b [x] {y}\n`],
    ["words that only look like no text", `${VALID}name: yes\nowner: Nullish\n`],
    ["a name that is no plain text, in double quotes", `${VALID}name: "true: # 'x' "\nowner: ""\n`],
    ["a name that is no plain text, in single quotes", `${VALID}name: '12 "x" \\n'\nowner: 'null'\n`],
    [
      "labels in braces",
      `${VALID}labels: { region: us, a_1: "x, y", b:  'true' , constructor: a/b-c.d e} # c\n`,
    ],
    [
      "more labels than there may be entries",
      `${VALID}labels:\n${Array.from({ length: 30 }, (_, index) => `  l${index}: a\n`).join("")}`,
    ],
    ["labels below their key", `${VALID}labels:\n  region: us\n  # c\n  season: "1"   # d\n`],
  ])("%s", (_, text) => {
    const read = readPlainFile(file(text));
    const usual = readYamlFile(file(text));
    expect(resolveCampaign(usual, CHOICE).spec).not.toBeNull();
    expect(read).toEqual(usual);
  });
});

describe("ids by environment are read as the YAML parser reads them", () => {
  const OTHER = ID.replace("4130", "5130");
  test.each([
    ["in braces", `campaignId: { production: ${ID} }\n${LIST}`],
    [
      "in braces, in quotes and with a comment",
      `campaignId: {staging: "${ID}" , pro-d_1: '${OTHER}'}  # both\n${LIST}`,
    ],
    ["below", `campaignId: # both\n  staging: ${ID}   # here\n  # there\n  production: "${OTHER}"\n${LIST}`],
    ["behind other keys", `${LIST}campaignId:\n      staging: ${ID}\nname: x\n`],
  ])("%s", (_, text) => {
    const [read, usual] = [readPlainFile(file(text)), readYamlFile(file(text))];
    expect(read).toEqual(usual);
    expect(resolveCampaign(usual, { ...CHOICE, environment: "staging" }).claims.length).toBe(
      text.includes("staging") ? 1 : 0,
    );
  });
});

describe("what only the second step can know is read as the YAML parser reads it, and refused there", () => {
  test.each([
    ["in another case and list", `exclude:\n  - { audienceId: ${A.toUpperCase()}, type: segment }\n`],
    ["in quotes, of another type", `  - { type: audience, audienceId: "${A}" }\n`],
    ["over two lines", `  - type: segment\n    audienceId: '${A}'\n`],
  ])("an audience twice, %s", (_, more) => refusedAlike(VALID + more, "repeated-audience"));

  test("more audiences than there may be", () =>
    refusedAlike(`campaignId: ${ID}\ninclude:\n${entries(26)}`, "too-many-entries"));

  test.each([
    ["on a line", "  - nobody\n"],
    ["in quotes", "  - 'nobody' # yet\n"],
    ["in brackets", "exclude: [ nobody ] # yet\n"],
  ])("a name that the catalogue lacks, %s", (_, more) => refusedAlike(VALID + more, "unknown-name"));

  function refusedAlike(text: string, code: string): void {
    const read = readPlainFile(file(text));
    const usual = readYamlFile(file(text));
    expect(read).toEqual(usual);
    const { spec, diagnostics } = resolveCampaign(usual, CHOICE);
    expect(spec).toBeNull();
    expect(diagnostics.map((found) => found.code)).toEqual([code]);
    expect(read === null ? null : resolveCampaign(read, CHOICE).diagnostics).toEqual(diagnostics);
  }
});

describe("names are read as the YAML parser reads them", () => {
  const catalogue = readCatalogue(
    file(
      `audiences:\n  vip: { audienceId: ${B}, type: audience }\n  "123": { audienceId: ${ID}, type: segment }\ngroups:\n  all.of_them-2: [vip, "123"]\n`,
    ),
  ).catalogue;
  const names = catalogue === null ? null : namesOf(catalogue, null);

  test.each([
    ["on a line", `${VALID}  - vip\n`],
    ["with spaces and a comment", `${VALID}  -   vip   # who\n`],
    ["in double quotes", `${VALID}exclude:\n- "123"\n`],
    ["in single quotes", `${VALID}exclude:\n  - 'all.of_them-2'\n`],
    ["beside entries over two lines", `${VALID}  - type: segment\n    audienceId: ${ID}\n  - vip\n`],
    ["in brackets", `${VALID}exclude: [vip, all.of_them-2]\n`],
    ["in brackets with spaces", `${VALID}exclude: [  vip  ]  # who\n`],
    ["alone", `campaignId: ${ID}\ninclude: [all.of_them-2]\n`],
  ])("%s", (_, text) => {
    const [read, usual] = [readPlainFile(file(text)), readYamlFile(file(text))];
    expect(read).toEqual(usual);
    expect(resolveCampaign(usual, { ...CHOICE, names }).spec).not.toBeNull();
  });
});

describe("everything else is left to the YAML parser", () => {
  test.each([
    ["nothing", ""],
    ["bytes that are no text", "\uD800"],
    ["no campaign", LIST],
    ["a name that is a number", `${VALID}  - 123\n`],
    ["a name that is true or false", `${VALID}  - true\n`],
    ["a name that is nothing", `${VALID}exclude: [null]\n`],
    ["a name in the form of an id", `${VALID}  - ${A}\n`],
    ["a name with a capital", `${VALID}  - Vip\n`],
    ["a name in half a quote", `${VALID}  - "vip\n`],
    ["nobody included", `campaignId: ${ID}\n`],
    ["an empty include", `campaignId: ${ID}\ninclude: []\n`],
    ["an include with nothing below", `campaignId: ${ID}\ninclude:\n`],
    ["an exclude with nothing below", `campaignId: ${ID}\nexclude:\n${LIST}`],
    ["labels with nothing below", `labels: # c\n${VALID}`],
    ["a key twice", `${VALID}owner: a\nowner: a\n`],
    ["the campaign twice", `${VALID}campaignId: ${ID}\n`],
    ["a list twice", `${VALID}${LIST.replace(A, B)}`],
    ["an unknown key", `${VALID}audience: a\n`],
    ["a key with spaces in front", `${VALID} owner: a\n`],
    ["a key without a value", `${VALID}owner:\n`],
    ["no space behind a key", `${VALID}owner:a\n`],
    ["an id for each environment, one of them twice", `campaignId: { a: ${ID}, a: ${ID} }\n${LIST}`],
    ["an id for each environment, one of them twice below", `campaignId:\n  a: ${ID}\n  a: ${ID}\n${LIST}`],
    ["an id for each environment, one of them none", `campaignId: { a: x }\n${LIST}`],
    ["an id for no environment", `campaignId: {}\n${LIST}`],
    ["an environment that is no text", `campaignId: { true: ${ID} }\n${LIST}`],
    ["ids for environments with nothing below", `campaignId:\n${LIST}`],
    ["an id that is none", VALID.replace(ID, ID.slice(1))],
    ["an id with more behind it", VALID.replace(ID, `${ID} x`)],
    ["an id with half a quote", VALID.replace(ID, `"${ID}`)],
    ["an audience id that is none", VALID.replace(A, "vip")],
    ["an audience id with two kinds of quotes", VALID.replace(A, `"${A}'`)],
    ["an unknown type", VALID.replace("segment", "list")],
    ["an entry with one key", VALID.replace(", type: segment", "")],
    ["an entry with three keys", VALID.replace(" }", ", a: b }")],
    ["an entry with one key twice", VALID.replace(`type: segment`, `audienceId: ${B}`)],
    ["entries that begin in two columns", `${VALID} - { audienceId: ${B}, type: segment }\n`],
    ["an entry below another key", `campaignId: ${ID}\nowner: a\n${ENTRY}`],
    ["an entry without a dash", `campaignId: ${ID}\ninclude:\n  { audienceId: ${A}, type: segment }\n`],
    ["a second entry that misses its second line", `${VALID}  - audienceId: ${B}\n`],
    ["an entry that misses its second line", `campaignId: ${ID}\ninclude:\n  - audienceId: ${A}\n`],
    ["an entry that misses it before the next key", `include:\n  - audienceId: ${A}\ncampaignId: ${ID}\n`],
    [
      "a second line with the same key",
      `campaignId: ${ID}\ninclude:\n  - audienceId: ${A}\n    audienceId: ${B}\n`,
    ],
    ["a second line too far left", `campaignId: ${ID}\ninclude:\n  - audienceId: ${A}\n   type: segment\n`],
    [
      "a second line too far right",
      `campaignId: ${ID}\ninclude:\n  - audienceId: ${A}\n     type: segment\n`,
    ],
    ["an id where a type belongs", `campaignId: ${ID}\ninclude:\n  - type: ${A}\n    audienceId: ${B}\n`],
    [
      "a type where an id belongs",
      `campaignId: ${ID}\ninclude:\n  - type: segment\n    audienceId: audience\n`,
    ],
    ["a list in brackets", `campaignId: ${ID}\ninclude: [{ audienceId: ${A}, type: segment }]\n`],
    ["a number for a name", `${VALID}name: 2026\n`],
    ...["true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL"].flatMap((word) => [
      [`${word} for a name`, `${VALID}name: ${word}\n`],
      [`${word} for a label's name`, `${VALID}labels: { ${word}: a }\n`],
    ]),
    ["false for a label", `${VALID}labels: { a: false }\n`],
    ["null for the name of a label", `${VALID}labels:\n  null: a\n`],
    ["a name with a colon", `${VALID}name: a: b\n`],
    ["a name with a hash sign", `${VALID}name: a#b\n`],
    ["a name that begins with a sign", `${VALID}name: "a" b\n`],
    ["a name over two lines", `${VALID}name: a\n  b\n`],
    ["a quote that is not closed", `${VALID}name: "a\n`],
    ["an escape in quotes", `${VALID}name: "a\\tb"\n`],
    ["two quotes in quotes", `${VALID}name: 'a''b'\n`],
    ["an alias", `${VALID}name: *a\n`],
    ["empty labels in braces", `${VALID}labels: {}\n`],
    ["a label twice", `${VALID}labels: { a: b, a: c }\n`],
    ["a label twice, below its key", `${VALID}labels:\n  a: b\n  a: c\n`],
    ["a comma too many in labels", `${VALID}labels: { a: b, }\n`],
    ["braces that are not closed", `${VALID}labels: { a: b\n`],
    ["more behind the braces", `${VALID}labels: { a: b } c\n`],
    ["labels in two kinds of brackets", `${VALID}labels: [a: b }\n`],
    ["labels that are no map", `${VALID}labels: [a]\n`],
    ["a label that begins with a digit", `${VALID}labels: { 1a: b }\n`],
    ["a label over two lines", `${VALID}labels:\n  a:\n    b\n`],
    ["a tab", VALID.replace("campaignId: ", "campaignId:\t")],
    ["a tab in a name", `${VALID}name: é\tb\n`],
    ["line ends of Windows", VALID.replaceAll("\n", "\r\n")],
    ["a character that cannot be seen", `${VALID}name: a\u202eb\n`],
    ["a space that is none", `${VALID}name: a\u00a0b\n`],
    ["a line of spaces", `${VALID}   \n`],
    ["a line that is very long", `${VALID}name: a${"b".repeat(500)}\n`],
    ["a second document", `${VALID}---\n`],
    ["a document that ends", `${VALID}...\n`],
    ["a directive", `%YAML 1.2\n---\n${VALID}`],
  ])("%s", (_, text) => {
    expect(readPlainFile(file(text ?? ""))).toBeNull();
  });
});
