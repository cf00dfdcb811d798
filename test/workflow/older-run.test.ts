import { afterEach, describe, expect, test } from "vitest";
import {
  AFTER,
  applyOn,
  BEFORE,
  bodies,
  dispatch,
  endWorlds,
  filesOf,
  merged,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { campaignFile } from "../support/program/world.ts";
import { binding } from "../support/samples/bindings.ts";

afterEach(endWorlds);

describe("an older run never writes what the branch no longer says", () => {
  const NARROW = { ...ONE, desired: binding([1], [8, 9]) };

  test.each(["older", "newer"] as const)(
    "%s run first: live becomes what the branch says, both are green",
    async (first) => {
      const world = await worldHere([ONE]);
      const wide = propose(world, [ONE]);
      await planOn(world, wide);
      const older = merged(world, wide);
      const narrow = propose(world, [NARROW]);
      await planOn(world, narrow);
      const newer = merged(world, narrow);
      const order = first === "older" ? [older, newer] : [newer, older];
      for (const push of order) expect((await applyOn(world, push)).code).toBe(0);
      expect(await puts(world)).toEqual([ONE.id]);
      const live = await fetch(`${new URL(world.sandbox.url).origin}/__sandbox/campaigns/${ONE.id}`);
      expect(await live.json()).toMatchObject({ audience: NARROW.desired });
      expect(world.github.issues()).toEqual([]);
      expect(bodies(world, wide)[0]).toContain("### Superseded");
    },
  );

  test("without a required review as well", async () => {
    const world = await worldHere([ONE]);
    const before = world.github.tip("main");
    const older = { before, after: world.github.addCommit({ files: filesOf([ONE]) }) };
    world.github.addCommit({ files: filesOf([{ ...ONE, desired: BEFORE }]) });
    const run = await applyOn(world, older, { "require-reviewed-plan": "false" });
    expect(run.code).toBe(0);
    expect(run.summary).toContain("1 campaign superseded");
    expect(await puts(world)).toEqual([]);
  });

  test.each<[string, Record<string, string | null>]>([
    ["the file was moved", { [pathOf(0)]: null, "campaigns/moved.yaml": campaignFile(ONE.id, AFTER) }],
    [
      "the project file is another one",
      { "campaignctl.yaml": "version: 1\ncampaigns: [campaigns/*.yaml]\n" },
    ],
  ])("%s: left to the newer run, which applies what was reviewed", async (_, files) => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const push = merged(world, number);
    world.github.addCommit({ files });
    const older = await applyOn(world, push);
    expect({ code: older.code, puts: await puts(world) }).toEqual({ code: 0, puts: [] });
    expect(older.annotations("warning").map(({ message }) => message)).toEqual([
      expect.stringContaining("left to the run of the branch's newest commit"),
    ]);
    expect(world.github.issues()).toMatchObject([{ state: "open" }]);
    expect((await dispatch(world)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });

  test.each<[string, Record<string, string | null>]>([
    ["the file was moved", { [pathOf(0)]: null, "campaigns/moved.yaml": campaignFile(ONE.id, AFTER) }],
    [
      "the project file is another one",
      { "campaignctl.yaml": "version: 1\ncampaigns: [campaigns/*.yaml]\n" },
    ],
  ])("%s above the working directory: left to the newer run as well", async (_, files) => {
    const world = await worldHere([ONE]);
    const here = { "working-directory": "work" };
    // A checkout is known for one by its folder of Git's.
    const checkout = { ".git/HEAD": "", "work/notes.txt": "" };
    world.github.addCommit({ files: { "campaignctl.yaml": "version: 1\n", ...checkout } });
    const number = propose(world, [ONE]);
    await planOn(world, number, here);
    const push = merged(world, number);
    world.github.addCommit({ files });
    const older = await applyOn(world, push, here);
    expect({ code: older.code, puts: await puts(world) }).toEqual({ code: 0, puts: [] });
    expect(older.summary).toContain("left to a newer run");
    expect((await dispatch(world, here)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
  });

  test("what is declared as it was is written, whatever else the branch has by now", async () => {
    const world = await worldHere([ONE, TWO]);
    const number = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
    await planOn(world, number);
    const push = merged(world, number);
    world.github.addCommit({ files: { [pathOf(1)]: campaignFile(TWO.id, AFTER), "README.md": "x" } });
    expect((await applyOn(world, push)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
  });

  test("where nobody can tell what the branch says, nothing is written", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const push = merged(world, number);
    world.github.addCommit({ files: { [pathOf(0)]: campaignFile(ONE.id, BEFORE) } });
    world.github.forbid("repos/get-content");
    const run = await applyOn(world, push);
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 8, puts: [] });
  });
});
