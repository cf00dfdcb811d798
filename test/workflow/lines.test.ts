import { afterEach, expect, onTestFinished, test } from "vitest";
import { startFakeGitHub } from "../support/fake-github/server.ts";
import {
  applyOn,
  BEFORE,
  bodies,
  dispatch,
  endWorlds,
  filesOf,
  mendRefused,
  mergeAndApply,
  merged,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  REFUSED,
  TWO,
  worldHere,
  worldWithRefused,
} from "../support/github/action-world.ts";
import { makeWorkspace } from "../support/program/cli.ts";
import { pullRequestEvent } from "../support/runner/events.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

test("same second: the newest pull request decides", async () => {
  const world = await worldHere([ONE]);
  const at = Math.floor(world.github.world.now() / 1000) * 1000;
  const before = world.github.tip("main");
  const first = propose(world, [{ ...ONE, desired: binding([1, 3], [9]) }]);
  await planOn(world, first);
  const second = propose(world, [ONE]);
  await planOn(world, second);
  world.github.mergePullRequest(first, { method: "squash", at });
  const after = world.github.mergePullRequest(second, { method: "squash", at });
  const run = await applyOn(world, { before, after });
  expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 0, puts: [ONE.id] });
});

test("an applied plan authorises once", async () => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  const push = merged(world, number);
  await applyOn(world, push);
  await world.sandbox.edit(ONE.id, { audience: BEFORE });
  const again = await applyOn(world, push);
  expect({ puts: await puts(world), code: again.code }).toEqual({ puts: [ONE.id], code: 7 });
  expect(again.summary).toContain("in no reviewed plan that is still to be applied");
});

test("stale and failed: the failed one is tried again", async () => {
  const world = await worldWithRefused(worldHere);
  const number = propose(world, [ONE, REFUSED]);
  await planOn(world, number);
  await world.sandbox.edit(ONE.id, { audience: binding([1, 7], [9]) });
  const run = await mergeAndApply(world, number);
  expect(run.summary).toContain("1 stale, 1 failed");
  await mendRefused(world);
  const retry = await dispatch(world);
  expect(retry.summary).toContain("Apply: 1 applied");
});

test("an edit by a deleted account authorises nothing", async () => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  const [comment] = world.github.comments(number);
  Object.assign(comment as object, {
    editor: null,
    lastEditedAt: world.github.world.now(),
    updatedAt: world.github.world.now(),
  });
  const run = await mergeAndApply(world, number);
  expect({ code: run.code, puts: await puts(world) }).toEqual({ code: 7, puts: [] });
});

test("without the comparison the result is in the plan comment all the same", async () => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  const run = await mergeAndApply(world, number, { "require-reviewed-plan": "false" });
  expect(run.code).toBe(0);
  expect(bodies(world, number)[0]).toContain("Apply: 1 applied");
});

test("a token that may not even list comments: a notice, green", async () => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  world.github.forbid("issues/list-comments", "issues/create-comment");
  const run = await planOn(world, number);
  expect({
    code: run.code,
    url: run.outputs["comment-url"],
    notices: run.annotations("notice").length > 0,
  }).toEqual({ code: 0, url: "", notices: true });
});

test("the base cannot be read: no badges, a notice, green", async () => {
  const world = await worldHere([ONE, TWO]);
  await world.sandbox.edit(ONE.id, { audience: binding([5], [9]) });
  const number = propose(world, [ONE, TWO]);
  world.github.forbid("git/get-tree");
  const run = await planOn(world, number, { scope: "all" });
  expect({ code: run.code, reason: run.outputs["failure-reason"] }).toEqual({ code: 0, reason: "" });
  expect(
    run
      .annotations("notice")
      .map(({ message }) => message)
      .join(),
  ).toContain("contents: read");
  expect(bodies(world, number)[0]).not.toContain("`drift`");
});

test("changed files cannot be listed: the mistake is annotated all the same", async () => {
  const world = await worldHere([ONE]);
  const number = world.github.addPullRequest({
    commits: [{ files: { [pathOf(0)]: "campaignId: x\ninclude: []\n" } }],
  });
  world.github.failNext(
    { kind: "primary-limit", resetAt: Math.floor(world.github.world.now() / 1000) + 3000 },
    { operation: "pulls/list-files", times: 20 },
  );
  const run = await planOn(world, number, { command: "validate", token: "" });
  expect({
    reason: run.outputs["failure-reason"],
    lines: run.annotations("error").filter((a) => a.properties.file).length,
  }).toMatchObject({ reason: "invalid-files" });
});

test("an odd proxy variable: outputs all the same", async () => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  const run = await world.step(
    world.github.head(number),
    pullRequestEvent(world.github, number),
    { command: "validate" },
    { env: { HTTPS_PROXY: "proxy.corp:8080" } },
  );
  expect(run.outputs["failure-reason"]).toBeDefined();
  expect(run.summary).not.toBe("");
});

test("a proxy variable that is no URL", async () => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  const run = await world.step(
    world.github.head(number),
    pullRequestEvent(world.github, number),
    { command: "validate" },
    { env: { HTTPS_PROXY: "http://user:canary-proxy-secret@[bad" } },
  );
  expect(run.outputs["failure-reason"]).toBeDefined();
  run.assertNoSecret(["canary-proxy-secret"]);
});

test("GitHub Enterprise Server", async () => {
  const world = await worldHere([ONE]);
  const github = await startFakeGitHub({ product: "enterprise", serverUrl: "https://ghe.example.test" });
  onTestFinished(github.close);
  github.addCommit({ files: filesOf([{ id: ONE.id, desired: BEFORE }]) });
  const number = github.addPullRequest({ commits: [{ files: filesOf([ONE]) }] });
  const ws = makeWorkspace(github.checkout(github.head(number)));
  onTestFinished(ws.remove);
  const event = pullRequestEvent(github, number);
  const run = await world.step("main", event, { command: "plan" }, { github, workspace: ws.path });
  expect(run.code).toBe(0);
  expect(github.comments(number)).toHaveLength(1);
  expect(github.comments(number)[0]?.body).toContain("https://ghe.example.test/acme/campaigns/blob/");
  expect(github.unexpected).toEqual([]);
});

test("three thousand changed campaigns fit: one comment, cut by whole campaigns, and merging applies", async () => {
  const many = Array.from({ length: 3000 }, (_, index) => ({ ...ONE, id: campaignId(index) }));
  // Reach is known at once: of waiting for it other tests tell.
  const world = await worldHere(many, { reachDelayMs: 0 });
  const number = propose(world, many);
  const plan = await planOn(world, number, { parallelism: "50" });
  expect(plan.code).toBe(0);
  const [body = ""] = bodies(world, number);
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
  expect(body).toContain("Plan: 3000 to change (3000 widens)");
  expect(Buffer.byteLength(plan.summary)).toBeLessThanOrEqual(1_000_000);
  expect((body.match(/```/g) ?? []).length % 2).toBe(0);
  const run = await mergeAndApply(world, number, { parallelism: "50" });
  expect(run.code).toBe(0);
}, 600_000);
