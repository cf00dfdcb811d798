import validate from "../../generated/validate-sandbox.js";
import { below, type Shape } from "../../yaml/shape.ts";
import { CAMPAIGN_DEFAULTS, SERVER_DEFAULTS } from "./switches.ts";

const UUID = "a UUID";
const TEXT = "text";
const TIME = "a time such as 2026-04-25T10:30:00.000Z";
const COUNT = "a whole number, 0 or more";
const SCOPES = "a list of scopes, such as [campaigns:read]";
const SWITCH = "one of its values (see docs/sandbox.md)";
const YES_OR_NO = "true or false";

const CAMPAIGN: Readonly<Record<string, string>> = {
  campaignId: UUID,
  name: `${TEXT} or null`,
  campaignType: TEXT,
  channel: TEXT,
  authoringStatus: "a word, such as draft or scheduled",
  createdAt: TIME,
  updatedAt: TIME,
  sendAt: TEXT,
  audience: "a map with include and exclude",
  ...entries("include"),
  ...entries("exclude"),
  reach: "a map with at least a status",
  "reach/status": "a word, such as ok or pending",
  "reach/evaluatedCount": `${COUNT}, or null`,
  "reach/evaluatedAt": `${TIME}, or null`,
  "reach/isStale": YES_OR_NO,
  missingState: YES_OR_NO,
  beforePut: "lock or edit",
  switches: "a map of switches",
  ...below("switches", switchWords(CAMPAIGN_DEFAULTS)),
};

function entries(list: string): Readonly<Record<string, string>> {
  const place = `audience/${list}`;
  return {
    [place]: "a list of audiences",
    [`${place}/*`]: "a map with audienceId and type",
    [`${place}/*/audienceId`]: UUID,
    [`${place}/*/type`]: "a word, such as segment or audience",
  };
}

function switchWords(switches: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(switches).map((name) => [name, SWITCH]));
}

/** The schema of a seed file, with the words that explain its mistakes. */
export const SEED_SHAPE: Shape = {
  validate,
  name: "seed",
  ids: [
    "audiences/*/audienceId",
    "campaigns/*/campaignId",
    "campaigns/*/audience/include/*/audienceId",
    "campaigns/*/audience/exclude/*/audienceId",
  ],
  expected: {
    "": "a map that has at least the key campaigns",
    tokens: "a list of tokens",
    "tokens/*": "a map with a token",
    "tokens/*/token": "text without spaces",
    "tokens/*/scopes": SCOPES,
    "tokens/*/scopes/*": "a scope",
    clients: "a list of clients",
    "clients/*": "a map with clientId and clientSecret",
    "clients/*/clientId": TEXT,
    "clients/*/clientSecret": TEXT,
    "clients/*/scopes": SCOPES,
    "clients/*/scopes/*": "a scope",
    switches: "a map of switches",
    ...below("switches", switchWords({ ...SERVER_DEFAULTS, ...CAMPAIGN_DEFAULTS })),
    audiences: "a list of audiences",
    "audiences/*": "a map with audienceId, type and size",
    "audiences/*/audienceId": UUID,
    "audiences/*/type": "audience or segment",
    "audiences/*/name": TEXT,
    "audiences/*/size": COUNT,
    "audiences/*/previewId": TEXT,
    campaigns: "a list of campaigns",
    "campaigns/*": "a map with at least a campaignId",
    ...below("campaigns/*", CAMPAIGN),
  },
};
