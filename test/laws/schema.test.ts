import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonSchema, SchemaError } from "../../src/schema/schema-error.ts";
import type { Validator } from "../../src/schema/validator.ts";
import { ROOT } from "../support/program/cli.ts";
import { nearSchema } from "../support/samples/near-schema.ts";

const NAMES = readdirSync(join(ROOT, "schemas")).map((file) => file.replace(".schema.json", ""));
const schemaOf = (name: string): JsonSchema =>
  JSON.parse(readFileSync(join(ROOT, `schemas/${name}.schema.json`), "utf8"));

/** What an independent reader of JSON Schema says of the schema as it is shipped. Strict: it refuses a doubtful schema. */
function othersComplaints(schema: JsonSchema): (value: unknown) => readonly SchemaError[] {
  const ajv = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(({ schemaPath: _, message = "", ...error }) => ({
      ...error,
      message,
    }));
  };
}

describe.each(NAMES)("schemas/%s.schema.json", (name) => {
  test("fits, and complains, exactly as the standard has it", async () => {
    const { default: validate } = (await import(`../../src/generated/validate-${name}.js`)) as {
      readonly default: Validator;
    };
    const schema = schemaOf(name);
    const others = othersComplaints(schema);
    fc.assert(
      fc.property(nearSchema(schema), (value) => {
        const fits = validate(value);
        expect(validate.errors).toEqual(others(value));
        expect(fits).toBe(validate.errors.length === 0);
      }),
    );
  });
});
