import { describe, expect, it } from "vitest";
import { scanTokens } from "../../../src/yaml/scan-tokens.ts";

/** Maps in maps, each a space further in. The value of the last key counts as one more level, since one may follow. */
const maps = (levels: number) =>
  Array.from({ length: levels }, (_, depth) => `${" ".repeat(depth)}k:\n`).join("");
const lists = (levels: number) => "- ".repeat(levels);
const opened = (levels: number) => "[".repeat(levels);
const tooDeep = (text: string) => scanTokens(text).tooDeep;

describe("nesting", () => {
  it("goes to 40 levels and no further, and says where", () => {
    expect(tooDeep(maps(39))).toBeNull();
    expect(tooDeep(maps(40))).toBe(maps(40).length - ":\n".length);
    expect(tooDeep(lists(40))).toBeNull();
    expect(tooDeep(lists(41))).toBe(lists(40).length);
    expect(tooDeep(opened(40))).toBeNull();
    expect(tooDeep(opened(41))).toBe(40);
    expect(tooDeep(`{"a": `.repeat(41))).not.toBeNull();
  });

  it("counts flow collections on top of the block that holds them", () => {
    expect(tooDeep(`${maps(38)}${" ".repeat(38)}[`)).toBeNull();
    expect(tooDeep(`${maps(38)}${" ".repeat(38)}[[`)).not.toBeNull();
    expect(tooDeep(`- ${opened(39)}`)).toBeNull();
    expect(tooDeep(`- ${opened(40)}`)).toBe(41);
  });

  it("is not made of the keys and lines in one flow collection", () => {
    expect(tooDeep(`{${"a: 1, ".repeat(100)}}`)).toBeNull();
    const steps = Array.from({ length: 60 }, (_, depth) => `${" ".repeat(depth + 1)}x,\n`).join("");
    expect(tooDeep(`[\n${steps}]`)).toBeNull();
  });

  it("is over when a collection ends", () => {
    expect(tooDeep(`[${"[], ".repeat(100)}]`)).toBeNull();
    expect(tooDeep(`[${"{}, ".repeat(100)}]`)).toBeNull();
    expect(tooDeep(`${maps(30)}${maps(30)}`)).toBeNull();
    expect(tooDeep(`${maps(30)}# a comment\n\n${maps(30)}`)).toBeNull();
    expect(tooDeep("k: 1\n".repeat(100))).toBeNull();
    expect(tooDeep("- 1\n".repeat(100))).toBeNull();
    expect(tooDeep(`${lists(30)}\n${lists(30)}`)).toBeNull();
  });

  it("is counted again after an end that had no beginning", () => {
    expect(tooDeep(`${"]".repeat(50)}${opened(41)}`)).toBe(90);
    expect(tooDeep(`${"]".repeat(50)}${opened(40)}`)).toBeNull();
  });

  it("is not taken from the text of a scalar, a comment or a blank", () => {
    const steps = Array.from({ length: 60 }, (_, depth) => `${" ".repeat(depth + 1)}x\n`).join("");
    expect(tooDeep(`k: |\n${steps}`)).toBeNull();
    expect(tooDeep(`k: a\n${steps}`)).toBeNull();
    expect(tooDeep(`k:\n${steps.replaceAll("x", "# x")}`)).toBeNull();
    expect(tooDeep(`k: "${steps}"\n`)).toBeNull();
  });

  it("counts from the last line of what has several", () => {
    const behindText = (depth: number) => `k: "a\n  b"\n${maps(depth)}`;
    expect(tooDeep(behindText(39))).toBeNull();
    expect(tooDeep(behindText(40))).not.toBeNull();
    expect(tooDeep(`? |\n  a\n  b\n: ${lists(37)}`)).toBeNull();
  });
});

describe("quotes", () => {
  it.each([
    [`k: 'x`, [[5, 3]]],
    [`k: "x`, [[5, 3]]],
    [`k: '`, [[4, 3]]],
    [`k: "x'`, [[6, 3]]],
    [`k: 'x'`, []],
    [`k: "x"`, []],
    [`k: ''`, []],
    [`k: x"`, []],
    [`k: x`, []],
  ])("%j: %j", (text, open) => {
    expect([...scanTokens(text).openQuotes]).toEqual(open);
  });
});

describe("tokens", () => {
  it("are whole, and those that no file may hold are told with their place", () => {
    const text = "%TAG ! x\n---\na: &b !c d\ne: *b\n";
    const { lexemes, refused } = scanTokens(text);
    expect(lexemes.filter((lexeme) => text.includes(lexeme)).join("")).toContain("*b");
    expect(refused.map(({ code, span }) => [code, text.slice(...span)])).toEqual([
      ["directive-not-allowed", "%TAG ! x"],
      ["anchor-not-allowed", "&b"],
      ["tag-not-allowed", "!c"],
      ["alias-not-allowed", "*b"],
    ]);
  });

  it("do not take a scalar for what its text begins with", () => {
    expect(scanTokens("k: |\n  &a\n  *b\n").refused).toEqual([]);
    expect(scanTokens(`k: "&a"\nl: a &b *c !d\n`).refused).toEqual([]);
  });
});
