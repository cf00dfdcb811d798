import { describe, expect, it, test } from "vitest";
import {
  audienceOf,
  type FoundKeys,
  parseKeys,
  parseValue,
  parseWord,
  parseWords,
} from "../../../src/catalogue/plain-entry.ts";
import { idOf } from "../../support/samples/catalogue.ts";

const [ID, OTHER] = [idOf(1), idOf(2)];

describe("the value of a key in block style", () => {
  test.each([
    ["audienceId", ID, ID],
    ["audienceId", `"${ID}" # who`, ID],
    ["audienceId", `'${ID.toUpperCase()}'  `, ID.toUpperCase()],
    ["type", "segment", "segment"],
    ["type", `"audience" # a list`, "audience"],
    ["previewId", "aud_1", "aud_1"],
    ["previewId", `"${"a".repeat(200)}"`, "a".repeat(200)],
    ["description", "Bought twice, or more # since May", "Bought twice, or more"],
    ["owner", "'crm'", "crm"],
  ] as const)("%s: %s", (key, rest, value) => {
    expect(parseValue(key, rest)).toBe(value);
  });

  test.each([
    ["audienceId", `x${ID}`],
    ["audienceId", `${ID}x`],
    ["audienceId", `"${ID}'`],
    ["audienceId", "true"],
    ["type", "list"],
    ["type", "a segment"],
    ["type", "segments"],
    ["type", `'segment"`],
    ["previewId", "aud/1"],
    ["previewId", `"a b"`],
    ["previewId", `"${"a".repeat(201)}"`],
    ["previewId", `""`],
    ["owner", "null"],
    ["description", "a: b"],
  ] as const)("%s: %s is left to the parser", (key, rest) => {
    expect(parseValue(key, rest)).toBeNull();
  });
});

describe("ids by environment", () => {
  it("are in braces, with or without quotes and blanks", () => {
    const ids = new Map([
      ["eu", ID],
      ["us-2", OTHER],
    ]);
    expect(parseValue("audienceId", `{ eu: ${ID}, us-2: "${OTHER}" } # both`)).toEqual(ids);
    expect(parseValue("audienceId", `{eu:  '${ID}' ,us-2: ${OTHER}}`)).toEqual(ids);
    expect(parseValue("audienceId", `{ ${"e".repeat(100)}: ${ID} }`)).toEqual(
      new Map([["e".repeat(100), ID]]),
    );
  });

  test.each([
    ["one twice", `{ eu: ${ID}, eu: ${OTHER} }`],
    ["a name that is no text", `{ true: ${ID} }`],
    ["a name that is a number", `{ 1: ${ID} }`],
    ["a name that is too long", `{ ${"e".repeat(101)}: ${ID} }`],
    ["none", "{ }"],
    ["a comma at the end", `{ eu: ${ID}, }`],
    ["no brace at the end", `{ eu: ${ID}`],
    ["no brace at the start", ` eu: ${ID} }`],
    ["something behind", `{ eu: ${ID} } x`],
    ["two kinds of quotes", `{ eu: "${ID}' }`],
    ["no blank", `{ eu:${ID} }`],
    ["an id that is none", `{ eu: ${ID}, us: x }`],
  ])("%s is left to the parser", (_, rest) => {
    expect(parseValue("audienceId", rest)).toBeNull();
  });
});

