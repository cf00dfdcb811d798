import { describe, expect, it } from "vitest";
import { usesIn, whoIsMeant } from "../../../src/catalogue/who-uses.ts";
import { readCampaignFile } from "../../../src/declarations/campaign-file.ts";
import { entry, idOf, namesIn } from "../../support/samples/catalogue.ts";
import { CAMPAIGN, file } from "../../support/samples/declarations.ts";

const CATALOGUE =
  `audiences:\n${entry("vip", 1)}${entry("best", 1)}` +
  `  gone: { audienceId: { eu: ${idOf(3)}, us: ${idOf(4)} }, type: audience }\n` +
  "groups:\n  legal: [gone]\n  base: [far, legal]\n  far: [legal, vip]\n  both: [far, best]\n";

const asked = (word: string, environment: string | null = null) =>
  whoIsMeant(word, namesIn(CATALOGUE, environment), environment);

describe("whoIsMeant", () => {
  it("is a group by its name", () => {
    expect(asked("legal")).toEqual({ kind: "group", name: "legal" });
  });

  it("is an audience by any of its names, and by its id in any case", () => {
    const meant = { kind: "audience", ids: new Set([idOf(1)]), names: new Set(["vip", "best"]) };
    expect(asked("vip")).toMatchObject({ ...meant, audience: { name: "vip" } });
    expect(asked("best")).toMatchObject({ ...meant, audience: { name: "best" } });
    expect(asked(idOf(1).toUpperCase())).toMatchObject({ ...meant, audience: { name: "vip" } });
  });

  it("has its id for the environment, or all of them where none is chosen", () => {
    expect(asked("gone")).toMatchObject({ ids: new Set([idOf(3), idOf(4)]) });
    expect(asked("gone", "us")).toMatchObject({ ids: new Set([idOf(4)]) });
    expect(asked("gone", "asia")).toMatchObject({ ids: new Set(), names: new Set(["gone"]) });
    expect(asked(idOf(3), "us")).toMatchObject({ audience: null });
  });

  it("is an id that the catalogue lacks, but no such name", () => {
    expect(asked(idOf(9))).toMatchObject({ kind: "audience", ids: new Set([idOf(9)]), audience: null });
    expect(asked("vpi")).toBeNull();
  });
});

describe("usesIn", () => {
  const TEXT =
    `campaignId: ${CAMPAIGN}\nname: Spring\ninclude:\n  - vip\n  - { audienceId: ${idOf(1).toUpperCase()}, type: segment }\n` +
    `exclude:\n  - base\n  - legal\n  - { audienceId: ${idOf(3)}, type: audience }\n  - both\n`;

  function uses(word: string, environment: string | null = "eu") {
    const { says, text } = readCampaignFile(file("campaigns/a.yaml", TEXT));
    const names = namesIn(CATALOGUE, environment);
    const meant = whoIsMeant(word, names, environment);
    if (says === null || meant === null) throw new Error(`nothing is called ${word}`);
    return usesIn(says, text, CAMPAIGN, meant, names);
  }

  const shown = (word: string, environment?: string) =>
    uses(word, environment).map(({ list, via, source }) => [list, source.line, ...via]);

  it("says of which campaign each is, and where", () => {
    const [first] = uses("best");
    expect(first).toEqual({
      campaignId: CAMPAIGN,
      name: "Spring",
      list: "include",
      via: [],
      source: { file: "campaigns/a.yaml", line: 4, column: 5 },
    });
  });

  it("are the words for an audience: other names and ids of it too, groups by the shortest way", () => {
    expect(shown("best")).toEqual([
      ["include", 4],
      ["include", 5],
      ["exclude", 7, "base", "far"],
      ["exclude", 10, "both"],
    ]);
    expect(shown("gone")).toEqual([
      ["exclude", 7, "base", "legal"],
      ["exclude", 8, "legal"],
      ["exclude", 9],
      ["exclude", 10, "both", "far", "legal"],
    ]);
  });

  it("are not those for its id elsewhere", () => {
    expect(shown("gone", "us")).toEqual([
      ["exclude", 7, "base", "legal"],
      ["exclude", 8, "legal"],
      ["exclude", 10, "both", "far", "legal"],
    ]);
  });

  it("of a group are its own name and the groups around it, without itself on the way", () => {
    expect(shown("legal")).toEqual([
      ["exclude", 7, "base"],
      ["exclude", 8],
      ["exclude", 10, "both", "far"],
    ]);
    expect(shown("far")).toEqual([
      ["exclude", 7, "base"],
      ["exclude", 10, "both"],
    ]);
  });

  it("of an id that only files have", () => {
    expect(shown(idOf(8))).toEqual([]);
    expect(shown(idOf(3), "us")).toEqual([["exclude", 9]]);
  });
});
