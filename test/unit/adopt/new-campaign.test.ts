import { describe, expect, it } from "vitest";
import { newCampaignText } from "../../../src/adopt/new-campaign.ts";
import { proposeGroup } from "../../../src/adopt/shared-excludes.ts";
import { NO_NAMES } from "../../../src/catalogue/names.ts";
import { canonicalBinding } from "../../../src/domain/binding.ts";
import type { AudienceRef, Campaign } from "../../../src/domain/model.ts";
import { formatCampaign } from "../../../src/form/format-campaign.ts";
import { campaignId } from "../../support/samples/bindings.ts";
import { entry, idOf, namesIn } from "../../support/samples/catalogue.ts";

const segment = (n: number): AudienceRef => ({ audienceId: idOf(n), type: "segment" });

function campaign(
  include: readonly AudienceRef[],
  exclude: readonly AudienceRef[] = [],
  name: string | null = "Spring",
): Campaign {
  return {
    campaignId: campaignId(1),
    name,
    authoringStatus: "draft",
    audience: canonicalBinding({ include, exclude }),
    repeatedAudienceIds: [],
    liveAudiences: [],
    reach: { status: "idle", evaluatedCount: null, evaluatedAt: null, isStale: null },
    channel: null,
    schedule: null,
    updatedAt: null,
    serverTime: null,
  };
}

const NAMES = namesIn(
  `audiences:\n${[1, 2, 3, 4].map((n) => entry(`a${n}`, n)).join("")}groups:\n  pair: [a1, a2]\n  three: [pair, a3]\n  alias: [a4]\n`,
);
const choice = { names: NAMES, environment: null, liveNames: new Map<string, string>() };
const head = `# Its status was "draft" when it was imported.\ncampaignId: ${campaignId(1)}\nname: Spring\n`;

describe("newCampaignText", () => {
  it("says name, status and live names, in the form of fmt", () => {
    const liveNames = new Map([[idOf(1), "VIP\n# evil"]]);
    const text = newCampaignText(campaign([segment(1)], [segment(2)]), {
      ...choice,
      names: NO_NAMES,
      liveNames,
    });
    expect(text).toBe(
      `${head}include:\n  - { audienceId: ${idOf(1)}, type: segment } # "VIP\\u{A}# evil"\nexclude:\n  - { audienceId: ${idOf(2)}, type: segment }\n`,
    );
    expect(formatCampaign(text)).toBe(text);
  });

  it("uses the largest groups that are whole, then names, then ids", () => {
    const all = newCampaignText(campaign([1, 2, 3, 4, 5].map(segment)), choice);
    expect(all).toBe(`${head}include:\n  - three\n  - a4\n  - { audienceId: ${idOf(5)}, type: segment }\n`);
    expect(newCampaignText(campaign([1, 2, 4].map(segment)), choice)).toContain(
      "include:\n  - pair\n  - a4\n",
    );
    expect(newCampaignText(campaign([2, 3].map(segment)), choice)).toContain("include:\n  - a2\n  - a3\n");
  });

  it("does not use a catalogue entry of another type", () => {
    const text = newCampaignText(campaign([{ audienceId: idOf(1), type: "audience" }, segment(2)]), choice);
    expect(text).toContain(`  - a2\n  - { audienceId: ${idOf(1)}, type: audience }\n`);
  });

  it("writes the id for an environment below its name", () => {
    const text = newCampaignText(campaign([segment(1)]), { ...choice, environment: "true" });
    expect(text).toContain(`campaignId:\n  "true": ${campaignId(1)}\n`);
  });

  it.each([
    ["a\u202eb\r\nc", "a\\u{202E}b\\u{D}\\u{A}c"],
    [": # [", '": # ["'],
    ["   ", '"   "'],
    ["x".repeat(500), `${"x".repeat(400)}…`],
  ])("keeps the hostile name %j in one harmless line", (name, written) => {
    const text = newCampaignText(campaign([segment(1)], [], name), choice);
    expect(text.split("\n")[2]).toBe(`name: ${written}`);
    expect(formatCampaign(text)).toBe(text);
  });

  it("says no name where there is none", () => {
    expect(newCampaignText(campaign([segment(1)], [], null), choice)).not.toContain("name");
  });
});

describe("proposeGroup", () => {
  const lists = (...each: readonly number[][]) => each.map((list) => list.map(segment));

  it("proposes what most exclude, by names", () => {
    expect(proposeGroup(lists([1, 4], [1, 4], [1, 4, 3], [2]), choice)).toBe(
      "3 of 4 campaigns exclude the same 2 audiences. A group would say that once; in the catalogue: groups: { baseline-suppressions: [a1, a4] }",
    );
  });

  it("names them sorted, whatever else some of the campaigns exclude", () => {
    expect(proposeGroup(lists([4, 1, 3], [4, 1, 3], [4, 1], [4, 1]), choice)).toBe(
      "4 of 4 campaigns exclude the same 2 audiences. A group would say that once; in the catalogue: groups: { baseline-suppressions: [a1, a4] }",
    );
  });

  it.each([
    ["all", [8, 9].map(segment)],
    ["one", [1, 9].map(segment)],
    ["one that has the id of another type", [segment(1), { audienceId: idOf(4), type: "audience" } as const]],
  ])("where %s of them have no name, says how to get one", (_, list) => {
    expect(proposeGroup([list, list, list], choice)).toBe(
      "3 of 3 campaigns exclude the same 2 audiences. A group would say that once: import --catalogue gives them names to put into one.",
    );
  });

  it("proposes nothing of a few, of one audience, of less than most, or of a group that is there", () => {
    expect(proposeGroup(lists([1, 4], [1, 4]), choice)).toBeNull();
    expect(proposeGroup(lists([1], [1], [1]), choice)).toBeNull();
    expect(proposeGroup(lists([1, 4], [1, 4], [2], [3]), choice)).toBeNull();
    expect(proposeGroup(lists([1, 4], [1, 4], [1, 2], [3, 4]), choice)).toBeNull();
    expect(proposeGroup(lists([1, 2], [1, 2], [1, 2]), choice)).toBeNull();
    expect(proposeGroup([], choice)).toBeNull();
  });
});
