import { describe, expect, it } from "vitest";
import { validatorOf } from "../../../src/schema/validator.ts";
import { checkShape } from "../../../src/yaml/check-shape.ts";
import type { Shape } from "../../../src/yaml/shape.ts";
import { readDocument } from "../../../src/yaml/yaml-document.ts";
import { file, place } from "../../support/samples/declarations.ts";

/** A kind of file that has words for some of its places only. */
const SHAPE: Shape = {
  validate: validatorOf({
    type: "object",
    required: ["size"],
    properties: {
      size: { type: "number", maximum: 3 },
      bare: { type: "object", additionalProperties: false, required: ["key"] },
      "a/b~c": { type: "array", maxItems: 4, items: { enum: [1, "two"] } },
      other: {
        type: "object",
        additionalProperties: false,
        required: ["deep", "far"],
        properties: { deep: { type: "string", pattern: "^a", maxLength: 2 }, far: {} },
      },
      named: { type: "object", propertyNames: { maxLength: 2 } },
    },
    if: { required: ["extra"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { extra: { type: "boolean" } } },
  }),
  name: "box",
  expected: {
    "": "a map",
    size: "a number up to 3",
    other: "a map",
    "other/deep": "text",
    "other/far": "far",
  },
  ids: [],
};

function check(text: string) {
  const found = checkShape(readDocument(file("a.yaml", text)), SHAPE);
  return { told: found.map(place), details: found.map(({ detail }) => detail) };
}

describe("checkShape", () => {
  it("has nothing to say about what fits, or about what is no document", () => {
    expect(check("size: 3\n").told).toEqual([]);
    expect(check("size: [\n").told).toEqual([]);
  });

  it("finds its way through names with slashes and tildes", () => {
    expect(check("size: 1\na/b~c: [1, two, twoo, [3]]\n")).toEqual({
      told: ["invalid-value 2:17", "invalid-value 2:23"],
      details: [
        'Entry 3 of "a/b~c" must be as the schema says, but it is "twoo". Did you mean "two"?',
        'Entry 4 of "a/b~c" must be as the schema says, but it is a list. Write 1 or two.',
      ],
    });
  });

  it("speaks of places without words of their own", () => {
    expect(check("size: 1\nbare: { x: 1 }\n")).toEqual({
      told: ["missing-key 2:7", "unknown-key 2:9"],
      details: [
        'The key "key" is missing in "bare". Add it: it must be there.',
        'There is no key "x" here. Delete it.',
      ],
    });
  });

  it("tells a number that is out of bounds, or no number", () => {
    expect(check("size: 4\n").details).toEqual([
      '"size" must be a number up to 3, but it is 4. Write it in that form.',
    ]);
    expect(check("size: x\n").details).toEqual([
      '"size" must be a number up to 3, but it is the text "x". Write it in that form.',
    ]);
    expect(check("size: .inf\n").told).toEqual(["wrong-type 1:7"]);
  });

  it("tells what a condition asks for once", () => {
    expect(check("size: 1\nextra: 2\n").told).toEqual(["wrong-type 2:8"]);
  });

  it("adds nothing where something is told already", () => {
    expect(check("size: *x\n").told).toEqual([]);
    expect(check('size: "\\0"\n').told).toEqual([]);
  });

  it.each([
    [
      "a misspelt key is one mistake, not a missing one as well",
      "other: { depe: ab, far: 1 }",
      ["unknown-key 2:10"],
    ],
    [
      "an unknown key that is like no other leaves the missing one missing",
      "other: { budget: ab, far: 1 }",
      ["missing-key 2:8", "unknown-key 2:10"],
    ],
    [
      "a misspelt key somewhere else does so too",
      "bare: { key: 1, depe: ab }\nother: { far: 1 }",
      ["unknown-key 2:9", "unknown-key 2:17", "missing-key 3:8"],
    ],
    ["each missing key is told", "other: {}", ["missing-key 2:8", "missing-key 2:8"]],
    [
      "an unknown key is told where keys are missing",
      "other:\n  x: 1",
      ["missing-key 3:3", "missing-key 3:3", "unknown-key 3:3"],
    ],
    [
      "of two complaints about one value the first is told",
      "other: { deep: bcd, far: 1 }",
      ["invalid-value 2:16"],
    ],
    [
      "a missing key is told where YAML has a mistake as well",
      "other:\n  1: x\n  far: 1",
      ["missing-key 3:3"],
    ],
    ["another mistake on the line hides none", "other: { 1: x, deep: b, far: 1 }", ["invalid-value 2:22"]],
    ["a hidden character on the line hides all", 'other: { "\\0": x, deep: b, far: 1 }', []],
    ["a name is complained of once", "named: { ok: 1, abc: 2 }", ["invalid-value 2:17"]],
    ["a list is told as too long", "a/b~c: [1, 1, 1, 1, 1, 1]", ["too-many-entries 2:8"]],
  ])("%s", (_, text, expected) => {
    expect(check(`size: 1\n${text}\n`).told).toEqual(expected);
  });

  it("says how many entries are too many, what a name may be, and what a text that is like none must be", () => {
    expect(check("size: 1\na/b~c: [1, 1, 1, 1, 1, 1]\nnamed: { abc: 1 }\n").details).toEqual([
      '"a/b~c" must be as the schema says, but it has 6 entries. Take out 2.',
      '"abc" cannot be used as a name here. Use at most 100 letters and digits, with - . _ / or spaces between them.',
    ]);
    expect(check("size: 1\na/b~c: [budget]\n").details).toEqual([
      'Entry 1 of "a/b~c" must be as the schema says, but it is "budget". Write 1 or two.',
    ]);
  });
});
