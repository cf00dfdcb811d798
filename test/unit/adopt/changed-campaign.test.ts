import { describe, expect, it } from "vitest";
import { changedCampaignText } from "../../../src/adopt/changed-campaign.ts";
import { readCampaignFile } from "../../../src/declarations/campaign-file.ts";
import { canonicalBinding } from "../../../src/domain/binding.ts";
import type { AudienceRef } from "../../../src/domain/model.ts";
import { campaignId } from "../../support/samples/bindings.ts";
import { entry, idOf, namesIn } from "../../support/samples/catalogue.ts";

const segment = (n: number): AudienceRef => ({ audienceId: idOf(n), type: "segment" });
const line = (n: number) => `{ audienceId: ${idOf(n)}, type: segment }`;
const NAMES = namesIn(
  `audiences:\n${[1, 2, 3].map((n) => entry(`a${n}`, n)).join("")}groups:\n  pair: [a1, a2]\n`,
);
const choice = { names: NAMES, environment: null, liveNames: new Map<string, string>() };

function change(text: string, include: readonly number[], exclude: readonly number[] = []) {
  const { says } = readCampaignFile({ file: "a.yaml", bytes: new TextEncoder().encode(text) });
  const live = canonicalBinding({ include: include.map(segment), exclude: exclude.map(segment) });
  return changedCampaignText(text, says ?? { include: [], exclude: [] }, live, choice);
}

const FILE = `# opening
name:   'odd   form'   # its name
campaignId: ${campaignId(1)}
include:
  # why seven
  - ${line(7)} # seven
  - pair # both
  # at the end
# about exclude
exclude: [a3]   # nobody else
# closing
`;

describe("changedCampaignText", () => {
  it("leaves a text alone that says what is live", () => {
    expect(change(FILE, [7, 1, 2], [3])).toBe(FILE);
  });

  it("changes the lines of the list that differs, and nothing else", () => {
    expect(change(FILE, [7, 1, 2, 9], [3])).toBe(
      FILE.replace("  - pair # both\n", `  - pair # both\n  - ${line(9)}\n`),
    );
    expect(change(FILE, [7, 1, 2], [3, 8])).toBe(
      FILE.replace("exclude: [a3]   # nobody else\n", `exclude: # nobody else\n  - a3\n  - ${line(8)}\n`),
    );
  });

  it("breaks up a group of which one is gone, and takes away what stood beside an entry that goes", () => {
    expect(change(FILE, [1], [3])).toBe(
      FILE.replace(/ {2}# why seven\n.*\n.*both\n/, "  - a1\n  # why seven\n"),
    );
  });

  it("empties exclude, and keeps the comments there", () => {
    const text = `campaignId: ${campaignId(1)}\ninclude: [a1]\nexclude:\n  # why\n  - a3 # three\n`;
    expect(change(text, [1])).toBe(`campaignId: ${campaignId(1)}\ninclude: [a1]\n# why\nexclude: []\n`);
  });

  it("adds exclude behind the last key", () => {
    const text = `include: [a1]\ncampaignId: ${campaignId(1)}\n# closing`;
    expect(change(text, [1], [3])).toBe(
      `include: [a1]\ncampaignId: ${campaignId(1)}\nexclude:\n  - a3\n# closing\n`,
    );
  });

  it("keeps the line ends of a file", () => {
    const changed = change(FILE.replaceAll("\n", "\r\n"), [7], [3]);
    expect(changed?.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(changed).toContain(`  - ${line(7)} # seven\r\n`);
  });

  it("writes a file of another form anew", () => {
    const text = `{ campaignId: ${campaignId(1)}, include: [a1] }`;
    expect(change(text, [2])).toBe(`campaignId: ${campaignId(1)}\ninclude:\n  - a2\n`);
  });
});
