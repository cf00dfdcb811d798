import { expect, it } from "vitest";
import { whyNotAsLive } from "../../../src/adopt/as-live.ts";
import { MAX_FILE_BYTES } from "../../../src/domain/source-file.ts";
import { campaignId } from "../../support/samples/bindings.ts";
import { entry, idOf, namesIn } from "../../support/samples/catalogue.ts";

const names = namesIn(`audiences:\n${entry("near", 1)}${entry("gone", 9)}`);
const LIVE = {
  campaignId: campaignId(1),
  audience: {
    include: [{ audienceId: idOf(1), type: "segment" }],
    exclude: [{ audienceId: idOf(9), type: "segment" }],
  },
} as const;
const SAYS = `campaignId: ${campaignId(1)}\ninclude: [near]\nexclude: [gone]\n`;

const told = (text: string, environment: string | null = null) =>
  whyNotAsLive(text, LIVE, { names, environment, liveNames: new Map() });

it.each([
  ["by names", SAYS],
  [
    "by ids, whatever the order of its keys",
    `include: [{ audienceId: ${idOf(1)}, type: segment }]\nexclude: [gone]\ncampaignId: ${campaignId(1).toUpperCase()}\n`,
  ],
  ["in a file as large as any may be", SAYS.padEnd(MAX_FILE_BYTES, "#")],
])("a text that declares the campaign as it is, %s", (_, text) => expect(told(text)).toBeNull());

it.each([
  ["of another campaign", SAYS.replace(campaignId(1), campaignId(2)), "its file would say something else"],
  [
    "that includes another audience",
    SAYS.replace("near", `{ audienceId: ${idOf(1)}, type: audience }`),
    "its file would say something else",
  ],
  ["that excludes nobody", SAYS.replace("[gone]", "[]"), "its file would say something else"],
  [
    "that is larger than any file may be",
    SAYS.padEnd(MAX_FILE_BYTES + 1, "#"),
    "its file would be too large",
  ],
])("a text %s", (_, text, why) => expect(told(text)).toBe(why));

it("a text with a mistake: what the mistake is", () => {
  expect(told(SAYS.replace("near", "far"))).toContain('"far"');
  expect(told("name: x\n")).toContain("campaignId");
});

it("in an environment a campaign needs an id for it", () => {
  const text = SAYS.replace(/: (.*)/, ": { eu: $1 }");
  expect(told(text, "eu")).toBeNull();
  expect(told(text, "us")).toContain("us");
});
