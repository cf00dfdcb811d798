import { A_NAME } from "../catalogue/catalogue-shape.ts";
import { isUuid } from "../domain/ids.ts";
import validate from "../generated/validate-campaign.js";
import { quote } from "../text/quote.ts";
import type { Shape, SpecialFault } from "../yaml/shape.ts";

const A_UUID = "a UUID (8-4-4-4-12 hexadecimal digits)";
const A_MAP = 'a map such as { audienceId: "a1b2c3d4-0000-0000-0000-000000000001", type: segment }';
const AN_AUDIENCE = `a name of the catalogue or ${A_MAP}`;
const TEXT = "text";

/** The shape of a campaign file; its schema is `schemas/campaign.schema.json`. */
export const CAMPAIGN_SHAPE: Shape = {
  validate,
  name: "campaign file",
  expected: {
    "": "a map with the keys campaignId and include",
    campaignId: `${A_UUID}, or a map from environment names to UUIDs`,
    "campaignId/*": A_UUID,
    name: TEXT,
    owner: TEXT,
    labels: "a map of text to text",
    "labels/*": TEXT,
    include: `a list of 1 to 25 audiences, each ${AN_AUDIENCE}`,
    "include/*": AN_AUDIENCE,
    "include/*/audienceId": A_UUID,
    "include/*/type": "audience or segment",
    exclude: `a list of 0 to 25 audiences, each ${AN_AUDIENCE}`,
    "exclude/*": AN_AUDIENCE,
    "exclude/*/audienceId": A_UUID,
    "exclude/*/type": "audience or segment",
  },
  ids: ["campaignId", "campaignId/*", "include/*/audienceId", "exclude/*/audienceId"],
  special: (place, error, value) => {
    if (error.params.missingProperty === "include") {
      return {
        code: "missing-key",
        detail: `The key "include" is missing in this campaign file. ${WHY_INCLUDE}`,
      };
    }
    if (place === "include" && (value === null || error.keyword === "minItems")) {
      return { code: "empty-include", detail: `"include" is empty. ${WHY_INCLUDE}` };
    }
    if (place === "exclude" && value === null) return EMPTY_EXCLUDE;
    return oddWord(place, value) ?? bracedId(place, value);
  },
};

const WHY_INCLUDE =
  'A campaign needs at least one included audience, and this is never read as "remove all audiences". ' +
  `Write a list of 1 to 25 audiences, each ${AN_AUDIENCE}.`;

const EMPTY_EXCLUDE: SpecialFault = {
  code: "wrong-type",
  detail: '"exclude" is empty. To exclude nobody, delete the key or write exclude: [].',
};

/** A word in place of an audience that is no name. */
function oddWord(place: string, value: unknown): SpecialFault | null {
  if ((place !== "include/*" && place !== "exclude/*") || typeof value !== "string") return null;
  const detail = isUuid(value)
    ? `An id has its type beside it. Write { audienceId: "${value}", type: segment }, or audience, or its name.`
    : `${quote(value)} is no name of an audience or a group: a name has ${A_NAME}. Mend it, or write ${A_MAP}.`;
  return { code: "invalid-value", detail };
}

/** An id in braces is a map to YAML, which would be a puzzling thing to be told. */
function bracedId(place: string, value: unknown): SpecialFault | null {
  const isId = place === "campaignId/*" || place.endsWith("/audienceId");
  if (!isId || typeof value !== "object") return null;
  const detail = `An id must be ${A_UUID}. If it stands in braces, delete them; else write the id here.`;
  return { code: "wrong-type", detail };
}
