import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import type { FakeGitHub } from "../support/fake-github/server.ts";
import {
  type ActionWorld,
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
  worldHere,
  worldWithRefused,
} from "../support/github/action-world.ts";
import { openSeeded } from "../support/program/world.ts";
import { pullRequestEvent, pushEvent } from "../support/runner/events.ts";
import { binding } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const OTHER = { ...ONE, desired: binding([1, 2, 3], [9]) };

describe("what was not reviewed is never written", () => {
  test("the run of an old push is repeated after its pull request was reverted: left to the newer one", async () => {
    const world = await worldHere([ONE]);
    const first = propose(world, [ONE]);
    await planOn(world, first);
    const push = merged(world, first);
    await applyOn(world, push);
    const revert = propose(world, [{ ...ONE, desired: BEFORE }]);
    await planOn(world, revert);
    await mergeAndApply(world, revert);
    const again = await applyOn(world, push);
    expect(again.outputs["failure-reason"]).toBe("");
    expect(again.summary).toContain("the branch declares something else by now");
    expect(await puts(world)).toHaveLength(2);
    expect(world.github.issues()).toEqual([]);
  });

  test("plan is repeated when its pull request is merged: the result stays, nothing is authorised", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    const event = pullRequestEvent(world.github, number);
    await planOn(world, number);
    await mergeAndApply(world, number);
    const told = bodies(world, number);
    await world.sandbox.edit(ONE.id, { audience: binding([7], [9]) });
    await world.step(world.github.head(number), event, { command: "plan" });
    expect(bodies(world, number)).toEqual(told);
    const before = world.github.tip("main");
    const later = await applyOn(world, { before, after: world.github.addCommit() }, { scope: "all" });
    expect(later.outputs["failure-reason"]).toBe("plan-changed");
    expect(await puts(world)).toHaveLength(1);
  });

  test("the pull request moves the API in its project file", async () => {
    const world = await worldHere([ONE]);
    const other = await openSeeded([ONE]);
    onTestFinished(other.stop);
    const project = (url: string) => ({
      "campaignctl.yaml": `version: 1\nenvironments:\n  prod:\n    apiUrl: ${url}\n`,
    });
    world.github.addCommit({ files: project(world.sandbox.url) });
    const files = { ...filesOf([ONE]), ...project(other.url) };
    const number = world.github.addPullRequest({ commits: [{ files }] });
    const inputs = { "api-url": "", environment: "prod" };
    await planOn(world, number, inputs);
    const run = await mergeAndApply(world, number, inputs);
    const written = (await other.requests()).filter(({ method }) => method === "PUT");
    expect(run.outputs["failure-reason"]).toBe("plan-changed");
    expect(written).toEqual([]);
  });

  test("the comment was edited by somebody whose account is gone", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const [comment] = world.github.comments(number);
    if (comment === undefined) throw new Error("There is no comment.");
    world.github.editComment(comment.id, { by: "mallory", body: comment.body });
    Object.assign(world.github.world.comments.get(comment.id) ?? {}, { editor: null });
    const run = await mergeAndApply(world, number);
    expect(run.outputs["failure-reason"]).toBe("plan-changed");
    expect(await puts(world)).toEqual([]);
  });

  test("the comment was edited, and GraphQL has trouble that passes", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const [comment] = world.github.comments(number);
    if (comment === undefined) throw new Error("There is no comment.");
    world.github.editComment(comment.id, { by: "mallory", body: comment.body });
    const push = merged(world, number);
    const run = await behindTrouble(world, (github) => pushEvent(github, push), push.after, "apply");
    expect(run.outputs["failure-reason"]).toBe("incomplete");
    expect(await puts(world)).toEqual([]);
  });
});

test("GraphQL has trouble with an app's token: no second comment", async () => {
  const world = await worldHere([ONE]);
  Object.assign(world.github.world, { login: "my-app[bot]" });
  const number = propose(world, [ONE]);
  await planOn(world, number);
  world.github.forbid("users/get-authenticated");
  const head = world.github.head(number);
  await behindTrouble(world, (github) => pullRequestEvent(github, number), head, "plan");
  expect(bodies(world, number)).toHaveLength(1);
});

test.each([
  ["number order", 0],
  ["another order", 1],
] as const)("a queue merged two in the same second, %s: the last one decides", async (_, firstIndex) => {
  const world = await worldHere([ONE]);
  const before = world.github.tip("main");
  const numbers = (firstIndex === 0 ? [ONE, OTHER] : [OTHER, ONE]).map((campaign) =>
    propose(world, [campaign]),
  );
  for (const number of numbers) await planOn(world, number);
  const order = firstIndex === 0 ? numbers : [...numbers].reverse();
  const tips = order.map((number) => world.github.mergePullRequest(number, { method: "squash" }));
  const merges = numbers.map((number) => world.github.world.pullRequests.get(number)?.merged ?? {});
  for (const merged of merges) Object.assign(merged, { at: world.github.world.now() - 1_000 });
  Object.assign(merges[0] ?? {}, { at: (merges[1] as { at: number }).at });
  const run = await applyOn(world, { before, after: tips.at(-1) ?? "" });
  expect(run.code).toBe(0);
  expect(await puts(world)).toEqual([ONE.id]);
});

test("one campaign refused, another failed: what failed is tried again", async () => {
  const world = await worldWithRefused(worldHere);
  const number = propose(world, [ONE, REFUSED]);
  await planOn(world, number);
  await world.sandbox.edit(ONE.id, { audience: binding([1, 7], [9]) });
  await mergeAndApply(world, number);
  await mendRefused(world);
  const retry = await dispatch(world);
  expect(retry.summary).toContain("Apply: 1 applied, 0 unchanged, 0 skipped (not draft), 1 stale");
});

test("the result may not be written into the comment: all is done, and the step says what still stands there", async () => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  world.github.forbid("issues/update-comment");
  const run = await mergeAndApply(world, number);
  expect(run.code).toBe(0);
  expect(await puts(world)).toEqual([ONE.id]);
  expect(run.annotations("warning").map(({ message }) => message)).toEqual([
    expect.stringContaining("is out of date"),
  ]);
});

test("files are not valid and GitHub fails: invalid-files, and the summary says which", async () => {
  const world = await worldHere([ONE]);
  const number = world.github.addPullRequest({ commits: [{ files: { [pathOf(0)]: "campaigns: [oops\n" } }] });
  world.github.failNext(
    { kind: "status", status: 502, when: "before" },
    { operation: "issues/create-comment", times: 20 },
  );
  const run = await planOn(world, number);
  expect(run.outputs["failure-reason"]).toBe("invalid-files");
  expect(run.summary).toContain(pathOf(0));
});

/** Runs a step while GraphQL answers 200 with an error that has no type, as GitHub does when it is in trouble. */
async function behindTrouble(
  { github, step }: ActionWorld,
  event: (github: FakeGitHub) => ReturnType<typeof pushEvent>,
  ref: string,
  command: string,
) {
  const message = "Something went wrong while executing your query. This may be the result of a timeout.";
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader("content-type", "application/json");
    if (request.url?.endsWith("/graphql")) {
      response.end(JSON.stringify({ data: null, errors: [{ message }] }));
      return;
    }
    const { method = "GET", headers } = request;
    const passed = await fetch(`${github.url}${request.url}`, {
      method,
      headers: { authorization: String(headers.authorization), "content-type": "application/json" },
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    response.writeHead(passed.status).end(await passed.text());
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await step(ref, event(github), { command }, { github: { ...github, url } });
  } finally {
    server.close().closeAllConnections();
  }
}
