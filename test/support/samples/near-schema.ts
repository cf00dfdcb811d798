import fc from "fast-check";
import type { JsonSchema } from "../../../src/schema/schema-error.ts";

const TIMES =
  "2026-11-23 2026-11-23T10:00:00.000Z 2026-02-29T10:00:00Z 2024-02-29t10:00:00z 2026-11-23T10:00:00 2026-11-23T24:00:00Z " +
  "2026-12-31T23:59:60Z 2026-12-31T22:59:60Z 2027-01-01T00:59:60+01:00 2026-13-01T10:00:00Z 2026-11-23T10:00:00+24:00";
const WORDS = fc.constantFrom(
  ...`a draft update __proto__ a/b~c 30% 1.0 sha256:0 crm 4130bada-9264-465f-bc0c-a26bebcfcc81 ${TIMES}`.split(
    " ",
  ),
  ...["", "http://a b", "https://api.example.com/v1", "http://[::1]/", "mailto:a@b", "http:", "😀".repeat(3)],
  "x".repeat(400),
);
const NUMBERS = fc.constantFrom(-1, 0, 0.5, 1, 2, 3, 26, 1e9);
const ANYTHING = fc.oneof(
  fc.constantFrom(null, true, false, [], {}),
  NUMBERS,
  WORDS,
  fc.array(WORDS, { maxLength: 2 }),
  fc.dictionary(WORDS, NUMBERS, { maxKeys: 2 }),
);

/** Documents that fit a schema more or less: all keys of the right kind, or some missing and anything at some places. */
export function nearSchema(root: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof(documentOf(root, 0), documentOf(root, 1));
}

/** With slips at one place of twenty, or with none but those that come of combinations. */
function documentOf(root: JsonSchema, slips: number): fc.Arbitrary<unknown> {
  const of = (schema: JsonSchema, depth: number): fc.Arbitrary<unknown> => {
    if (depth > 12) return ANYTHING;
    const choices = choicesOf(schema, root, slips, (inner) => of(inner, depth + 1));
    if (choices.length === 0) return ANYTHING;
    return fc.oneof({ arbitrary: fc.oneof(...choices), weight: 19 }, { arbitrary: ANYTHING, weight: slips });
  };
  return of(root, 0);
}

function choicesOf(
  schema: JsonSchema,
  root: JsonSchema,
  slips: number,
  of: (schema: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown>[] {
  const definitions = (root.$defs ?? {}) as Record<string, JsonSchema>;
  const named = definitions[String(schema.$ref).replace("#/$defs/", "")];
  const parts = [named, schema.anyOf, schema.allOf, schema.then].flat().filter((part) => part !== undefined);
  const others = parts as JsonSchema[];
  const values = [...((schema.enum ?? []) as unknown[]), ...("const" in schema ? [schema.const] : [])];
  return [
    ...others.map(of),
    ...(values.length > 0 ? [fc.constantFrom(...values)] : []),
    ...[schema.type].flat().flatMap((type) => ofType(type, schema, slips, of)),
  ];
}

function ofType(
  type: unknown,
  schema: JsonSchema,
  slips: number,
  of: (schema: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown>[] {
  switch (type) {
    case "string":
      return [fc.constantFrom(...((schema.examples ?? ["x"]) as unknown[])), ...(slips === 0 ? [] : [WORDS])];
    case "integer":
    case "number":
      return [NUMBERS];
    case "boolean":
      return [fc.boolean()];
    case "null":
      return [fc.constant(null)];
    case "array":
      return [fc.array(of((schema.items ?? {}) as JsonSchema), { maxLength: 3 })];
    case "object":
      return [mapNear(schema, slips, of)];
    default:
      return [];
  }
}

function mapNear(
  schema: JsonSchema,
  slips: number,
  of: (schema: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const known = fc.record(Object.fromEntries(properties.map(([key, each]) => [key, of(each)])), {
    requiredKeys: slips === 0 ? ((schema.required as string[] | undefined) ?? []) : [],
  });
  const rest = schema.additionalProperties;
  const free = fc.dictionary(
    WORDS,
    typeof rest === "object" && rest !== null ? of(rest as JsonSchema) : ANYTHING,
    {
      maxKeys: typeof rest === "object" ? 3 : 1,
    },
  );
  return fc
    .tuple(known, fc.oneof({ arbitrary: fc.constant({}), weight: 3 }, { arbitrary: free, weight: slips }))
    .map(([one, other]) => ({
      ...other,
      ...one,
    }));
}
