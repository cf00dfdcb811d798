import { afterEach, expect, test } from "vitest";
import {
  type ActionWorld,
  API_TOKEN,
  BEFORE,
  endWorlds,
  merged,
  ONE,
  pathOf,
  propose,
  TWO,
  worldHere,
  worldOf,
} from "../../support/github/action-world.ts";
import { pullRequestEvent, pushEvent } from "../../support/runner/events.ts";
import type { ActionRun } from "../../support/runner/runner.ts";

afterEach(endWorlds);

const HOSTILE = "::error::%0A, a: b\r\n##[warning]";

/** Files that are not valid, a plan, its apply, an input that is not right. */
async function story(open: typeof worldOf): Promise<readonly unknown[]> {
  const world = await open([ONE, { ...TWO, seed: { name: HOSTILE } }]);
  const { github } = world;
  const bad = github.addPullRequest({ commits: [{ files: { [pathOf(0)]: "campaigns: [oops,\n" } }] });
  const number = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
  const plan = (of: number, inputs: Record<string, string>) =>
    world.step(github.head(of), pullRequestEvent(github, of), { command: "plan", ...inputs });
  const runs = [
    await plan(bad, {}),
    await plan(number, { sizes: "true" }),
    await plan(number, { sizes: "often" }),
  ];
  const push = merged(world, number);
  runs.push(await world.step(push.after, pushEvent(github, push), { command: "apply" }));
  for (const run of runs) run.assertNoSecret([API_TOKEN, github.token]);
  return runs.map((run) => toldBy(run, world));
}

/** All that a step told, but for what is of one world alone: ports, folders, hours, and what is counted from them. */
function toldBy(
  { code, outputs, summary, commands, masks, log, files }: ActionRun,
  { sandbox }: ActionWorld,
) {
  const here = (text: string): string =>
    text
      .replaceAll(new URL(sandbox.url).origin, "http://sandbox")
      .replaceAll(/\/[^\s"]*\/_temp\//g, "/temp/")
      .replaceAll(/-[0-9a-f]{12}\b|sha256:[0-9a-f]+/g, "<digest>")
      .replaceAll(/\b[0-9a-f]{40}\b|\b[0-9a-f]{7}\b/g, "<commit>")
      .replaceAll(/\d+ \w+ ago|\btook \d+s\b/g, "<age>")
      .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| UTC)?/g, "<time>");
  const told = JSON.stringify({ code, outputs, summary, commands, masks, log, files: [...files.keys()] });
  return JSON.parse(here(told));
}

test("a step in this process tells what the built Action does", async () => {
  expect(await story(worldHere)).toEqual(await story(worldOf));
});
