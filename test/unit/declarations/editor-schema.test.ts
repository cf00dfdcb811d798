import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { noCatalogue } from "../../../src/catalogue/catalogue.ts";
import { editorSchema } from "../../../src/declarations/editor-schema.ts";
import { catalogueOf, entry, idOf } from "../../support/samples/catalogue.ts";
import { CAMPAIGN } from "../../support/samples/declarations.ts";

const CATALOGUE = catalogueOf(
  `audiences:\n${entry("vip", 1, ", description: V.I.P. customers, owner: crm")}  gone: { audienceId: ${idOf(2)}, type: audience, description: Left. }\n${entry("plain", 3)}groups:\n  all: [vip, gone]\n`,
);

const validatorOf = (schema: object) => new Ajv2020({ allowUnionTypes: true }).compile(schema);
const campaign = (...include: readonly unknown[]) => ({ campaignId: CAMPAIGN, include });

/** Each object of a schema, itself too. */
function* partsOf(part: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof part !== "object" || part === null) return;
  yield part as Readonly<Record<string, unknown>>;
  for (const child of Object.values(part)) yield* partsOf(child);
}

describe("the schema of a project's campaign files", () => {
  test("takes the catalogue's names and ids, and no other name", () => {
    const validate = validatorOf(editorSchema(CATALOGUE, []));
    expect(validate(campaign("vip", "all", { audienceId: idOf(9), type: "segment" }))).toBe(true);
    expect(validate(campaign("vpi"))).toBe(false);
    expect(validate(campaign({ audienceId: "x", type: "segment" }))).toBe(false);
  });

  test("explains each name: who that is, who answers for it, who is in a group", () => {
    const { $defs } = editorSchema(CATALOGUE, []) as { $defs: { audience: { anyOf: readonly object[] } } };
    expect($defs.audience.anyOf.slice(1)).toEqual([
      {
        const: "vip",
        title: "vip",
        description: "V.I.P. customers. A segment of the catalogue. Owner: crm.",
      },
      { const: "gone", title: "gone", description: "Left. An audience of the catalogue." },
      { const: "plain", title: "plain", description: "A segment of the catalogue." },
      { const: "all", title: "all", description: "A group of 2 names: vip, gone." },
    ]);
  });

  test("knows the project's environments, where it lists some", () => {
    const byEnvironment = { ...campaign("vip"), campaignId: { staging: CAMPAIGN } };
    expect(validatorOf(editorSchema(CATALOGUE, []))(byEnvironment)).toBe(true);
    expect(validatorOf(editorSchema(CATALOGUE, ["staging"]))(byEnvironment)).toBe(true);
    expect(validatorOf(editorSchema(CATALOGUE, ["production"]))(byEnvironment)).toBe(false);
  });

  test("has an id of its own, and gives no example that it does not take", () => {
    const schema = editorSchema(CATALOGUE, ["staging", "production"]);
    expect(schema.$id).toMatch(/^urn:campaignctl:schema:campaign-of-project:\d+$/);
    const examples = [...partsOf(schema)].flatMap((part) =>
      (Array.isArray(part.examples) ? part.examples : []).map((example) => ({ part, example })),
    );
    expect(examples.length).toBeGreaterThan(5);
    expect(schema).toMatchObject({
      $defs: { audience: { anyOf: [{ examples: [{ audienceId: expect.any(String) }] }, {}, {}, {}, {}] } },
    });
    for (const { part, example } of examples) {
      const { $id: _, ...alone }: Record<string, unknown> = { ...part, $defs: schema.$defs };
      expect([example, validatorOf(alone)(example)]).toEqual([example, true]);
    }
  });

  test("of a project without a catalogue takes ids alone", () => {
    const validate = validatorOf(editorSchema(noCatalogue("audiences.yaml"), []));
    expect(validate(campaign({ audienceId: idOf(9), type: "segment" }))).toBe(true);
    expect(validate(campaign("vip"))).toBe(false);
  });
});
