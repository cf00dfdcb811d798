import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { makeWorldHere, type TestWorld } from "../../support/program/world.ts";
import { audienceId, binding, campaignId } from "../../support/samples/bindings.ts";

const AUDIENCES = [
  { audienceId: audienceId(1), type: "segment", size: 38_634 },
  { audienceId: audienceId(2), type: "segment", size: 12_004, previewId: "aud_01HXYZ" },
  { audienceId: audienceId(3), type: "segment", size: 311 },
  { audienceId: audienceId(4), type: "segment", size: 7 },
];

/** More people (2 is no longer excluded), fewer (3 and 4 now are), and one that is as it should be. */
const CAMPAIGNS = [
  { id: campaignId(1), desired: binding([1]), live: binding([1], [2]) },
  { id: campaignId(2), desired: binding([1], [3, 4]), live: binding([1]) },
  { id: campaignId(3), desired: binding([1]), live: binding([1]) },
  { id: campaignId(4), desired: binding([1], [3]), live: binding([1]) },
];

const worlds: TestWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.end();
});

async function open(switches: Readonly<Record<string, unknown>> = {}) {
  const world = await makeWorldHere(CAMPAIGNS, { seed: { audiences: AUDIENCES, switches } });
  worlds.push(world);
  return world;
}

type Sized = {
  readonly audiences: Record<
    string,
    { readonly size: { readonly count: number; readonly isExact: unknown } | null }
  >;
  readonly changes: readonly { readonly bounds: unknown }[];
  readonly summary: unknown;
};

async function planOn(world: TestWorld, flags: readonly string[] = ["--sizes"]) {
  const ran = await world.run(["plan", "--format", "json", ...flags]);
  const { audiences, changes, summary } = ran.json() as Sized;
  const sizes = Object.values(audiences).map(({ size }) => size && [size.count, size.isExact]);
  return { ...ran, sizes, bounds: changes.map(({ bounds }) => bounds), summary };
}

const previews = async ({ sandbox }: TestWorld) =>
  (await sandbox.requests()).filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);

const SUMMARY = { update: 3, noOp: 1, skip: 0, error: 0, widens: 1 };

describe("with --sizes", () => {
  test("what is counted is the truth, each audience once, and bounds follow", async () => {
    const world = await open({ previewIds: "shared" });
    const { code, stderr, sizes, bounds } = await planOn(world);
    expect([code, stderr]).toEqual([0, ""]);
    expect(sizes).toEqual([null, [12_004, true], [311, true], [7, true]]);
    expect(bounds).toEqual([
      { min: 26_630, max: 38_634 },
      { min: 38_316, max: 38_634 },
      { min: 38_634, max: 38_634 },
      { min: 38_323, max: 38_634 },
    ]);
    expect((await previews(world)).toSorted()).toEqual(
      [2, 3, 4].map((n) => [`/public/v1/audiences/${audienceId(n)}/preview`, { limit: 1 }]),
    );
  });

  test("a saved plan has them too, and is carried out", async () => {
    const world = await open({ previewIds: "shared" });
    await planOn(world, ["--sizes", "--out", "plan.json"]);
    const applied = await world.run(["apply", "--plan", "plan.json", "--json"]);
    expect(applied.json()).toMatchObject({ summary: { applied: 3, reachConfirmed: 3 } });
    const counts = (applied.json() as { results: { reach: { evaluatedCount: number } }[] }).results;
    expect(counts.map(({ reach }) => reach.evaluatedCount)).toEqual([38_634, 38_316, 38_634, 38_323]);
  });

  test("the project file says which counts others may read; a terminal and JSON have them all", async () => {
    const world = await open({ previewIds: "shared" });
    world.workspace.write("campaignctl.yaml", "version: 1\nprivacy: { minCount: 400 }\n");
    const markdown = await world.run(["plan", "--sizes", "--format", "markdown"]);
    expect(markdown.stdout).toContain("12,004 people");
    expect(markdown.stdout).toContain("fewer than 400 people");
    expect(markdown.stdout).toContain("38,634 → at least 37,834");
    expect(markdown.stdout).not.toMatch(/\b(?:311|7) people|38,3\d\d/);
    const text = await world.run(["plan", "--sizes"]);
    expect(text.stdout).toContain("311 people");
    expect(text.stdout).toContain("7 people");
    expect(text.stdout).toContain("38,634 → at least 38,316");
    expect((await planOn(world)).sizes.slice(2)).toEqual([
      [311, true],
      [7, true],
    ]);
  });

  test("an audience that the preview knows by another id is counted by that of the catalogue", async () => {
    const world = await open({ previewIds: "own" });
    const entry = `{ audienceId: ${audienceId(2)}, type: segment, previewId: aud_01HXYZ }`;
    world.workspace.write("audiences.yaml", `audiences: { unsubscribed: ${entry} }\n`);
    const { code, stderr, sizes } = await planOn(world);
    expect([code, sizes[1]]).toEqual([0, [12_004, true]]);
    expect(stderr).not.toContain("could not be counted");
    expect((await previews(world)).map(([path]) => path)).toContain(
      "/public/v1/audiences/aud_01HXYZ/preview",
    );
  });

  test("without it nothing is counted", async () => {
    const world = await open();
    expect((await planOn(world, [])).sizes).toEqual([null, null, null, null]);
    expect(await previews(world)).toEqual([]);
  });
});

