import { afterEach, describe, expect, test } from "vitest";
import { linkTo } from "../../../../support/fake-github/links.ts";
import { BASE } from "../../../../support/samples/base-commit.ts";
import { campaignId } from "../../../../support/samples/bindings.ts";
import { idOf } from "../../../../support/samples/catalogue.ts";
import { campaign, differ, nothing, removeFolders, three } from "../../../../support/samples/differ.ts";

afterEach(removeFolders);

describe("a campaign is compared by what is declared for it", () => {
  test("nothing changed: nothing is planned, and no text is asked for", async () => {
    expect(await differ(three, three)).toMatchObject({ ...nothing, declared: 3, asked: 0 });
  });

  test("its own file changed, or is new", async () => {
    const now = { ...three, "campaigns/b.yaml": campaign(2, 7), "campaigns/d.yaml": campaign(4) };
    expect(await differ(three, now)).toMatchObject({
      ...nothing,
      planned: [2, 4],
      scope: { kind: "changed", since: BASE, shard: null, planned: 2, declared: 4 },
      asked: 1,
    });
  });

  test.each([
    ["a comment", `# why\n${campaign(2)}`],
    ["line ends", campaign(2).replaceAll("\n", "\r\n")],
    [
      "quotes and order of keys",
      `include: [{ "type": 'segment', audienceId: "${idOf(1)}" }]\ncampaignId: "${campaignId(2)}"\n`,
    ],
    ["case of ids", campaign(2).replace("a1b2", "A1B2")],
    ["an empty exclude", `${campaign(2)}exclude: []\n`],
  ])("%s is no difference", async (_, text) => {
    expect(await differ(three, { ...three, "campaigns/b.yaml": text })).toMatchObject(nothing);
    expect(await differ({ ...three, "campaigns/b.yaml": text }, three)).toMatchObject(nothing);
  });

  test.each([
    ["name", "name: Spring\n"],
    ["owner", "owner: crm\n"],
    ["labels", "labels: { region: us }\n"],
  ])("%s is a difference", async (_, line) => {
    const now = { ...three, "campaigns/b.yaml": campaign(2, 1, line) };
    expect(await differ(three, now)).toMatchObject({ ...nothing, planned: [2] });
  });

  test("a rename is none, also with another comment, and neither is a swap of two files", async () => {
    const { "campaigns/b.yaml": b, ...others } = three;
    expect(await differ(three, { ...others, "campaigns/deep/new.yaml": b })).toMatchObject(nothing);
    expect(await differ(three, { ...others, "campaigns/new.yml": `# moved\n${b}` })).toMatchObject(nothing);
    const swapped = { ...three, "campaigns/a.yaml": campaign(2), "campaigns/b.yaml": campaign(1) };
    expect(await differ(three, swapped)).toMatchObject({ ...nothing, asked: 0 });
  });

  test("with CR LF in the whole checkout no text is asked for", async () => {
    const windows = Object.fromEntries(
      Object.entries(three).map(([path, text]) => [path, text.replaceAll("\n", "\r\n")]),
    );
    expect(await differ(three, windows)).toMatchObject({ ...nothing, asked: 0 });
  });

  test("what is asked for beside is planned too", async () => {
    expect(await differ(three, three, { also: new Set([campaignId(3)]) })).toMatchObject({ planned: [3] });
  });
});

