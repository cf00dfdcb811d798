import { afterEach, expect, onTestFinished, test } from "vitest";
import type { Plan } from "../../../src/domain/model.ts";
import {
  type ActionWorld,
  AFTER,
  API_TOKEN,
  BEFORE,
  bodies,
  endWorlds,
  ONE,
  pathOf,
  puts,
  TWO,
  worldHere,
  worldOf,
} from "../../support/github/action-world.ts";
import { gitCheckout } from "../../support/github/git-checkout.ts";
import { campaignFile } from "../../support/program/world.ts";
import { pullRequestEvent, pushEvent } from "../../support/runner/events.ts";
import { audienceId, campaignId } from "../../support/samples/bindings.ts";

afterEach(endWorlds);

/** What actions/checkout leaves of a commit: that one alone. */
const atDepth1 = (github: ActionWorld["github"]) => (commit: string) => {
  const { path, remove } = gitCheckout(github, commit, 1);
  onTestFinished(remove);
  return { workspace: path };
};

test("as actions/checkout leaves it, at depth 1: a review and its apply ask the API for what the pull request changes alone", async () => {
  const world = await worldOf([ONE, TWO]);
  const { github, sandbox } = world;
  const number = github.addPullRequest({
    commits: [{ files: { [pathOf(0)]: campaignFile(ONE.id, AFTER) } }],
  });
  github.addCommit({ files: { [pathOf(1)]: campaignFile(TWO.id, AFTER) } });
  const on = atDepth1(github);
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

test("a group plans the campaign that it changes, and it is applied; a deleted file is told; a rename, alone too, asks for nothing", async () => {
  const three = { ...ONE, id: campaignId(3) };
  const world = await worldHere([ONE, TWO, three]);
  const { github, sandbox } = world;
  const on = atDepth1(github);
  const byGroup = `campaignId: ${ONE.id}\ninclude: [everybody]\nexclude: [{ audienceId: ${audienceId(9)}, type: segment }]\n`;
  const names = [1, 2].map((n) => `  a${n}: { audienceId: ${audienceId(n)}, type: segment }\n`).join("");
  const catalogue = (members: string) => `audiences:\n${names}groups:\n  everybody: [${members}]\n`;
  github.addCommit({ files: { [pathOf(0)]: byGroup, "audiences.yaml": catalogue("a1") } });
  const renamed = { [pathOf(1)]: null, "campaigns/renamed.yaml": campaignFile(TWO.id, BEFORE) };
  const alone = github.addPullRequest({ commits: [{ files: renamed }] });
  const more = { "audiences.yaml": catalogue("a1, a2"), [pathOf(2)]: null, ...renamed };
  const number = github.addPullRequest({ commits: [{ files: more }] });
  await sandbox.forget();
  const [event, quiet] = [pullRequestEvent(github, number), pullRequestEvent(github, alone)];
  const nothing = await world.step(quiet.sha, quiet, { command: "plan" }, on(quiet.sha));
  expect(nothing.outputs).toMatchObject({ changes: "false", "to-update": "0", "in-sync": "0" });
  expect(await sandbox.requests()).toEqual([]);
  expect(bodies(world, alone)[0]).toContain("None of 3 declared campaigns was looked at");
  const planned = await world.step(event.sha, event, { command: "plan" }, on(event.sha));
  expect(planned.code).toBe(0);
  expect((await sandbox.requests()).map(({ path }) => path)).toEqual([
    expect.stringMatching(new RegExp(`/campaigns/${ONE.id}/summary$`)),
  ]);
  const plan = JSON.parse(planned.file("plan-path")) as Plan;
  expect(plan.scope).toMatchObject({ kind: "changed", since: github.tip("main"), planned: 1, declared: 2 });
  expect(plan.diagnostics.map(({ code, file }) => [code, file])).toContainEqual([
    "no-longer-declared",
    pathOf(2),
  ]);
  const [body = ""] = bodies(world, number);
  expect(body).toContain("because of `audiences.yaml: group everybody`");
  expect(body).toContain("no longer look after it");
  expect(body).toContain("1 campaign is declared by no file any more: it stays as it is live");
  const before = github.tip("main");
  const after = github.mergePullRequest(number, { method: "merge" });
  const push = pushEvent(github, { before, after });
  expect((await world.step(after, push, { command: "apply" }, on(after))).code).toBe(0);
  expect(await puts(world)).toEqual([ONE.id]);
});
