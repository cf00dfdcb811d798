import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../../../src/schema/schema-error.ts";
import { validatorOf } from "../../../src/schema/validator.ts";

/** Place, keyword, parameters and words of each complaint. */
function told(schema: JsonSchema, value: unknown) {
  const validate = validatorOf(schema);
  validate(value);
  return validate.errors.map(({ instancePath, keyword, params, message, propertyName }) => [
    `${instancePath} ${keyword}`,
    params,
    message,
    ...(propertyName === undefined ? [] : [propertyName]),
  ]);
}

const TEXT = { type: "string" };
const noText = (at: string) => [`${at} type`, { type: "string" }, "must be string"];

describe("what a keyword says", () => {
  test.each<[JsonSchema, unknown, readonly unknown[]]>([
    [{ not: TEXT }, "a", [[" not", {}, "must NOT be valid"]]],
    [{ not: TEXT }, 1, []],
    [{ anyOf: [TEXT, { type: "null" }] }, null, []],
    [
      { anyOf: [TEXT, { type: "null" }] },
      1,
      [
        noText(""),
        [" type", { type: "null" }, "must be null"],
        [" anyOf", {}, "must match a schema in anyOf"],
      ],
    ],
    [
      { allOf: [TEXT, { maxLength: 1 }] },
      "ab",
      [[" maxLength", { limit: 1 }, "must NOT have more than 1 characters"]],
    ],
    [{ items: TEXT }, ["a", 1, "b", 2], [noText("/1"), noText("/3")]],
    [{ items: TEXT }, { 0: 1 }, []],
    [
      { required: ["a", "b"] },
      { b: 1 },
      [[" required", { missingProperty: "a" }, "must have required property 'a'"]],
    ],
    [{ required: ["a"] }, ["a"], []],
    [{ properties: { a: TEXT, b: TEXT } }, { a: 1, b: "x", c: 1 }, [noText("/a")]],
    [{ properties: { a: TEXT } }, { a: undefined }, []],
    [{ properties: { length: TEXT } }, ["a"], []],
    [{ properties: { "a/b~c": TEXT } }, { "a/b~c": 1 }, [noText("/a~1b~0c")]],
    [
      { additionalProperties: TEXT, properties: { a: {} } },
      { a: 1, "b/~/~": 2, c: "x" },
      [noText("/b~1~0~1~0")],
    ],
    [
      { additionalProperties: false, properties: { a: {} } },
      { a: 1, b: 2 },
      [[" additionalProperties", { additionalProperty: "b" }, "must NOT have additional properties"]],
    ],
    [{ additionalProperties: false }, [1], []],
    [
      { propertyNames: { maxLength: 1 } },
      { a: 1, bc: 2 },
      [
        [" maxLength", { limit: 1 }, "must NOT have more than 1 characters", "bc"],
        [" propertyNames", { propertyName: "bc" }, "property name must be valid"],
      ],
    ],
    [{ propertyNames: { maxLength: 0 } }, ["a"], []],
  ])("%j of %j", (schema, value, complaints) => {
    expect(told(schema, value)).toEqual(complaints);
  });
});

describe("a condition", () => {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  const oneSided = { if: TEXT, then: { maxLength: 1 } };
  const schema = { ...oneSided, else: { maximum: 1 } };
  test.each<[JsonSchema, unknown, readonly unknown[]]>([
    [schema, "a", []],
    [schema, 1, []],
    [
      schema,
      "ab",
      [
        [" maxLength", { limit: 1 }, "must NOT have more than 1 characters"],
        [" if", { failingKeyword: "then" }, 'must match "then" schema'],
      ],
    ],
    [
      schema,
      2,
      [
        [" maximum", { comparison: "<=", limit: 1 }, "must be <= 1"],
        [" if", { failingKeyword: "else" }, 'must match "else" schema'],
      ],
    ],
    [oneSided, 2, []],
    [{ if: TEXT, else: { maximum: 1 } }, "ab", []],
  ])("%j of %j", (condition, value, complaints) => {
    expect(told(condition, value)).toEqual(complaints);
  });

  test("is not to blame for what else is wrong", () => {
    expect(told({ properties: { a: TEXT, b: schema } }, { a: 1, b: "x" })).toEqual([noText("/a")]);
  });
});

describe("what is there twice", () => {
  const twice = (j: number, i: number) => [
    [" uniqueItems", { i, j }, `must NOT have duplicate items (items ## ${j} and ${i} are identical)`],
  ];
  test.each<[unknown, readonly unknown[]]>([
    [[], []],
    [[1, 2, 1], twice(0, 2)],
    [["a", "b", "b"], twice(1, 2)],
    [[1, 1, 2, 2], twice(2, 3)],
    [[1, 1, 1], twice(1, 2)],
    [[null, null], twice(0, 1)],
    [
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      twice(0, 1),
    ],
    [[{ a: [1] }, { a: [1] }], twice(0, 1)],
    [[[1], [1]], twice(0, 1)],
    [[1, "1"], []],
    [[{ a: 1 }, { a: 2 }], []],
    [[{ a: { b: 1 } }, { a: { b: 2 } }], []],
    [[[1, 2], [2, 1], [1]], []],
    [[null, "null", false, 0, ""], []],
    ["aa", []],
  ])("in %j", (value, complaints) => {
    expect(told({ uniqueItems: true }, value)).toEqual(complaints);
  });
});

describe("the order of complaints", () => {
  test.each<[JsonSchema, unknown, readonly string[]]>([
    [{ maxLength: 1, type: "string", pattern: "x", enum: ["x"] }, "ab", [" maxLength", " pattern", " enum"]],
    [{ type: "array", enum: [1], items: TEXT }, 2, [" enum", " type"]],
    [{ type: "array", enum: [1] }, 2, [" type", " enum"]],
    [{ type: "object", enum: [1], required: ["a"] }, 2, [" enum", " type"]],
    [{ type: "object", enum: [1] }, 2, [" type", " enum"]],
    [{ type: "object", enum: [1], items: TEXT }, 2, [" type", " enum"]],
    [{ type: "string", enum: ["1"], items: TEXT, required: ["a"] }, 2, [" type", " enum"]],
    [
      { uniqueItems: true, items: TEXT, minItems: 4, maxItems: 1 },
      [1, 1],
      [" maxItems", " minItems", "/0 type", "/1 type", " uniqueItems"],
    ],
    [
      {
        properties: { a: TEXT },
        additionalProperties: false,
        propertyNames: { maxLength: 1 },
        required: ["c"],
        minProperties: 3,
      },
      { a: 1, bc: 2 },
      [" minProperties", " required", " maxLength", " propertyNames", " additionalProperties", "/a type"],
    ],
  ])("of %j for %j", (schema, value, order) => {
    expect(told(schema, value).map(([first]) => first)).toEqual(order);
  });
});
