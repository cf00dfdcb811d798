import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { AudienceBinding } from "../../../src/domain/model.ts";
import type { SandboxSeed } from "../../../src/sandbox/world/model.ts";
import { parseSeed, readDefaultSeed } from "../../../src/sandbox/world/seed.ts";
import { bodies, endWorlds, mergeAndApply, planOn, worldHere } from "../../support/github/action-world.ts";
import { ROOT } from "../../support/program/cli.ts";

afterEach(endWorlds);

/** What the sandbox holds when it is started for the examples. */
function exampleSeed(): SandboxSeed {
  const { text, file } = readDefaultSeed();
  const { seed } = parseSeed(text, file);
  if (seed === null) throw new Error("no seed");
  return seed;
}

/** The files of the examples, as a repository has them. */
function exampleFiles(): Record<string, string> {
  const read = (path: string) => readFileSync(join(ROOT, "examples", path), "utf8");
  const campaigns = readdirSync(join(ROOT, "examples/campaigns")).map((name) => `campaigns/${name}`);
  return Object.fromEntries(
    ["campaignctl.yaml", "audiences.yaml", ...campaigns].map((path) => [path, read(path)]),
  );
}

/**
 * What a person who knows the sandbox's population would work out: it reaches all who are included less all who are
 * excluded, with nobody in two audiences.
 */
function truth({ audiences = [] }: SandboxSeed): readonly (readonly [string, string])[] {
  const people = (...names: readonly string[]) =>
    names.reduce(
      (sum, name) => sum + (audiences.find((audience) => audience.name === name)?.size ?? Number.NaN),
      0,
    );
  const baseline = people("Unsubscribed", "Legal hold");
  const said = (count: number) => count.toLocaleString("en-US");
  const spring = people("Lapsed 90 days") - baseline - people("Recent buyers");
  const survey = people("Newsletter") - baseline - people("VIP customers", "Open support case");
  const cart = people("Left a cart", "Newsletter") - baseline - people("SMS opt-out");
  return [
    ["Spring re-engagement", `${said(spring)} → at most ${said(spring + people("Recent buyers"))}`],
    ["Delivery survey", `${said(survey)} → at most ${said(people("Recent buyers"))}`],
    ["Cart reminder", `${said(cart)} → at least ${said(cart - people("Newsletter", "Open support case"))}`],
  ];
}

const INPUTS = { environment: "production", sizes: "true" };

test("a reader of the comment alone can say who comes and goes, how many at most, and whether more or fewer", async () => {
  const seed = exampleSeed();
  const { audiences = [], campaigns } = seed;
  const world = await worldHere(
    campaigns.map(({ campaignId, audience, ...more }) => ({
      id: campaignId,
      desired: audience as AudienceBinding,
      live: audience as AudienceBinding,
      seed: more,
    })),
    { seed: { audiences } },
  );
  const plain = Object.keys(world.github.checkout("main")).filter((path) => path.startsWith("campaigns/"));
  const gone = Object.fromEntries(plain.map((path) => [path, null]));
  const number = world.github.addPullRequest({ commits: [{ files: { ...gone, ...exampleFiles() } }] });

  expect((await planOn(world, number, INPUTS)).code).toBe(0);
  const [comment = ""] = bodies(world, number);
  const sizes = new Map(audiences.map(({ name, size }) => [name, size]));
  const people = (name: string) => `${sizes.get(name)?.toLocaleString("en-US")} people`;
  expect(comment).toContain("3 campaigns change: 1 can reach more people, 1 fewer, 1 either way");
  for (const [sentence, name] of [
    ["▲ more people: no longer excludes **recent-buyers** (segment, ", "Recent buyers"],
    ["▲ more people: now includes **recent-buyers** (segment, ", "Recent buyers"],
    ["▲ more people: no longer excludes **vip-customers** (segment, ", "VIP customers"],
    ["▼ fewer people: no longer includes **newsletter** (audience, ", "Newsletter"],
    ["▼ fewer people: now excludes **open-support-case** (segment, ", "Open support case"],
  ] as const) {
    expect(comment).toContain(`${sentence}${people(name)})`);
  }
  const reaches = [...comment.matchAll(/\| \[([^\]]+)\][^\n]*<br>([\d,]+ → at (?:most|least) [\d,]+),/g)].map(
    ([, name, reach]) => [name?.replaceAll("<wbr>", ""), reach],
  );
  expect(reaches).toEqual(truth(seed));

  const run = await mergeAndApply(world, number, { environment: "production" });
  expect(run.code).toBe(0);
  const { results } = JSON.parse(run.file("report-path")) as {
    results: { name: string; outcome: string; reach: { previousCount: number; evaluatedCount: number } }[];
  };
  const applied = results.filter(({ outcome }) => outcome === "applied");
  expect(applied).toHaveLength(3);
  const numbers = (text: string) =>
    text.match(/[\d,]+/g)?.map((digits) => Number(digits.replaceAll(",", "")));
  for (const { name, reach } of applied) {
    const words = truth(seed).find(([of]) => of === name)?.[1] ?? "";
    const [before, bound = Number.NaN] = numbers(words) ?? [];
    expect(reach.previousCount).toBe(before);
    if (words.includes("at most")) expect(reach.evaluatedCount).toBeLessThanOrEqual(bound);
    else expect(reach.evaluatedCount).toBeGreaterThanOrEqual(bound);
  }
});
