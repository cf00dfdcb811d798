import type { ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { decodeHeader } from "../../../src/github/review/comment-header.ts";
import {
  type ActionWorld,
  API_TOKEN,
  bodies,
  endWorlds,
  filesOf,
  mergeAndApply,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  worldOf,
} from "../../support/github/action-world.ts";
import { injected } from "../../support/program/cli.ts";
import { pullRequestEvent } from "../../support/runner/events.ts";
import { binding } from "../../support/samples/bindings.ts";

afterEach(endWorlds);

const OTHER = { ...ONE, desired: binding([1, 3], [9]) };
const NOWHERE = "http://127.0.0.1:9/public/v1";
const ONE_TOKEN = {
  seed: { tokens: [{ token: API_TOKEN, scopes: ["campaigns:read", "campaigns:update"] }] },
};

/** A pull request whose first commit has its plan, and that has a second commit by now. */
async function outgrown() {
  const world = await worldOf([ONE], ONE_TOKEN);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  const oldEvent = pullRequestEvent(world.github, number);
  const first = world.github.head(number);
  world.github.extendPullRequest(number, [{ files: filesOf([OTHER]) }]);
  return { world, number, oldEvent, first };
}

/** Runs plan for the newest commit. */
const planWith = (
  world: ActionWorld,
  number: number,
  inputs: Readonly<Record<string, string>>,
  more: { readonly env?: Record<string, string>; readonly onStart?: (child: ChildProcess) => void } = {},
) => {
  const event = pullRequestEvent(world.github, number);
  return world.step(world.github.head(number), event, { command: "plan", ...inputs }, more);
};

function headerOf(world: ActionWorld, number: number) {
  const [body = ""] = bodies(world, number);
  return decodeHeader(body, /^<!-- campaignctl:plan (\S+) /.exec(body)?.[1] ?? "");
}

/** The one comment says that the newest commit has no plan, and that the first one's holds no longer. */
async function expectTakenBack(world: ActionWorld, number: number, words: string, first: string) {
  const [body = "", ...more] = bodies(world, number);
  expect(more).toEqual([]);
  expect(body).toContain(`\n### No plan: ${words}\n`);
  expect(body).toContain(`older commit \`${first.slice(0, 7)}\``);
  expect(body).not.toContain("can reach more people");
  expect(headerOf(world, number)).toMatchObject({
    commit: world.github.head(number),
    reviewed: { kind: "changes", changes: [] },
  });
  const applied = await mergeAndApply(world, number);
  expect(await puts(world)).toEqual([]);
  expect(applied.summary).toContain(`Pull request ${number} has no plan of what was merged`);
}

describe("a newer commit has no plan, so that of the older one is taken back", () => {
  test.each([
    ["no credentials", { token: "" }, "there are no credentials for the API", 0],
    ["a token that is refused", { token: "not-the-token" }, "the API refused the credentials", 4],
    ["an API that is down", { "api-url": NOWHERE }, "the API could not be reached", 5],
    ["an input that is not right", { parallelism: "many" }, "the run could not begin", 3],
    ["an unsafe token URL", { token: "", "client-secret": "x" }, "the run could not begin", 3],
  ])("%s", async (_, inputs, words, code) => {
    const { world, number, first } = await outgrown();
    const run = await planWith(world, number, inputs);
    expect({ code: run.code, planned: run.outputs.planned }).toEqual({
      code,
      planned: "false",
    });
    await expectTakenBack(world, number, words, first);
  });

  test("a bug: the comment does not quote it, since nothing masks secrets there", async () => {
    const { world, number, first } = await outgrown();
    const bug = injected('Date.prototype.toISOString = () => { throw new Error("at-the-wrong-moment"); };');
    const run = await planWith(world, number, {}, { env: bug });
    expect(run.code).toBe(1);
    expect(run.log).toContain("at-the-wrong-moment");
    expect(bodies(world, number)[0]).not.toContain("at-the-wrong-moment");
    await expectTakenBack(world, number, "the run failed", first);
  });

  test.each(["SIGKILL", "SIGTERM"] as const)("a run that is ended by %s while it reads", async (signal) => {
    const { world, number, first } = await outgrown();
    let child: ChildProcess | null = null;
    const server = createServer(() => child?.kill(signal));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close().closeAllConnections());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/public/v1`;
    const onStart = (started: ChildProcess) => {
      child = started;
    };
    await planWith(world, number, { "api-url": url }, { onStart });
    await expectTakenBack(world, number, "the run of this commit has not ended", first);
  });

  test("a pull request that GitHub locked meanwhile: a warning, once, that what is seen is out of date", async () => {
    const { world, number, first } = await outgrown();
    const message = "Unable to update comment because issue is locked.";
    world.github.failNext({ kind: "refusal", status: 403, message }, { method: "PATCH", times: 9 });
    const run = await planOn(world, number);
    expect(run.code).toBe(0);
    const told = run.annotations("warning").map((warning) => warning.message);
    expect(told).toEqual([expect.stringMatching(/conversation is locked.*is out of date\.$/)]);
    expect(headerOf(world, number)).toMatchObject({ commit: first });
  });
});

test("the same commit fails when it is run again: its plan stays", async () => {
  const world = await worldOf([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  const told = bodies(world, number);
  for (const inputs of [{ token: "" }, { "api-url": NOWHERE }]) {
    await planWith(world, number, inputs);
    expect(bodies(world, number)).toEqual(told);
  }
});

describe("the run of an older commit is repeated, and leaves the comment of the newer one alone", () => {
  test.each([
    ["with a plan", {}],
    ["without credentials", { token: "" }],
    ["with an API that is down", { "api-url": NOWHERE }],
  ])("%s", async (_, inputs) => {
    const { world, number, oldEvent, first } = await outgrown();
    await planOn(world, number);
    const told = bodies(world, number);
    const run = await world.step(first, oldEvent, { command: "plan", ...inputs });
    expect(bodies(world, number)).toEqual(told);
    const notices = run.annotations("notice").map(({ message }) => message);
    expect(notices.filter((text) => text.includes("no longer the newest"))).toHaveLength(1);
  });

  test("also where the newer one has no plan", async () => {
    const { world, number, oldEvent, first } = await outgrown();
    await planWith(world, number, { token: "" });
    const told = bodies(world, number);
    await world.step(first, oldEvent, { command: "plan" });
    expect(bodies(world, number)).toEqual(told);
  });

  test("also with files that are not valid", async () => {
    const world = await worldOf([ONE]);
    const bad = { [pathOf(0)]: "campaignId: x\ninclude: []\n" };
    const number = world.github.addPullRequest({ commits: [{ files: bad }] });
    const oldEvent = pullRequestEvent(world.github, number);
    const first = world.github.head(number);
    world.github.extendPullRequest(number, [{ files: filesOf([ONE]) }]);
    await planOn(world, number);
    const told = bodies(world, number);
    await world.step(first, oldEvent, { command: "plan" });
    expect(bodies(world, number)).toEqual(told);
  });
});

describe("a first comment that says that there is no plan", () => {
  test("where credentials are missing, with what is missing as a warning", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    const env = { EXPERITURE_TOKEN_URL: "https://login.example.test/token" };
    const run = await planWith(world, number, { token: "" }, { env });
    expect(run.code).toBe(0);
    expect(run.outputs).toMatchObject({ planned: "false", changes: "", "to-update": "" });
    const [warning = ""] = run.annotations("warning").map(({ message }) => message);
    expect(warning).toContain("client-secret (EXPERITURE_CLIENT_SECRET)");
    expect(warning).not.toContain("token-url");
    expect(bodies(world, number)[0]).toContain("### No plan: there are no credentials for the API");
  });

  test("not with changes-only, and not where comments are off", async () => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    for (const comment of ["changes-only", "never"]) {
      await planWith(world, number, { token: "", comment });
      expect(bodies(world, number)).toEqual([]);
    }
  });
});
