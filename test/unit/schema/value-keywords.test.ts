import { expect, test } from "vitest";
import type { JsonSchema } from "../../../src/schema/schema-error.ts";
import { validatorOf } from "../../../src/schema/validator.ts";

/** What is said of a value, in the words of Ajv. */
function complaints(schema: JsonSchema, value: unknown) {
  const validate = validatorOf(schema);
  validate(value);
  return validate.errors;
}

const bounds = (word: string, limit: number, what: string) => `must NOT have ${word} than ${limit} ${what}`;

test.each<[JsonSchema, readonly unknown[], unknown, string, string, object]>([
  [{ maximum: 3 }, [3, -1, "9"], 4, "maximum", "must be <= 3", { comparison: "<=", limit: 3 }],
  [{ minimum: 3 }, [3, 9, "1"], 2, "minimum", "must be >= 3", { comparison: ">=", limit: 3 }],
  [{ maxLength: 2 }, ["ab", "😀😀", 123], "abc", "maxLength", bounds("more", 2, "characters"), { limit: 2 }],
  [{ minLength: 2 }, ["ab", "abc", 1], "😀", "minLength", bounds("fewer", 2, "characters"), { limit: 2 }],
  [{ pattern: "^.$" }, ["a", "😀", 12], "ab", "pattern", 'must match pattern "^.$"', { pattern: "^.$" }],
  [{ format: "uri" }, ["urn:a", 1], "a", "format", 'must match format "uri"', { format: "uri" }],
  [
    { const: { a: 1 } },
    [{ a: 1 }],
    { a: 2 },
    "const",
    "must be equal to constant",
    { allowedValue: { a: 1 } },
  ],
  [
    { enum: [1, "two"] },
    [1, "two"],
    "1",
    "enum",
    "must be equal to one of the allowed values",
    { allowedValues: [1, "two"] },
  ],
  [{ maxItems: 1 }, [[], [1], "ab"], [1, 2], "maxItems", bounds("more", 1, "items"), { limit: 1 }],
  [{ minItems: 1 }, [[1], [1, 2], ""], [], "minItems", bounds("fewer", 1, "items"), { limit: 1 }],
  [
    { minProperties: 1 },
    [{ a: 1 }, { a: 1, b: 2 }, [], null, "", 0],
    {},
    "minProperties",
    bounds("fewer", 1, "properties"),
    { limit: 1 },
  ],
])("%j lets %j pass, and not %j", (schema, fitting, other, keyword, message, params) => {
  for (const value of fitting) expect(complaints(schema, value)).toEqual([]);
  expect(complaints(schema, other)).toEqual([{ instancePath: "", keyword, params, message }]);
});

const VALUES = [null, true, 1, 1.5, Number.NaN, "a", [], {}];
test.each([
  ["null", [null]],
  ["boolean", [true]],
  ["integer", [1]],
  ["number", [1, 1.5]],
  ["string", ["a"]],
  ["array", [[]]],
  ["object", [{}]],
])("%s is the type of nothing but %j", (type, those) => {
  expect(VALUES.filter((value) => complaints({ type }, value).length === 0)).toEqual(those);
  const [wrong] = complaints({ type }, type === "string" ? 1 : "a");
  expect(wrong).toEqual({ instancePath: "", keyword: "type", params: { type }, message: `must be ${type}` });
});

test("of several types each will do", () => {
  const type = ["null", "string"];
  expect(VALUES.filter((value) => complaints({ type }, value).length === 0)).toEqual([null, "a"]);
  const message = "must be null,string";
  expect(complaints({ type }, 1)).toEqual([{ instancePath: "", keyword: "type", params: { type }, message }]);
});

test.each<[unknown, readonly unknown[], readonly unknown[]]>([
  [
    { a: 1, b: [2] },
    [{ b: [2], a: 1 }],
    [{ a: 1 }, { a: 1, b: [2], c: 3 }, { a: 1, c: [2] }, { a: 1, b: [3] }],
  ],
  [[1, 2], [[1, 2]], [[2, 1], [1], [1, 2, 3], { 0: 1, 1: 2, length: 2 }, "1,2", null]],
  [null, [null], [{}, [], 0, "null", undefined]],
  [{}, [{}], [null, [], "", 0, { a: 1 }]],
  // A key that all objects inherit is not there for that.
  [{ toString: 1 }, [{ toString: 1 }], [{ valueOf: 1 }]],
  ["a", ["a"], ["b", ["a"]]],
])("%j is the same as %j, and as none of %j", (one, same, others) => {
  const fits = (value: unknown) => complaints({ const: one }, value).length === 0;
  expect(same.map(fits)).toEqual(same.map(() => true));
  expect(others.map(fits)).toEqual(others.map(() => false));
});
