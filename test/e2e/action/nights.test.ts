import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import {
  type ActionWorld,
  BEFORE,
  endWorlds,
  ONE,
  pathOf,
  TWO,
  worldAround,
  worldHere,
} from "../../support/github/action-world.ts";
import { makeWorkspace } from "../../support/program/cli.ts";
import { campaignFile } from "../../support/program/world.ts";
import { scheduleEvent } from "../../support/runner/events.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

afterEach(endWorlds);

const GONE = campaignId(5);

/** A place for the file that a workflow's cache keeps from night to night. */
function cache() {
  const workspace = makeWorkspace();
  onTestFinished(workspace.remove);
  const file = join(workspace.path, "cache", "last-checked.json");
  const read = () => JSON.parse(readFileSync(file, "utf8"));
  const write = (text: string) => writeFileSync(file, text);
  return { file, read, write };
}

const drift = (world: ActionWorld, inputs: Record<string, string>) =>
  world.step("main", scheduleEvent(world.github), { command: "drift", ...inputs });

const issuesOf = (world: ActionWorld) =>
  world.github.issues().map(({ state, title }) => `${state}: ${title}`);

test("cases 85, 86: a campaign that cannot be read is a warning, and an issue in the third night", async () => {
  const world = await worldHere([{ ...ONE, desired: BEFORE }]);
  world.github.addCommit({ files: { [pathOf(4)]: campaignFile(GONE, BEFORE) } });
  const { file, read, write } = cache();
  const night = async () => {
    const run = await drift(world, { "last-checked": file });
    expect(run.code).toBe(8);
    expect(run.summary).toContain("1 campaign could not be read, so nobody knows whether they have drifted.");
    // A day goes by.
    const earlier = (iso: string) => new Date(Date.parse(iso) - 24 * 3_600_000).toISOString();
    write(readFileSync(file, "utf8").replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, earlier));
    return run;
  };
  const first = await night();
  expect(first.log).toContain("it is not there): the order begins anew");
  expect(read()).toMatchObject({
    kind: "last-checked",
    campaigns: { [ONE.id]: { at: expect.any(String) }, [GONE]: { unreadable: { nights: 1 } } },
  });
  await night();
  expect(issuesOf(world)).toEqual([]);
  await night();
  expect(issuesOf(world)).toEqual(["open: Cannot be read: (no name)"]);
  write("{");
  const damaged = await night();
  expect(damaged.log).toContain("it is damaged): the order begins anew");
  expect(issuesOf(world)).toEqual(["open: Cannot be read: (no name)"]);
});

test("case 84: a run whose time is up claims nothing of what it did not look at, and leaves its issues", async () => {
  const world = await worldAround([ONE, TWO].map((campaign) => ({ ...campaign, desired: BEFORE })));
  await world.sandbox.edit(ONE.id, { audience: binding([6]) });
  const { file } = cache();
  await drift(world, { "last-checked": file, "max-duration": "10m" });
  expect(issuesOf(world)).toMatchObject([expect.stringMatching(/^open: Drift: /)]);
  await world.sandbox.edit(ONE.id, { audience: BEFORE });
  const kept = readFileSync(file, "utf8");
  const cut = await drift(world, { "last-checked": file, "max-duration": "0ms" });
  expect(cut.outputs).toMatchObject({ planned: "false", changes: "", "failure-reason": "unreachable" });
  expect(cut.summary).toMatch(
    /^### No campaign was looked at\n\n2 of 2 declared campaigns were not looked at: the time/,
  );
  expect(issuesOf(world)).toMatchObject([expect.stringMatching(/^open: /)]);
  expect(JSON.parse(readFileSync(file, "utf8")).campaigns).toEqual(JSON.parse(kept).campaigns);
});
