import { afterEach, describe, expect, test } from "vitest";
import { entry, idOf } from "../../../../support/samples/catalogue.ts";
import { campaign, differ, nothing, removeFolders, three } from "../../../../support/samples/differ.ts";

afterEach(removeFolders);

describe("the catalogue", () => {
  const catalogue = `audiences:\n${entry("vip", 1)}${entry("optout", 2)}groups:\n  baseline: [optout]\n`;
  const before = {
    "audiences.yaml": catalogue,
    "campaigns/a.yaml": campaign(1, "vip"),
    "campaigns/b.yaml": campaign(2, "baseline"),
    "campaigns/c.yaml": campaign(3, 1),
  };

  test("changes those campaigns for which its names stand for something else, and says so", async () => {
    const now = { ...before, "audiences.yaml": catalogue.replace("[optout]", "[optout, vip]") };
    expect(await differ(before, now)).toMatchObject({
      ...nothing,
      planned: [2],
      because: { 2: ["audiences.yaml"] },
      causes: { 2: ["audiences.yaml group baseline"] },
      asked: 1,
    });
    const both = { ...now, "campaigns/b.yaml": `# a comment alone\n${campaign(2, "baseline")}` };
    expect(await differ(before, both)).toMatchObject({ planned: [2], because: { 2: ["audiences.yaml"] } });
    const labelled = { ...now, "campaigns/b.yaml": campaign(2, "baseline", "name: Baseline\n") };
    expect(await differ(before, labelled)).toMatchObject({
      planned: [2],
      causes: { 2: ["audiences.yaml group baseline"] },
    });
    const own = { ...now, "campaigns/b.yaml": campaign(2, "vip") };
    expect(await differ(before, own)).toMatchObject({ planned: [2], because: {} });
  });

  test("is told by the group that got or lost a member, and by the audience that has another id or type", async () => {
    const deep = `audiences:\n${entry("vip", 1)}${entry("optout", 2)}${entry("sunset", 3)}`;
    const groups = (low: string, high: string, top = "low") =>
      `${deep}groups:\n  low: [${low}]\n  high: [${high}]\n  top: [${top}]\n`;
    const files = (catalogue: string) => ({
      "audiences.yaml": catalogue,
      "campaigns/a.yaml": campaign(1, "top"),
      "campaigns/b.yaml": campaign(2, "high\n  - low"),
      "campaigns/c.yaml": campaign(3, "vip"),
    });
    const base = files(groups("optout", "sunset"));
    const causes = async (catalogue: string) => (await differ(base, files(catalogue))).causes;
    // The group between is as it was, and is not told.
    expect(await causes(groups("optout, vip", "sunset"))).toEqual({
      1: ["audiences.yaml group low"],
      2: ["audiences.yaml group low"],
    });
    // Both bring it in; what another group of the file brought in before is no difference.
    expect(await causes(groups("optout, vip", "sunset, vip, optout"))).toEqual({
      1: ["audiences.yaml group low"],
      2: ["audiences.yaml group high", "audiences.yaml group low"],
    });
    expect(await causes(groups("optout", "sunset", "high"))).toEqual({ 1: ["audiences.yaml group top"] });
    const pointed = groups("optout", "vip").replace(idOf(1), idOf(7)).replace(idOf(2), idOf(8));
    expect(await causes(pointed)).toEqual({
      1: ["audiences.yaml audience optout"],
      2: ["audiences.yaml audience optout", "audiences.yaml group high"],
      3: ["audiences.yaml audience vip"],
    });
    const typed = groups("optout", "sunset").replace("segment", "audience");
    expect(await causes(typed)).toEqual({ 3: ["audiences.yaml audience vip"] });
    const grown = groups("optout", "sunset")
      .replace(/ {2}vip: .*\n/, "")
      .replace("groups:", "groups:\n  vip: [optout]");
    expect(await causes(grown)).toEqual({
      3: ["audiences.yaml audience vip", "audiences.yaml group vip"],
    });
  });

  test("is told by the name that the base lacked, or had no id for", async () => {
    const now = { "audiences.yaml": catalogue, "campaigns/a.yaml": campaign(1, "baseline\n  - vip") };
    const { audiences, ids } = {
      audiences: { ...now, "audiences.yaml": `audiences:\n${entry("other", 9)}` },
      ids: {
        ...now,
        "audiences.yaml": catalogue.replace(`audienceId: ${idOf(2)}`, `audienceId: { x: ${idOf(2)} }`),
      },
    };
    expect((await differ(audiences, now)).causes).toEqual({
      1: ["audiences.yaml audience vip", "audiences.yaml group baseline"],
    });
    expect((await differ(ids, now)).causes).toEqual({ 1: ["audiences.yaml audience optout"] });
  });

  test("a name in the place of its id, a description, or a group that stands for the same, is no difference", async () => {
    const named = { ...before, "campaigns/c.yaml": campaign(3, "vip") };
    expect(await differ(before, named)).toMatchObject(nothing);
    const described = { ...before, "audiences.yaml": `# all\n${catalogue}` };
    expect(await differ(before, described)).toMatchObject(nothing);
    const renamed = {
      ...before,
      "audiences.yaml": catalogue.replace("baseline", "base"),
      "campaigns/b.yaml": campaign(2, "base"),
    };
    expect(await differ(before, renamed)).toMatchObject(nothing);
  });

  test("that the base cannot be read by makes every campaign another one", async () => {
    const unreadable = ["audiences.yaml unreadable"];
    for (const broken of ["audiences: [", "audiences:\n  vip: {}\n"]) {
      expect(await differ({ ...before, "audiences.yaml": broken }, before)).toMatchObject({
        planned: [1, 2, 3],
        because: { 1: ["audiences.yaml"], 2: ["audiences.yaml"], 3: ["audiences.yaml"] },
        causes: { 1: unreadable, 2: unreadable, 3: unreadable },
        warnings: [],
      });
    }
    const missing = await differ(
      before,
      { ...before, "audiences.yaml": `# x\n${catalogue}` },
      {
        base: { missing: ["audiences.yaml"] },
      },
    );
    expect(missing.planned).toEqual([1, 2, 3]);
  });

  test("that is new, or elsewhere, is a difference only for what it makes another one", async () => {
    const { "audiences.yaml": _, ...without } = before;
    expect(await differ(without, before)).toMatchObject({
      planned: [1, 2],
      because: { 1: ["audiences.yaml"], 2: ["audiences.yaml"] },
    });
    const moved = {
      "campaignctl.yaml": "version: 1\naudiences: shared/names.yaml\n",
      "shared/names.yaml": catalogue,
      "campaigns/a.yaml": before["campaigns/a.yaml"],
    };
    expect(
      await differ({ "audiences.yaml": catalogue, "campaigns/a.yaml": moved["campaigns/a.yaml"] }, moved),
    ).toMatchObject(nothing);
    const other = { ...moved, "shared/names.yaml": catalogue.replace(idOf(1), idOf(8)) };
    expect(await differ(before, other)).toMatchObject({
      planned: [1],
      because: { 1: ["campaignctl.yaml", "shared/names.yaml"] },
      causes: { 1: ["campaignctl.yaml setting audiences", "shared/names.yaml audience vip"] },
    });
  });
});