describe("the keys of an audience in braces", () => {
  it("are found in any order, with any quotes", () => {
    expect(
      parseKeys(
        `{ type: 'segment' ,audienceId: ${ID}, owner: "me", description: Bought 2x  or more, previewId: aud_1 } # x`,
      ),
    ).toEqual(
      new Map([
        ["type", "segment"],
        ["audienceId", ID],
        ["owner", "me"],
        ["description", "Bought 2x  or more"],
        ["previewId", "aud_1"],
      ]),
    );
    expect(parseKeys(`{audienceId: "${ID}",  type: audience}`)?.size).toBe(2);
  });

  test.each([
    ["one twice", "{ owner: a, owner: b }"],
    ["another key", "{ owners: a }"],
    ["an id that is none", `{ audienceId: "x${ID}" }`],
    ["an id with more behind it", `{ audienceId: "${ID}x" }`],
    ["a type that is none", "{ type: list }"],
    ["a type in part", "{ type: segments }"],
    ["a preview id that is none", `{ previewId: "a/b" }`],
    ["a preview id with a blank in front", `{ previewId: " a" }`],
    ["a preview id with a blank behind", `{ previewId: "a " }`],
    ["no text", "{ owner: true }"],
    ["a number", "{ owner: 12 }"],
    ["a colon in a text", "{ owner: a:b }"],
    ["a brace in a text", "{ owner: a{b }"],
    ["nothing", "{ owner: }"],
    ["something behind", "{ owner: a } b"],
    ["a comment without a blank", "{ owner: a }#"],
    ["no braces", "owner: a"],
  ])("%s is left to the parser", (_, rest) => {
    expect(parseKeys(rest)).toBeNull();
  });
});

describe("an audience of its keys", () => {
  const keys = (more: FoundKeys = new Map()): FoundKeys =>
    new Map([["audienceId", ID.toUpperCase()], ["type", "segment"], ...more]);
  const nothing = { description: null, owner: null, previewId: null };

  it("has its ids in lower case, and null for what is not there", () => {
    const made = { name: "vip", audienceId: ID, type: "segment", ...nothing, place: [3, 6] };
    expect(audienceOf("vip", [3, 6], keys())).toEqual(made);
    const ids = new Map([["audienceId" as const, new Map([["EU", ID.toUpperCase()]])]]);
    expect(audienceOf("vip", [3, 6], keys(ids))).toEqual({ ...made, audienceId: new Map([["EU", ID]]) });
    const all = new Map([
      ["description" as const, "Best"],
      ["owner" as const, "crm"],
      ["previewId" as const, "aud_1"],
    ]);
    const said = { description: "Best", owner: "crm", previewId: "aud_1" };
    expect(audienceOf("vip", [3, 6], keys(all))).toEqual({ ...made, ...said });
  });

  test.each(["audienceId", "type"] as const)("is none without %s", (key) => {
    const found = keys();
    found.delete(key);
    expect(audienceOf("vip", [3, 6], found)).toBeNull();
  });
});

describe("a member of a group", () => {
  test.each([
    ["vip", "vip", 3],
    ["vip.2_a-b # who", "vip.2_a-b", 9],
    ['"123"', "123", 5],
    ["'true'  ", "true", 6],
    ["a".repeat(64), "a".repeat(64), 64],
  ])("%s", (rest, name, length) => {
    expect(parseWord(rest)).toEqual({ name, length });
  });

  test.each(["123", "true", "Vip", `"vip'`, "a b", "x vip", "vip#", "", "a".repeat(65), `"${ID}"`, ID])(
    "%s is left to the parser",
    (rest) => {
      expect(parseWord(rest)).toBeNull();
    },
  );
});

describe("members in brackets", () => {
  it("have each the place where they begin", () => {
    expect(parseWords("[a, b-2 ,c]")).toEqual([
      { name: "a", offset: 1 },
      { name: "b-2", offset: 4 },
      { name: "c", offset: 9 },
    ]);
    expect(parseWords("[  vip ] # who")).toEqual([{ name: "vip", offset: 3 }]);
  });

  test.each([
    "[]",
    "[ ]",
    "[a, ]",
    "[a b]",
    '["a"]',
    "[a, true]",
    "[a, 1]",
    "[A]",
    "[a] b",
    "[a]#",
    "x [a]",
    "a]",
    "[a",
    "[abcdefab-0000-0000-0000-000000000001]",
    `[a, ${"b".repeat(65)}]`,
  ])("%s is left to the parser", (rest) => {
    expect(parseWords(rest)).toBeNull();
  });
});
