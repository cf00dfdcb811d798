import { afterEach, describe, expect, test } from "vitest";
import {
  bodies,
  endWorlds,
  filesOf,
  ONE,
  pathOf,
  planOn,
  propose,
  worldHere,
} from "../support/github/action-world.ts";
import { expectTakenBack, headerOf, outgrown, planWith } from "../support/github/outgrown.ts";
import { pullRequestEvent } from "../support/runner/events.ts";

afterEach(endWorlds);

const NOWHERE = "http://127.0.0.1:9/public/v1";

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
  const world = await worldHere([ONE]);
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
    const world = await worldHere([ONE]);
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
    const world = await worldHere([ONE]);
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
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    for (const comment of ["changes-only", "never"]) {
      await planWith(world, number, { token: "", comment });
      expect(bodies(world, number)).toEqual([]);
    }
  });
});
