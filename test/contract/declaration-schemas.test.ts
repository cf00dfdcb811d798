import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CATALOGUE_SHAPE } from "../../src/catalogue/catalogue-shape.ts";
import { CAMPAIGN_SHAPE } from "../../src/declarations/campaign-shape.ts";
import { PROJECT_SHAPE } from "../../src/declarations/project.ts";
import { knownKeys, type Shape } from "../../src/yaml/shape.ts";

type Schema = {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly $defs?: Readonly<Record<string, Schema>>;
};

function schemaOf(name: string): Schema {
  return JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8"));
}

/** Every place of a schema as `expected` writes it, with what stands there. */
function* places(root: Schema, schema: Schema, place: string): Iterable<readonly [string, Schema]> {
  const own =
    schema.$ref === undefined ? schema : (root.$defs?.[schema.$ref.split("/").at(-1) ?? ""] ?? schema);
  yield [place, own];
  const below = (step: string) => (place === "" ? step : `${place}/${step}`);
  for (const [key, child] of Object.entries(own.properties ?? {})) yield* places(root, child, below(key));
  if (own.items !== undefined) yield* places(root, own.items, below("*"));
  if (typeof own.additionalProperties === "object") yield* places(root, own.additionalProperties, below("*"));
}

describe.each<[string, Shape]>([
  ["campaign", CAMPAIGN_SHAPE],
  ["project", PROJECT_SHAPE],
  ["audiences", CATALOGUE_SHAPE],
])("the %s schema", (name, shape) => {
  const schema = schemaOf(name);

  it("has exactly the places that the messages have words for", () => {
    const found = [...places(schema, schema, "")].map(([place]) => place);
    expect(Object.keys(shape.expected).sort()).toEqual(found.sort());
  });

  it("explains every place to an editor, with examples", () => {
    for (const [place, { title, description, examples }] of places(schema, schema, "")) {
      expect([place, title, description, examples?.length]).not.toContain(undefined);
    }
  });

  it("accepts its own examples", () => {
    for (const example of schema.examples ?? []) expect(shape.validate(example)).toBe(true);
    expect(schema.examples).not.toHaveLength(0);
  });

  it("knows the keys of each map", () => {
    for (const [place, { properties }] of places(schema, schema, "")) {
      expect([place, [...knownKeys(shape, place)].sort()]).toEqual([
        place,
        Object.keys(properties ?? {}).sort(),
      ]);
    }
  });
});