describe("what only the base declared", () => {
  const { "campaigns/b.yaml": b, ...others } = three;

  test("is told at the path that it had", async () => {
    const before = { ...others, "campaigns/b.yaml": campaign(2, 1, "name: Spring\n") };
    const { details, ...found } = await differ(before, others);
    expect(found).toMatchObject({
      planned: [],
      declared: 2,
      warnings: ["no-longer-declared campaigns/b.yaml"],
    });
    expect(details).toEqual([
      `Commit 1f0c2b7 declares the campaign "Spring" (${campaignId(2)}) in this file, and no file does now. It stays as it is live, and plan, apply and drift no longer look after it.`,
    ]);
  });

  test("is told where the file declares another campaign, or no pattern names it any more", async () => {
    expect(await differ(three, { ...others, "campaigns/b.yaml": campaign(5) })).toMatchObject({
      planned: [5],
      warnings: ["no-longer-declared campaigns/b.yaml"],
    });
    expect(await differ(three, { ...others, "parked/b.yaml": b })).toMatchObject({
      planned: [],
      warnings: ["no-longer-declared campaigns/b.yaml"],
    });
  });

  test("is not told of what paths leave out, nor of a move out of them", async () => {
    const before = {
      "campaigns/us/a.yaml": campaign(1),
      "campaigns/us/b.yaml": b,
      "campaigns/eu/c.yaml": campaign(3),
    };
    const now = { "campaigns/us/a.yaml": campaign(1, 7), "campaigns/eu/b.yaml": b };
    expect(await differ(before, now, { paths: ["campaigns/us"] })).toMatchObject({
      planned: [1],
      declared: 1,
      warnings: [],
    });
    const gone = { "campaigns/us/a.yaml": campaign(1) };
    expect(await differ(before, gone, { paths: ["campaigns/us"] })).toMatchObject({
      planned: [],
      warnings: ["no-longer-declared campaigns/us/b.yaml"],
    });
  });

  test("is not told of what a sparse checkout leaves off the disk, also where it moved there", async () => {
    const offDisk = { "campaigns/b.yaml": b };
    expect(await differ(three, others, { base: { offDisk } })).toMatchObject(nothing);
    const moved = { "far/away.yaml": `# moved\n${b}` };
    expect(await differ(three, others, { base: { offDisk: moved } })).toMatchObject(nothing);
    const other = { "campaigns/b.yaml": campaign(9) };
    expect(await differ(three, others, { base: { offDisk: other } })).toMatchObject({
      warnings: ["no-longer-declared campaigns/b.yaml"],
    });
  });
});

describe("an environment", () => {
  const inBoth = (staging: number, production: number, include = 1) =>
    `campaignId: { staging: ${campaignId(staging)}, production: ${campaignId(production)} }\ninclude: [{ audienceId: ${idOf(include)}, type: segment }]\n`;

  test("decides which campaign is meant", async () => {
    const before = { "campaigns/a.yaml": inBoth(1, 2) };
    const now = { "campaigns/a.yaml": inBoth(3, 2) };
    expect(await differ(before, now, { environment: "production" })).toMatchObject(nothing);
    expect(await differ(before, now, { environment: "staging" })).toMatchObject({
      planned: [3],
      warnings: ["no-longer-declared campaigns/a.yaml"],
    });
    expect(await differ(before, { "campaigns/a.yaml": campaign(2) })).toMatchObject({
      planned: [2],
      warnings: [],
    });
  });

  test("that need not have every campaign: what is left out is not declared", async () => {
    const project = {
      "campaignctl.yaml": "version: 1\nenvironments: { staging: { partial: true }, production: {} }\n",
    };
    const before = { ...project, "campaigns/a.yaml": inBoth(1, 2), "campaigns/b.yaml": campaign(4) };
    const only = `campaignId: { production: ${campaignId(2)} }\ninclude: [{ audienceId: ${idOf(1)}, type: segment }]\n`;
    expect(
      await differ(before, { ...before, "campaigns/a.yaml": only }, { environment: "staging" }),
    ).toMatchObject({
      planned: [],
      declared: 1,
      warnings: ["no-longer-declared campaigns/a.yaml"],
    });
  });
});

test("links are followed in the base as they are now", async () => {
  const now = { "campaigns/a.yaml": linkTo("shared/a.yaml"), "shared/a.yaml": campaign(1) };
  const base = {
    links: {
      "campaigns/a.yaml": "../shared/a.yaml",
      "campaigns/loop.yaml": "loop.yaml",
      "out.yaml": "/etc/passwd",
    },
  };
  expect(await differ({ "shared/a.yaml": campaign(1) }, now, { base })).toMatchObject(nothing);
  expect(await differ({ "shared/a.yaml": campaign(1, 7) }, now, { base })).toMatchObject({ planned: [1] });
});

test("with a mistake in any file there is nothing to look at", async () => {
  const now = { ...three, "campaigns/b.yaml": "campaignId: 7\n" };
  expect((await differ(three, now)).planned).toBeNull();
});
