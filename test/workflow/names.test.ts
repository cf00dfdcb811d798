import { afterEach, describe, expect, test } from "vitest";
import { linkTo } from "../support/fake-github/links.ts";
import {
  type ActionWorld,
  AFTER,
  applyOn,
  BEFORE,
  bodies,
  endWorlds,
  mergeAndApply,
  merged,
  ONE,
  pathOf,
  planOn,
  puts,
  worldHere,
} from "../support/github/action-world.ts";
import { campaignFile } from "../support/program/world.ts";
import { audienceId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

/** A catalogue whose group has these segments. */
const catalogue = (...members: readonly number[]) =>
  `audiences:\n${[1, 2, 3, 9].map((n) => `  s${n}: { audienceId: ${audienceId(n)}, type: segment }\n`).join("")}` +
  `groups:\n  everybody: [${members.map((n) => `s${n}`).join(", ")}]\n`;

const CAMPAIGN = `campaignId: ${ONE.id}\ninclude: [everybody]\nexclude: [s9]\n`;

/** Main has one campaign by names, as it is live. */
async function named(): Promise<ActionWorld> {
  const world = await worldHere([ONE]);
  world.github.addCommit({ files: { [pathOf(0)]: CAMPAIGN, "audiences.yaml": catalogue(1) } });
  return world;
}

const proposeFiles = ({ github }: ActionWorld, files: Readonly<Record<string, string>>) =>
  github.addPullRequest({ commits: [{ files }] });

describe("a pull request that changes the catalogue alone", () => {
  test("shows what that means for the campaigns that use it, as its own change, and apply writes it", async () => {
    const world = await named();
    const number = proposeFiles(world, { "audiences.yaml": catalogue(1, 2) });
    const run = await planOn(world, number);
    expect(run.outputs).toMatchObject({ changes: "true", widens: "1" });
    const [body = ""] = bodies(world, number);
    expect(body).toContain(audienceId(2));
    const rows = body.split("\n").filter((line) => line.startsWith("|"));
    expect(rows.find((row) => row.includes("Campaign 01"))).not.toContain("drift");
    expect((await mergeAndApply(world, number)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
  });

  test("is not applied where the catalogue that was merged says something else than was reviewed", async () => {
    const world = await named();
    const number = proposeFiles(world, { "audiences.yaml": catalogue(1, 2) });
    await planOn(world, number);
    const before = world.github.tip("main");
    world.github.mergePullRequest(number, { method: "squash" });
    const after = world.github.addCommit({ files: { "audiences.yaml": catalogue(1, 3) } });
    const run = await applyOn(world, { before, after });
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 7, puts: [] });
  });

  test("an older run leaves a campaign to the newer one when a name means something else by now", async () => {
    const world = await named();
    const number = proposeFiles(world, { "audiences.yaml": catalogue(1, 2) });
    await planOn(world, number);
    const push = merged(world, number);
    world.github.addCommit({ files: { "audiences.yaml": catalogue(1, 3) } });
    const run = await applyOn(world, push);
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 0, puts: [] });
    expect(run.summary).toContain("1 campaign superseded");
  });

  test("and writes what a changed catalogue declares all the same", async () => {
    const world = await named();
    const number = proposeFiles(world, { "audiences.yaml": catalogue(1, 2) });
    await planOn(world, number);
    const push = merged(world, number);
    world.github.addCommit({ files: { "audiences.yaml": catalogue(2, 1) } });
    expect((await applyOn(world, push)).code).toBe(0);
    expect(await puts(world)).toEqual([ONE.id]);
  });
});

describe("an older run leaves to the newer one what the branch changed behind a link", () => {
  const PLAIN = { before: campaignFile(ONE.id, BEFORE), wanted: campaignFile(ONE.id, AFTER) };
  const links = {
    "of the catalogue": [
      { [pathOf(0)]: CAMPAIGN, "audiences.yaml": linkTo("shared/a.yaml") },
      "shared/a.yaml",
      [catalogue(1), catalogue(1, 2), catalogue(1, 3)],
    ],
    "of a campaign file": [
      { [pathOf(0)]: linkTo("shared/one.yaml") },
      "shared/one.yaml",
      [PLAIN.before, PLAIN.wanted, PLAIN.before],
    ],
  } as const;

  test.each(Object.entries(links))("%s", async (_, [files, target, [first, wanted, last]]) => {
    const world = await worldHere([ONE]);
    const before = world.github.addCommit({ files: { ...files, [target]: first } });
    const older = { before, after: world.github.addCommit({ files: { [target]: wanted } }) };
    world.github.addCommit({ files: { [target]: last } });
    const run = await applyOn(world, older, { "require-reviewed-plan": "false" });
    expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 0, puts: [] });
    expect(run.summary).toContain("1 campaign superseded");
  });

  test.each(Object.entries(links))(
    "and writes it where it is the same: %s",
    async (_, [files, target, texts]) => {
      const world = await worldHere([ONE]);
      const before = world.github.addCommit({ files: { ...files, [target]: texts[0] } });
      const older = { before, after: world.github.addCommit({ files: { [target]: texts[1] } }) };
      world.github.addCommit({ files: { "README.md": "x" } });
      expect((await applyOn(world, older, { "require-reviewed-plan": "false" })).code).toBe(0);
      expect(await puts(world)).toEqual([ONE.id]);
    },
  );
});

test("drift is told from a change by what names stood for in the base", async () => {
  const world = await named();
  await world.sandbox.edit(ONE.id, { audience: { include: [], exclude: [] } });
  const number = proposeFiles(world, { "README.md": "x" });
  await planOn(world, number, { scope: "all" });
  const rows = (bodies(world, number)[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  expect(rows.find((row) => row.includes("Campaign 01"))).toContain("drift");
});