describe("an edit in the console", () => {
  const IN_PLACE_OF = { id: campaignId(1), desired: binding([3, 4]), live: binding([2]) };

  async function editedWorld(change: unknown) {
    const seed = { audiences: AUDIENCES, switches: { previewIds: "shared" } };
    const world = await makeWorldHere([IN_PLACE_OF], { seed, reachDelayMs: 60_000 });
    worlds.push(world);
    await world.sandbox.edit(campaignId(1), change);
    return world;
  }

  /** One that is of before the edit, and ended after it. */
  const olderEnd = () => ({
    audience: binding([1]),
    updatedAt: new Date(Date.now() - 1000).toISOString(),
    reach: { status: "ok", evaluatedCount: 12_004, evaluatedAt: new Date().toISOString() },
  });

  test.each([
    ["of the audiences", () => ({ audience: binding([1]) })],
    ["of the audiences, after which an older evaluation ended", olderEnd],
    ["of the name", () => ({ name: "Renamed" })],
  ])("%s: the count of before is called that, and is in no bound", async (_, change) => {
    const world = await editedWorld(change());
    const planned = await world.run(["plan", "--sizes", "--out", "plan.json"]);
    expect(planned.stdout).toContain("12,004 (perhaps of earlier audiences) → at most 318, counted ");
    const [saved] = (JSON.parse(readFileSync(join(world.workspace.path, "plan.json"), "utf8")) as Sized)
      .changes;
    expect(saved?.bounds).toEqual({ min: null, max: 318 });
  });
});

/** How the API may answer, what is counted then, and what is said of it. */
const UNKNOWNS: readonly (readonly [object, readonly unknown[], string])[] = [
  [
    { previewScope: "missing" },
    [null, null, null],
    "None of 3 changed audiences could be counted: the API does not permit it (403)",
  ],
  [
    { previewIds: "own" },
    [null, [311, true], [7, true]],
    "1 of 3 changed audiences could not be counted: the preview knows no such audience (404)",
  ],
  [
    { previewSegments: "not-found" },
    [null, null, null],
    "None of 3 changed audiences could be counted: the preview knows no such audience (404)",
  ],
  [
    { previewCount: "about", previewIds: "shared" },
    [
      [10_803, false],
      [279, false],
      [6, false],
    ],
    "The API does not say of 3 counts that they are exact",
  ],
  [
    { previewCount: "unsaid", previewIds: "shared" },
    [
      [10_803, null],
      [279, null],
      [6, null],
    ],
    "The API does not say of 3 counts that they are exact",
  ],
];

describe("an answer that nobody can know of", () => {
  test.each(UNKNOWNS)("%j: never zero, never a failure, told once", async (switches, counted, told) => {
    const { code, stderr, sizes, bounds, summary } = await planOn(await open({ ...switches }));
    expect([code, summary]).toEqual([0, SUMMARY]);
    expect(sizes.slice(1)).toEqual(counted);
    expect(stderr.startsWith(told)).toBe(true);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(bounds[0]).toEqual({ min: 26_630, max: null });
  });

  test("a preview that is slow keeps nothing waiting but itself", async () => {
    const world = await open({ previewDelayMs: 400 });
    const { code, sizes } = await planOn(world);
    expect([code, sizes[2]]).toEqual([0, [311, true]]);
    const { requests } = world.sandbox;
    const [first, ...rest] = (await requests()).map(({ method }) => method);
    expect([first, rest.slice(0, 3), rest.slice(3)]).toEqual([
      "GET",
      ["GET", "GET", "GET"],
      ["POST", "POST", "POST"],
    ]);
  });
});
