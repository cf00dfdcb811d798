import { afterEach, expect, onTestFinished, test } from "vitest";
import {
  AFTER,
  API_TOKEN,
  bodies,
  endWorlds,
  ONE,
  pathOf,
  puts,
  TWO,
  worldOf,
} from "../../support/github/action-world.ts";
import { gitCheckout } from "../../support/github/git-checkout.ts";
import { campaignFile } from "../../support/program/world.ts";
import { pullRequestEvent, pushEvent } from "../../support/runner/events.ts";

afterEach(endWorlds);

test("as actions/checkout leaves it, at depth 1: a review and its apply ask the API for what the pull request changes alone", async () => {
  const world = await worldOf([ONE, TWO]);
  const { github, sandbox } = world;
  const number = github.addPullRequest({
    commits: [{ files: { [pathOf(0)]: campaignFile(ONE.id, AFTER) } }],
  });
  github.addCommit({ files: { [pathOf(1)]: campaignFile(TWO.id, AFTER) } });
  const on = (commit: string) => {
    const { path, remove } = gitCheckout(github, commit, 1);
    onTestFinished(remove);
    return { workspace: path };
  };
  const event = pullRequestEvent(github, number);
  await sandbox.forget();
  const planned = await world.step(event.sha, event, { command: "plan" }, on(event.sha));
  expect(planned.outputs).toMatchObject({ "to-update": "1", "in-sync": "0" });
  expect(await sandbox.requests()).toHaveLength(1);
  const before = github.tip("main");
  const after = github.mergePullRequest(number, { method: "squash" });
  const push = pushEvent(github, { before, after });
  const applied = await world.step(after, push, { command: "apply" }, on(after));
  expect(applied.code).toBe(0);
  expect(await puts(world)).toEqual([ONE.id]);
  expect(bodies(world, number)[0]).toContain("Nothing of this plan is left to do");
  planned.assertNoSecret([API_TOKEN, github.token]);
});
