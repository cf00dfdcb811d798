import type { Catalogue } from "../catalogue/catalogue.ts";
import { CAMPAIGN_SCHEMA } from "../generated/campaign-schema.js";
import { quantity } from "../text/figures.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Another schema than that of campaign files anywhere. */
const EDITOR_SCHEMA_ID = "urn:campaignctl:schema:campaign-of-project:1";

/**
 * The JSON Schema of this project's campaign files: as the general one, with the names of the catalogue in the place of
 * any name, each with its description, so that editors complete and explain them.
 *
 * @param environments the names of the project's environments; empty where it lists none.
 */
export function editorSchema(catalogue: Catalogue, environments: readonly string[]): Schema {
  const { $defs, ...rest } = CAMPAIGN_SCHEMA as Schema & { readonly $defs: Readonly<Record<string, Schema>> };
  const { pattern: _, examples, ...audience } = $defs.audience ?? {};
  // A name in an example is none of this project.
  const ids = Array.isArray(examples) ? examples.filter((example) => typeof example === "object") : [];
  const environmentName =
    environments.length === 0 ? $defs.environmentName : { ...$defs.environmentName, enum: environments };
  const defs = {
    ...$defs,
    environmentName,
    audience: { anyOf: [{ ...audience, type: "object", examples: ids }, ...namesOf(catalogue)] },
  };
  return { ...rest, $id: EDITOR_SCHEMA_ID, $defs: defs };
}

/** One alternative for each name: a description of its own needs a schema of its own. */
function namesOf({ audiences, groups }: Catalogue): readonly Schema[] {
  const ofAudiences = [...audiences.values()].map(({ name, type, description, owner }) => {
    const kind = type === "audience" ? "An audience" : "A segment";
    const facts = [description === null ? null : sentence(description), `${kind} of the catalogue.`];
    return nameOf(name, owner === null ? facts : [...facts, `Owner: ${owner}.`]);
  });
  const ofGroups = [...groups.values()].map(({ name, members }) => {
    const listed = members.map(({ says }) => says).join(", ");
    return nameOf(name, [`A group of ${quantity(members.length, "name")}: ${listed}.`]);
  });
  return [...ofAudiences, ...ofGroups];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function nameOf(name: string, facts: readonly (string | null)[]): Schema {
  const description = facts.filter((fact) => fact !== null).join(" ");
  return { const: name, title: name, description };
}
