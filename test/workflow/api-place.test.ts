import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import {
  type ActionWorld,
  API_TOKEN,
  bodies,
  endWorlds,
  filesOf,
  mergeAndApply,
  ONE,
  planOn,
  puts,
  worldHere,
} from "../support/github/action-world.ts";
import {
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  type RunEvent,
  scheduleEvent,
  workflowDispatchEvent,
} from "../support/runner/events.ts";

afterEach(endWorlds);

/** A server that keeps what it is asked: it must never see the token. */
async function stranger() {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.writeHead(404).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/public/v1`, asked };
}

const project = (url: string) => ({
  "campaignctl.yaml": `version: 1\nenvironments:\n  production: { apiUrl: ${url} }\n`,
});

const FROM_FILE = { command: "plan", "api-url": "", environment: "production" };

/** A branch `parent` that nobody has reviewed, whose project file names a stranger; and a pull request onto it. */
async function stacked() {
  const world = await worldHere([ONE]);
  const evil = await stranger();
  world.github.addCommit({ files: project(world.sandbox.url) });
  world.github.addPullRequest({ branch: "parent", commits: [{ files: project(evil.url) }] });
  const number = world.github.addPullRequest({ base: "parent", commits: [{ files: filesOf([ONE]) }] });
  return { world, evil, number };
}

const onHead = (world: ActionWorld, number: number, event: RunEvent, inputs: Record<string, string>) =>
  world.step(world.github.head(number), event, inputs);

describe("onto a branch that is not the default one", () => {
  test.each(["pull_request", "pull_request_target"] as const)(
    "%s: only the files are checked, green, with a warning that says why",
    async (name) => {
      const { world, evil, number } = await stacked();
      const event = pullRequestEvent(world.github, number, { name });
      const run = await onHead(world, number, event, FROM_FILE);
      expect({ code: run.code, planned: run.outputs.planned }).toEqual({ code: 0, planned: "false" });
      expect(run.annotations("warning").map(({ message }) => message)).toEqual([
        expect.stringMatching(/merged into parent.*not the default branch.*api-url/),
      ]);
      expect(bodies(world, number)[0]).toContain("### No plan: this is not to be merged into main");
      expect(evil.asked).toEqual([]);
      expect(await world.sandbox.requests()).toEqual([]);
    },
  );

  test("a merge group: the same, without a comment", async () => {
    const { world, evil } = await stacked();
    const baseSha = world.github.tip("parent");
    const headSha = world.github.addCommit({ branch: "queue", files: filesOf([ONE]) });
    const event = mergeGroupEvent(world.github, { headSha, baseSha, branch: "parent" });
    const run = await world.step(headSha, event, FROM_FILE);
    expect({ code: run.code, planned: run.outputs.planned }).toEqual({ code: 0, planned: "false" });
    expect(evil.asked).toEqual([]);
  });

  test.each(["input", "variable"] as const)("it is planned with api-url from the %s", async (from) => {
    const { world, evil, number } = await stacked();
    const { url } = world.sandbox;
    const inputs = { ...FROM_FILE, "api-url": from === "input" ? url : "" };
    const env: Record<string, string> = from === "variable" ? { EXPERITURE_API_URL: url } : {};
    const event = pullRequestEvent(world.github, number);
    const run = await world.step(world.github.head(number), event, inputs, { env });
    expect(run.outputs).toMatchObject({ planned: "true", "to-update": "1" });
    expect(evil.asked).toEqual([]);
  });
});

test("in a queue a merge group stands on another one, whose project file is not merged either", async () => {
  const world = await worldHere([ONE]);
  const evil = await stranger();
  world.github.addCommit({ files: project(world.sandbox.url) });
  const baseSha = world.github.addCommit({ branch: "queue-1", files: project(evil.url) });
  const headSha = world.github.addCommit({ branch: "queue-1", files: filesOf([ONE]) });
  const run = await world.step(headSha, mergeGroupEvent(world.github, { headSha, baseSha }), FROM_FILE);
  expect(run.outputs).toMatchObject({ planned: "true", "to-update": "1" });
  expect(evil.asked).toEqual([]);
});

test("a retargeted pull request may still name its old base commit: the default branch decides", async () => {
  const { world, evil, number } = await stacked();
  const event = pullRequestEvent(world.github, number);
  const payload = event.payload as { pull_request: { base: { ref: string } } };
  payload.pull_request.base.ref = "main";
  const run = await onHead(world, number, event, FROM_FILE);
  expect(run.outputs).toMatchObject({ planned: "true", "to-update": "1" });
  expect(evil.asked).toEqual([]);
});

test("the project file is looked for from the working directory upwards, as everywhere", async () => {
  const world = await worldHere([ONE]);
  const evil = await stranger();
  world.github.addCommit({ files: project(world.sandbox.url) });
  const file = Object.values(filesOf([ONE]))[0] ?? "";
  const number = world.github.addPullRequest({
    commits: [
      {
        files: {
          "team/a/campaigns/1.yaml": file,
          "team/a/campaignctl.yaml": project(evil.url)["campaignctl.yaml"],
        },
      },
    ],
  });
  const run = await planOn(world, number, { ...FROM_FILE, "working-directory": "team/a" });
  expect(run.outputs).toMatchObject({ planned: "true", "to-update": "1" });
  expect(evil.asked).toEqual([]);
});

test("without git too it is found above the working directory, by plan and by apply", async () => {
  const world = await worldHere([ONE]);
  const files = { ...project(world.sandbox.url), "team/README.md": "" };
  world.github.addCommit({ files });
  const number = world.github.addPullRequest({ commits: [{ files: filesOf([ONE]) }] });
  const inputs = { ...FROM_FILE, "working-directory": "team" };
  const planned = await planOn(world, number, inputs);
  expect(planned.outputs).toMatchObject({ planned: "true", "to-update": "1" });
  const applied = await mergeAndApply(world, number, { ...inputs, command: "apply" });
  expect(applied.code).toBe(0);
  expect(await puts(world)).toEqual([ONE.id]);
});

test("a push to another branch is planned where the default branch says", async () => {
  const world = await worldHere([ONE]);
  const evil = await stranger();
  world.github.addCommit({ files: project(world.sandbox.url) });
  const after = world.github.addCommit({
    branch: "topic",
    files: { ...filesOf([ONE]), ...project(evil.url) },
  });
  const event = pushEvent(world.github, { before: null, after, branch: "topic" });
  const run = await world.step(after, event, FROM_FILE);
  expect(run.outputs.planned).toBe("true");
  expect(evil.asked).toEqual([]);
  run.assertNoSecret([API_TOKEN]);
});

describe("something else may be checked out, and there is no git to tell", () => {
  /** A branch that nobody has reviewed is checked out, with `ref`, and its project file names a stranger. */
  async function elsewhere() {
    const world = await worldHere([ONE]);
    const evil = await stranger();
    const before = world.github.tip("main");
    const after = world.github.addCommit({ files: project(world.sandbox.url) });
    world.github.addCommit({ branch: "topic", files: { ...filesOf([ONE]), ...project(evil.url) } });
    return { world, evil, push: pushEvent(world.github, { before, after }) };
  }

  test.each(["plan", "apply", "drift"])("%s: the token goes where GitHub's file says", async (command) => {
    const { world, evil, push } = await elsewhere();
    for (const event of [push, workflowDispatchEvent(world.github), scheduleEvent(world.github)]) {
      const run = await world.step("topic", event, { ...FROM_FILE, command });
      expect(run.outputs).toMatchObject({ planned: "true", "to-update": "1" });
    }
    expect(evil.asked).toEqual([]);
  });

  test.each(["plan", "apply"])("%s without a token for GitHub asks for api-url", async (command) => {
    const { world, evil, push } = await elsewhere();
    const inputs = { ...FROM_FILE, command, "github-token": "", "require-reviewed-plan": "false" };
    const run = await world.step("topic", push, inputs);
    expect(run.code).toBe(3);
    expect(run.annotations("error").map(({ message }) => message)).toEqual([
      expect.stringMatching(/no reviewed file says where the API is.*api-url/),
    ]);
    expect(evil.asked).toEqual([]);
    expect(await world.sandbox.requests()).toEqual([]);
  });
});

test("an environment that only the pull request knows has no reviewed place yet", async () => {
  const world = await worldHere([ONE]);
  const number = world.github.addPullRequest({
    commits: [{ files: { ...filesOf([ONE]), ...project(world.sandbox.url) } }],
  });
  const run = await planOn(world, number, FROM_FILE);
  expect(run.code).toBe(3);
  expect(run.annotations("error").map(({ message }) => message)).toEqual([
    expect.stringMatching(/default branch has no environment "production" yet.*api-url/),
  ]);
  expect(await world.sandbox.requests()).toEqual([]);
});

test("the project file of the default branch is not valid: it cannot say where the API is", async () => {
  const world = await worldHere([ONE]);
  world.github.addCommit({ files: { "campaignctl.yaml": "version: nine\n" } });
  const number = world.github.addPullRequest({
    commits: [{ files: { ...filesOf([ONE]), ...project(world.sandbox.url) } }],
  });
  const run = await planOn(world, number, FROM_FILE);
  expect(run.code).toBe(3);
  expect(run.annotations("error").map(({ message }) => message)).toEqual([
    expect.stringContaining("of the default branch is not valid"),
  ]);
});
