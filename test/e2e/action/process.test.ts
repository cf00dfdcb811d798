import { afterEach, expect, test } from "vitest";
import { endWorlds, ONE, planOn, propose, worldAround } from "../../support/github/action-world.ts";
import { injected } from "../../support/program/cli.ts";
import { pullRequestEvent, pushEvent } from "../../support/runner/events.ts";

afterEach(endWorlds);

test("the job summary cannot be written: the outputs of the apply stay", async () => {
  const world = await worldAround([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  const { github } = world;
  const before = github.tip("main");
  const after = github.mergePullRequest(number, { method: "squash" });
  const run = await world.step(
    after,
    pushEvent(github, { before, after }),
    { command: "apply" },
    { env: injected("delete process.env.GITHUB_STEP_SUMMARY;") },
  );
  expect(run.code).toBe(0);
  expect(JSON.parse(run.file("report-path"))).toMatchObject({ summary: { applied: 1 } });
});

test("case 80: a rejection that nobody caught: the step fails as a bug, and says so", async () => {
  const world = await worldAround([ONE]);
  const number = propose(world, [ONE]);
  // As soon as somebody would hear it, however long the start takes.
  const stray = `const timer = setInterval(() => {
    if (process.listenerCount("uncaughtException") === 0) return;
    clearInterval(timer);
    Promise.reject(new Error("stray"));
  }, 1);`;
  const run = await world.step(
    world.github.head(number),
    pullRequestEvent(world.github, number),
    { command: "plan" },
    { env: injected(stray) },
  );
  expect(run.code).toBe(1);
  expect(run.outputs).toEqual({ "failure-reason": "internal" });
  expect(run.log).toContain("This is a mistake in campaignctl, please report it: stray");
});
