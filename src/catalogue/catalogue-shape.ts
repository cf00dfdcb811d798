import validate from "../generated/validate-audiences.js";
import { quote } from "../text/quote.ts";
import type { Shape } from "../yaml/shape.ts";

const A_UUID = "a UUID (8-4-4-4-12 hexadecimal digits)";
const TEXT = "text";

/** How a name looks; see the schema. */
export const A_NAME =
  "1 to 64 lower-case letters, digits, - _ or ., begins with a letter or digit, and is no UUID";

/** The shape of the catalogue; its schema is `schemas/audiences.schema.json`. */
export const CATALOGUE_SHAPE: Shape = {
  validate,
  name: "audience catalogue",
  expected: {
    "": "a map with the keys audiences and groups",
    audiences: "a map from names to audiences",
    "audiences/*": "a map such as { audienceId: a1b2c3d4-0000-0000-0000-000000000001, type: segment }",
    "audiences/*/audienceId": `${A_UUID}, or a map from environment names to UUIDs`,
    "audiences/*/audienceId/*": A_UUID,
    "audiences/*/type": "audience or segment",
    "audiences/*/description": TEXT,
    "audiences/*/owner": TEXT,
    "audiences/*/previewId": "the id that the API counts it under, such as aud_01HXYZ",
    groups: "a map from names to lists of names",
    "groups/*": "a list of names, such as [unsubscribed, legal-hold]",
    "groups/*/*": "the name of an audience or a group",
  },
  names: { audiences: `a name that has ${A_NAME}`, groups: `a name that has ${A_NAME}` },
  ids: ["audiences/*/audienceId", "audiences/*/audienceId/*"],
  special: (place, error, value) => {
    if (place === "groups/*" && error.keyword === "minItems") {
      return {
        code: "invalid-value",
        detail: "A group must have at least one member. Add one, or delete the group.",
      };
    }
    if (place !== "groups/*/*" || typeof value !== "string") return null;
    const detail = `${quote(value)} is no name of an audience or a group: a name has ${A_NAME}. Mend it.`;
    return { code: "invalid-value", detail };
  },
};
