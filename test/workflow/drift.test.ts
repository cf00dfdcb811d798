import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import {
  BEFORE,
  bodies,
  endWorlds,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { makeWorkspace } from "../support/program/cli.ts";
import { commitAll } from "../support/program/git.ts";
import { campaignFile } from "../support/program/world.ts";
import { type RunEvent, scheduleEvent } from "../support/runner/events.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

describe("drift", () => {
  test("opened, unchanged, closed: one issue a drifted campaign, and nothing else", async () => {
    const locked = { id: campaignId(3), desired: BEFORE, live: BEFORE, seed: { authoringStatus: "sent" } };
    const world = await worldHere([{ ...ONE, desired: BEFORE }, { ...TWO, desired: BEFORE }, locked]);
    const drift = () => world.step("main", scheduleEvent(world.github), { command: "drift" });
    const clean = await drift();
    expect(clean.outputs).toMatchObject({ changes: "false", "failure-reason": "" });
    expect(world.github.issues()).toEqual([]);
    await world.sandbox.edit(ONE.id, { audience: binding([6]) });
    await world.sandbox.edit(locked.id, { audience: binding([6]) });
    const found = await drift();
    expect(found.code).toBe(0);
    expect(found.outputs).toMatchObject({ changes: "true", "to-update": "1", skipped: "1" });
    expect(world.github.issues()).toMatchObject([{ state: "open", author: world.github.login }]);
    world.github.forgetRequests();
    await drift();
    expect(world.github.requests.filter(({ method }) => method !== "GET").map(({ path }) => path)).toEqual([
      "/graphql",
    ]);
    await world.sandbox.edit(ONE.id, { audience: BEFORE });
    await drift();
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
    await world.sandbox.edit(ONE.id, { audience: binding([6]) });
    await drift();
    expect(world.github.issues()).toMatchObject([{ state: "open" }]);
    expect(await puts(world)).toEqual([]);
  });

  test("an issue about a campaign that is no longer declared is closed by a run that looked at everything", async () => {
    const world = await worldHere([ONE, TWO]);
    await world.sandbox.edit(ONE.id, { audience: binding([6]) });
    const two = { [pathOf(1)]: campaignFile(TWO.id, BEFORE) };
    const part = makeWorkspace(two);
    const whole = makeWorkspace(two);
    for (const { remove } of [part, whole]) onTestFinished(remove);
    const sha = commitAll(whole.path);
    const drift = (workspace?: string, more: Partial<RunEvent> = {}) =>
      world.step(
        "main",
        { ...scheduleEvent(world.github), ...more },
        { command: "drift" },
        workspace === undefined ? {} : { workspace },
      );
    await drift();
    await drift(part.path);
    expect(world.github.issues()).toMatchObject([{ state: "open" }]);
    await drift(whole.path, { sha });
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });
});

describe("inputs and credentials", () => {
  test("a wrong input is refused with its name, before anything is sent", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    for (const inputs of [
      { parallelism: "0" },
      { comment: "sometimes" },
      { "wait-timeout": "10" },
      { command: "sync" },
    ]) {
      const run = await planOn(world, number, inputs);
      expect(run.outputs["failure-reason"]).toBe("invalid-files");
      expect(run.log).toContain(Object.keys(inputs)[0]);
    }
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("client credentials: the secret and the token that is fetched are masked", async () => {
    const world = await worldHere([ONE], {
      seed: { clients: [{ clientId: "app", clientSecret: "canary-client-secret" }] },
    });
    const number = propose(world, [ONE]);
    const run = await planOn(world, number, {
      token: "",
      "client-id": "app",
      "client-secret": "canary-client-secret",
      "token-url": `${world.sandbox.url}/oauth/token`,
    });
    expect(run.code).toBe(0);
    expect(run.masks).toContain("canary-client-secret");
    expect(run.masks.some((mask) => mask.split(".").length === 3)).toBe(true);
    run.assertNoSecret(["canary-client-secret"]);
  });

  test("validate needs nothing", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    const run = await planOn(world, number, { command: "validate", token: "", "github-token": "" });
    expect(run.code).toBe(0);
    expect(run.summary).toContain("Files are valid: 1 campaign");
    expect(await world.sandbox.requests()).toEqual([]);
  });
});

test("hostile names stay text, in the comment, the summary and the log", async () => {
  const world = await worldHere([ONE]);
  const name = "</details><!-- x --> | `a` [b](http://c) @everyone ##[error]x\n::error::x";
  await world.sandbox.edit(ONE.id, { name });
  const number = propose(world, [ONE]);
  const run = await planOn(world, number);
  expect(run.code).toBe(0);
  expect(run.annotations("error")).toEqual([]);
  const [body = ""] = bodies(world, number);
  expect(body).not.toMatch(/@everyone|\]\(http:\/\/c\)|<!-- x/);
});