describe("the project file", () => {
  const project = (text: string) => ({ ...three, "campaignctl.yaml": `version: 1\n${text}` });
  const production = (url: string) => `environments:\n  production: { apiUrl: ${url} }\n`;
  const all = { 1: ["campaignctl.yaml"], 2: ["campaignctl.yaml"], 3: ["campaignctl.yaml"] };

  test("with another apiUrl for the environment makes every campaign another one", async () => {
    const [before, now] = ["https://a.example.com", "https://b.example.com"].map((url) =>
      project(production(url)),
    );
    const changed = { ...now, "campaigns/b.yaml": campaign(2, 7) };
    const environment = "production";
    expect(await differ(before ?? {}, now ?? {}, { environment })).toMatchObject({
      planned: [1, 2, 3],
      because: all,
      causes: { 2: ["campaignctl.yaml environment production"] },
    });
    expect(await differ(before ?? {}, changed, { environment })).toMatchObject({
      planned: [1, 2, 3],
      because: { 1: ["campaignctl.yaml"], 3: ["campaignctl.yaml"] },
    });
    expect(await differ(before ?? {}, now ?? {})).toMatchObject(nothing);
  });

  test("with another unknownExcludes makes every campaign another one", async () => {
    const [before, now] = [project(""), project("unknownExcludes: keep\n")];
    expect(await differ(before, now)).toMatchObject({ planned: [1, 2, 3], because: all });
    const causes = { 1: ["campaignctl.yaml setting unknownExcludes"] };
    expect(await differ(now, before)).toMatchObject({ planned: [1, 2, 3], because: all, causes });
    expect(await differ(before, project("unknownExcludes: remove\n"))).toMatchObject(nothing);
  });

  test("that the base cannot be read by makes every campaign another one", async () => {
    expect(await differ(project("campaigns: 7\n"), project(""))).toMatchObject({
      planned: [1, 2, 3],
      because: all,
      causes: { 3: ["campaignctl.yaml unreadable"] },
    });
  });

  test("its patterns in the base decide what was declared there", async () => {
    const before = project("campaigns: [campaigns/*.yaml, '!campaigns/c.yaml']\n");
    const now = project("campaigns: [campaigns/*.yaml, '!campaigns/a.yaml']\n");
    expect(await differ(before, now)).toMatchObject({
      planned: [3],
      because: { 3: ["campaignctl.yaml"] },
      causes: { 3: ["campaignctl.yaml setting campaigns"] },
      warnings: ["no-longer-declared campaigns/a.yaml"],
    });
  });

  test("is found in the base as it is now: upwards, or where it is named", async () => {
    const deep = (text: string) => ({
      "crm/campaignctl.yaml": `version: 1\n${text}`,
      "crm/live/a.yaml": campaign(1),
      "crm/x/b.yaml": campaign(2),
    });
    const before = deep("campaigns: [live]\n");
    const now = deep("campaigns: [live, x]\n");
    expect(await differ(before, now, { folder: "crm/live" })).toMatchObject({
      planned: [2],
      because: { 2: ["../campaignctl.yaml"] },
    });
    expect(await differ(before, now, { config: "crm/campaignctl.yaml" })).toMatchObject({
      planned: [2],
      because: { 2: ["crm/campaignctl.yaml"] },
    });
  });
});

describe("what the base declared in a way that cannot be read", () => {
  test("case 89: a mistake, a text that is missing and two files for one campaign count as different", async () => {
    const broken = { ...three, "campaigns/b.yaml": `${campaign(2)}oops: 1\n` };
    expect(await differ(broken, three)).toMatchObject({ ...nothing, planned: [2] });
    const now = { ...three, "campaigns/b.yaml": `# x\n${campaign(2)}` };
    expect(await differ(three, now, { base: { missing: ["campaigns/b.yaml"] } })).toMatchObject({
      planned: [2],
    });
    for (const twin of [campaign(2), campaign(2, 7)]) {
      expect(await differ({ ...three, "campaigns/twin.yaml": twin }, three)).toMatchObject({
        ...nothing,
        planned: [2],
        because: { 2: ["campaigns/twin.yaml"] },
        causes: { 2: ["campaigns/twin.yaml declared-too"] },
      });
    }
  });
});
