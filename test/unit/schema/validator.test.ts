import { describe, expect, test } from "vitest";
import { validatorOf } from "../../../src/schema/validator.ts";

/** That each keyword means what the standard says is a law of its own; see test/laws/schema.test.ts. */
describe("validatorOf", () => {
  test("tells everything that does not fit, with its place", () => {
    const validate = validatorOf({
      type: "object",
      required: ["name"],
      additionalProperties: false,
      properties: {
        name: { type: "string" },
        sizes: { type: "array", items: { type: "integer", minimum: 0 } },
      },
    });
    expect(validate({ sizes: [1, -2, "3"], "a/b": 1 })).toBe(false);
    expect(validate.errors.map(({ instancePath, message }) => `${instancePath}: ${message}`)).toEqual([
      ": must have required property 'name'",
      ": must NOT have additional properties",
      "/sizes/1: must be >= 0",
      "/sizes/2: must be integer",
    ]);
  });

  test("forgets what it said of the data before", () => {
    const validate = validatorOf({ type: "null" });
    validate(1);
    expect(validate(null)).toBe(true);
    expect(validate.errors).toEqual([]);
  });

  test("follows definitions that name themselves", () => {
    const validate = validatorOf({
      $ref: "#/$defs/tree",
      $defs: { tree: { type: "array", items: { $ref: "#/$defs/tree" } } },
    });
    expect(validate([[], [[]]])).toBe(true);
    expect(validate([[], [[1]]])).toBe(false);
  });

  test("finds what is twice in a long list without comparing all with all", () => {
    const validate = validatorOf({ type: "array", uniqueItems: true });
    const long = Array.from({ length: 40_000 }, (_, index) => ({ audienceId: `${index}`, type: "segment" }));
    const startedAt = performance.now();
    expect(validate(long)).toBe(true);
    expect(validate([...long, { type: "segment", audienceId: "7" }])).toBe(false);
    expect(validate.errors[0]?.params).toEqual({ i: 40_000, j: 7 });
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test.each([
    [{ oneOf: [{ type: "null" }] }, "The schema has a keyword that is not known here: oneOf."],
    [{ properties: { a: { format: "email" } } }, "The schema has a format that is not known here: email."],
    [{ properties: { a: { $ref: "#/$defs/b" } } }, "The schema has no #/$defs/b."],
  ])("does not pass over what it cannot check: %j", (schema, message) => {
    expect(() => validatorOf(schema)({})).toThrow(message);
  });
});
