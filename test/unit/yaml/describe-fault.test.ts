import { describe, expect, it } from "vitest";
import {
  AUDIENCE,
  CAMPAIGN,
  details,
  INCLUDE,
  OTHER,
  told,
  VALID,
} from "../../support/samples/declarations.ts";

const A_MAP = "must be a map with the keys campaignId and include, but it is";
const AN_ID = "must be a UUID (8-4-4-4-12 hexadecimal digits), or a map from environment names to UUIDs";

describe("a message says what is wrong and what to do", () => {
  it.each([
    [
      "a text",
      `${VALID}name: true\n`,
      'YAML reads true as a true-or-false value, and "name" must be text. If this is the text that is meant, quote it: "true".',
    ],
    [
      "a text in a map",
      `${VALID}labels: { 2v: 1.50 }\n`,
      'YAML reads 1.50 as a number, and "2v" of "labels" must be text. If this is the text that is meant, quote it: "1.50".',
    ],
    [
      "a key that ends in a digit",
      `${VALID}labels: { v2: 1 }\n`,
      'YAML reads 1 as a number, and "v2" of "labels" must be text. If this is the text that is meant, quote it: "1".',
    ],
    [
      "no value",
      `${VALID}name:\n`,
      '"name" must be text, but it is empty. Fill it in, or delete the key if it is not needed.',
    ],
    [
      "an empty map",
      `${VALID}name: {}\n`,
      '"name" must be text, but it is an empty map. Write it in that form.',
    ],
    ["a map", `${VALID}name: { a: b }\n`, '"name" must be text, but it is a map. Write it in that form.'],
    [
      "an empty list",
      `${VALID}name: []\n`,
      '"name" must be text, but it is an empty list. Write it in that form.',
    ],
    ["a list", `${VALID}name: [a]\n`, '"name" must be text, but it is a list. Write it in that form.'],
    [
      "labels that are no map",
      `${VALID}labels: x\n`,
      '"labels" must be a map of text to text, but it is the text "x". Write it in that form.',
    ],
    [
      "an unknown type",
      `${VALID}exclude: [{ audienceId: ${OTHER}, type: list }]\n`,
      '"type" of entry 1 of "exclude" must be audience or segment, but it is "list". Write audience or segment.',
    ],
    ["a file of one word", "true\n", `The file ${A_MAP} a true-or-false value. Write it in that form.`],
    ["a file that is a list", "- a\n", `The file ${A_MAP} a list. Write it in that form.`],
    [
      "an entry without its id",
      `campaignId: ${CAMPAIGN}\ninclude:\n  - { type: segment }\n`,
      'The key "audienceId" is missing in entry 1 of "include". Add it: it must be a UUID (8-4-4-4-12 hexadecimal digits).',
    ],
    [
      "a name that is none",
      `campaignId: { "": ${CAMPAIGN} }\n${INCLUDE}`,
      '"" cannot be used as a name here. Use at most 100 letters and digits, with - . _ / or spaces between them.',
    ],
    [
      "letters from elsewhere",
      `${VALID}"\\u0430\\u0435\\u043e\\u0440x": 1\n`,
      'There is no key "аеорx" here (it holds U+0430, U+0435, U+043E, which can look like something else). Known keys: campaignId, name, owner, labels, include, exclude.',
    ],
  ])("%s", (_, text, detail) => {
    expect(details(text)).toBe(detail);
  });

  it("names both keys that a file without any lacks, and never takes that for no audience", () => {
    expect(details("{}\n")).toBe(
      'The key "campaignId" is missing in this campaign file. Add it: it must be a UUID (8-4-4-4-12 hexadecimal digits), or a map from environment names to UUIDs.\n' +
        'The key "include" is missing in this campaign file. A campaign needs at least one included audience, and this is never read as "remove all audiences". Write a list of 1 to 25 audiences, each a name of the catalogue or a map such as { audienceId: "a1b2c3d4-0000-0000-0000-000000000001", type: segment }.',
    );
  });

  it("counts entries as people do, from 1, also beyond 9", () => {
    const entry = (index: number, type: string) =>
      `  - { audienceId: ${AUDIENCE.slice(0, -2)}${index + 10}, type: ${type} }\n`;
    const list = Array.from({ length: 11 }, (_, index) => entry(index, index === 10 ? "list" : "segment"));
    const text = `campaignId: ${CAMPAIGN}\ninclude:\n${list.join("")}`;
    expect(told(text)).toEqual(["invalid-value 13:63"]);
    expect(details(text)).toBe(
      '"type" of entry 11 of "include" must be audience or segment, but it is "list". Write audience or segment.',
    );
  });

  it("shows at most 60 characters of what is in the file", () => {
    const shownId = (id: string) =>
      /but it is (.*)\. Copy/.exec(details(`campaignId: ${id}\n${INCLUDE}`))?.[1];
    expect(shownId("x".repeat(60))).toBe(`"${"x".repeat(60)}"`);
    expect(shownId("x".repeat(61))).toBe(`"${"x".repeat(60)}…"`);
  });

  it.each([
    [
      "at most 3 odd letters, each once",
      `${VALID}аабвг: 1\n`,
      'There is no key "аабвг" here (it holds U+0430, U+0431, U+0432, which can look like something else). Known keys: campaignId, name, owner, labels, include, exclude.',
    ],
    [
      "an emoji as one letter",
      `${VALID}"😀": 1\n`,
      'There is no key "😀" here (it holds U+1F600, which can look like something else). Known keys: campaignId, name, owner, labels, include, exclude.',
    ],
    [
      "a misspelt key",
      `${VALID}ownr: x\n`,
      'There is no key "ownr" here. Did you mean "owner"? Known keys: campaignId, name, owner, labels, include, exclude.',
    ],
    [
      "the word null in a list of names",
      `campaignId: ${CAMPAIGN}\ninclude: [Null]\n`,
      'YAML reads Null as nothing, and entry 1 of "include" must be a name of the catalogue or a map such as { audienceId: "a1b2c3d4-0000-0000-0000-000000000001", type: segment }. If this is the text that is meant, quote it: "Null".',
    ],
    [
      "a sign for nothing as no word",
      `${VALID}name: ~\n`,
      '"name" must be text, but it is empty. Fill it in, or delete the key if it is not needed.',
    ],
    [
      "a misspelt type",
      `${VALID}exclude: [{ audienceId: ${OTHER}, type: segmnt }]\n`,
      '"type" of entry 1 of "exclude" must be audience or segment, but it is "segmnt". Did you mean "segment"?',
    ],
    ...["$\u007bX}", "$(X)", "<X>"].map((id): [string, string, string] => [
      `the placeholder ${id}`,
      `campaignId: "${id}"\n${INCLUDE}`,
      `"campaignId" ${AN_ID}, but it is "${id}". This is a placeholder that was not filled in. Write the id in its place.`,
    ]),
    ...["‘x’", "“x”", "«x»", "‟x"].map((id): [string, string, string] => [
      `typographic quotes ${id}`,
      `campaignId: ${id}\n${INCLUDE}`,
      `"campaignId" ${AN_ID}, but it is "${id}". Typographic quotes are no quotes in YAML. Delete them, or type straight ones.`,
    ]),
    ...["x", "$x", "<1>"].map((id): [string, string, string] => [
      `another id ${id}`,
      `campaignId: ${id}\n${INCLUDE}`,
      `"campaignId" ${AN_ID}, but it is "${id}". Copy the id without braces, spaces or prefix, and put it in quotes.`,
    ]),
  ])("tells of %s", (_, text, detail) => {
    expect(details(text)).toBe(detail);
  });

  it.each([
    ["name: 1", "quote-needed 4:7"],
    ["name: [a]", "wrong-type 4:7"],
    ["labels: { a: null }", "quote-needed 4:14"],
    ["labels: { a: }", "wrong-type 4:14"],
    ["exclude: [{ audienceId: x, type: segment }]", "invalid-id 4:25"],
    [`exclude: [{ audienceId: ${OTHER}, type: x }]`, "invalid-value 4:69"],
    ["exclude: [{ type: segment }]", "missing-key 4:11"],
  ])("has a code of its own: %s", (line, expected) => {
    expect(told(`${VALID}${line}\n`)).toEqual([expected]);
  });
});
