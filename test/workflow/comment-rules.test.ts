import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import {
  BEFORE,
  bodies,
  endWorlds,
  filesOf,
  ONE,
  planOn,
  propose,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { justBefore } from "../support/github/just-before.ts";
import { openSeeded } from "../support/program/world.ts";
import { mergeGroupEvent } from "../support/runner/events.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const LOCKED = {
  id: campaignId(3),
  desired: binding([1, 3], [9]),
  live: BEFORE,
  seed: { authoringStatus: "sent" },
};

describe("changes-only: a first comment needs a change", () => {
  test("a locked campaign that differs is none; it is a warning", async () => {
    const world = await worldHere([LOCKED]);
    const number = propose(world, [LOCKED]);
    const run = await planOn(world, number, { comment: "changes-only" });
    expect(run.outputs).toMatchObject({ changes: "false", skipped: "1" });
    expect(bodies(world, number)).toEqual([]);
    const [warning = ""] = run.annotations("warning").map(({ message }) => message);
    expect(warning).toMatch(/^SKIPPED: 1 campaign not draft any more.*Campaign 03/);
  });

  test("a campaign that cannot be read is none: nobody knows", async () => {
    const world = await worldHere([ONE]);
    const unknown = { ...TWO, id: campaignId(99) };
    const number = world.github.addPullRequest({
      commits: [{ files: filesOf([{ ...ONE, desired: BEFORE }, unknown]) }],
    });
    const run = await planOn(world, number, { comment: "changes-only", scope: "all" });
    expect(run.outputs).toMatchObject({ planned: "true", changes: "", failed: "1" });
    expect(bodies(world, number)).toEqual([]);
  });
});

describe("jobs that share a comment", () => {
  test("another API for the same commit is an error that says how to part them; a newer commit may change it", async () => {
    const world = await worldHere([ONE]);
    const other = await openSeeded([ONE]);
    onTestFinished(other.stop);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const told = bodies(world, number);
    const run = await planOn(world, number, { "api-url": other.url });
    expect(run.code).toBe(8);
    expect(run.outputs).toMatchObject({ planned: "true", "comment-url": "" });
    expect(run.annotations("error").map(({ message }) => message)).toEqual([
      expect.stringMatching(/another API.*another environment, config or workflow name/),
    ]);
    expect(bodies(world, number)).toEqual(told);
    world.github.extendPullRequest(number, [{}]);
    expect((await planOn(world, number, { "api-url": other.url })).code).toBe(0);
    expect(bodies(world, number)[0]).toContain(other.url);
  });

  test("other paths have a comment of their own, which names them", async () => {
    const world = await worldHere([ONE, TWO]);
    const number = propose(world, [ONE, TWO]);
    await planOn(world, number, { paths: "campaigns/0001.yaml" });
    await planOn(world, number, { paths: "campaigns/0002.yaml" });
    await planOn(world, number, { paths: "./campaigns/0001.yaml\n" });
    expect(bodies(world, number)).toHaveLength(2);
    expect(bodies(world, number)[1]).toContain("paths `campaigns/0002.yaml`");
  });

  test("two comments of ours: the older one has the plan, the younger one points to it", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const [plan = ""] = bodies(world, number);
    world.github.addComment(number, { author: world.github.login, body: plan });
    await planOn(world, number);
    const [older, younger] = bodies(world, number);
    expect(older).toContain("### 1 campaign changes: it can reach more people");
    expect(younger).toContain("[in the older one](https://github.com/acme/campaigns/pull/");
    expect(younger).not.toContain("<!--");
  });

  test("another run was quicker to make the first comment: this one's points to it", async () => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    await planOn(world, number);
    const [plan = ""] = bodies(world, number);
    const fresh = propose(world, [ONE]);
    justBefore(world.github, "issues/create-comment", () =>
      world.github.addComment(fresh, { author: world.github.login, body: plan }),
    );
    const run = await planOn(world, fresh);
    const [older, younger] = world.github.comments(fresh);
    expect(older?.body).toContain(world.github.head(fresh));
    expect(younger?.body).toContain("[in the older one]");
    expect(run.outputs["comment-url"]).toContain(`#issuecomment-${older?.id}`);
  });
});

describe("a comment that GitHub does not take", () => {
  test.each([
    ["Unable to create comment because issue is locked.", /The conversation is locked/],
    ["Commenting is disabled on issues with more than 2500 comments", /conversation has 2,500 comments/],
  ])("%s", async (message, expected) => {
    const world = await worldHere([ONE]);
    const number = propose(world, [ONE]);
    world.github.failNext(
      { kind: "refusal", status: 403, message },
      { method: "POST", operation: "issues/create-comment" },
    );
    const run = await planOn(world, number);
    expect(run.code).toBe(0);
    const notices = run.annotations("notice").map((notice) => notice.message);
    expect(notices.filter((text) => expected.test(text))).toHaveLength(1);
    expect(notices.join()).not.toContain("pull-requests: write");
  });
});

describe("badges", () => {
  test("are in the comment from the first where everything is planned, too: its rules need the base", async () => {
    const world = await worldHere([ONE]);
    await world.sandbox.edit(ONE.id, { audience: binding([5], [9]) });
    const number = propose(world, [ONE]);
    await planOn(world, number, { scope: "all" });
    const asked = world.github.requests.map(({ method, path }) => `${method} ${path}`);
    const created = asked.findIndex((each) => /^POST .*\/comments$/.test(each));
    const read = asked.findIndex((each) => /\/(compare|git\/trees)\//.test(each));
    expect(read).toBeGreaterThan(-1);
    expect(created).toBeGreaterThan(read);
    expect(asked.some((each) => /^PATCH .*\/comments\//.test(each))).toBe(false);
    expect(bodies(world, number)[0]).toContain("`drift`");
  });

  test("in a merge group too", async () => {
    const world = await worldHere([ONE]);
    const baseSha = world.github.tip("main");
    const headSha = world.github.addCommit({ branch: "queue", files: filesOf([ONE]) });
    const event = mergeGroupEvent(world.github, { headSha, baseSha });
    world.github.forbid("repos/get-content");
    const run = await world.step(headSha, event, { command: "plan" });
    expect(run.code).toBe(0);
    expect(run.summary).toContain("Plan: 1 to change");
  });
});

test("a rate limit of the API is told, once", async () => {
  const many = Array.from({ length: 6 }, (_, index) => ({ ...ONE, id: campaignId(index + 1) }));
  const world = await worldHere(many, { rate: 20, burst: 1 });
  const number = propose(world, many);
  const run = await planOn(world, number);
  expect(run.code).toBe(0);
  const notices = run.annotations("notice").map(({ message }) => message);
  expect(notices.filter((text) => text.includes("(429)"))).toHaveLength(1);
});
