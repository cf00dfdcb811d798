import { describe, expect, test } from "vitest";
import {
  connected,
  count,
  found,
  OTHER_TARGET,
  planBody,
  TARGET,
} from "../../../../support/github/connected.ts";

const BOT = "github-actions[bot]";
const COMMENTS = /^\/repos\/acme\/campaigns\/issues\/\d+\/comments$/;

describe("finding the plan comment", () => {
  test("looks on every page, and past other people's", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    for (let index = 0; index < 230; index += 1)
      fake.addComment(pull, { author: "reader", body: `Note ${index}` });
    const ours = fake.addComment(pull, { author: BOT, body: planBody("Plan: 1 to change") });
    expect(await github.findPlanComment(pull, TARGET)).toMatchObject({
      id: ours.id,
      body: ours.body,
      header: { target: TARGET.key, state: "planned" },
    });
    expect(
      fake.requests.filter(({ path }) => COMMENTS.test(path)).map(({ query }) => query.page ?? "1"),
    ).toEqual(["1", "2", "3"]);
  });

  test.each([
    ["a person", "reader", planBody("planted")],
    ["a person whose name is the bot's without [bot]", "github-actions", planBody("planted")],
    ["another app", "other-app[bot]", planBody("planted")],
    ["a deleted account", null, planBody("planted")],
    ["us, about another target", BOT, planBody("other", { target: OTHER_TARGET })],
    ["us, with the marker further down", BOT, `Quoted:\n${planBody("quoted")}`],
    ["us, with a blank before the marker", BOT, ` ${planBody("shifted")}`],
  ])("does not take a comment of %s", async (_, author, body) => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author, body });
    expect(await github.findPlanComment(pull, TARGET)).toBeNull();
  });

  test("takes the oldest of several", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: "reader", body: planBody("planted") });
    const oldest = fake.addComment(pull, { author: BOT, body: planBody("first") });
    fake.addComment(pull, { author: BOT, body: planBody("second") });
    expect((await found(github.findPlanComment(pull, TARGET))).id).toBe(oldest.id);
  });

  test("keeps a comment of ours whose header was spoilt, but it authorises nothing", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    const body = planBody("Plan").replace(/ [\w-]+ -->/, " spoilt -->");
    const spoilt = fake.addComment(pull, { author: BOT, body });
    expect(await github.findPlanComment(pull, TARGET)).toMatchObject({
      id: spoilt.id,
      header: { state: "applied", reviewed: { kind: "changes", changes: [] } },
    });
    expect((await github.plansOn(pull, TARGET)).plans).toMatchObject([{ isTrusted: false }]);
  });
});

describe("trust", () => {
  test.each([
    ["nobody", undefined, true],
    ["us", BOT, true],
    ["a maintainer", "maintainer", false],
    ["a person named like the bot", "github-actions", false],
  ])("a comment edited by %s", async (_, editedBy, isTrusted) => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    const edited = editedBy === undefined ? {} : { editedBy };
    fake.addComment(pull, { author: BOT, body: planBody("Plan"), ...edited });
    expect((await github.plansOn(pull, TARGET)).plans).toMatchObject([{ isTrusted }]);
  });

  test.each([
    ["nobody ever edited", false, 0],
    ["somebody edited", true, 1],
  ])("where GraphQL does not answer this token: a comment that %s", async (_, isEdited, told) => {
    const { fake, github, clock, notices } = await connected();
    const pull = fake.addPullRequest();
    const { id } = fake.addComment(pull, { author: BOT, body: planBody("Plan") });
    await clock.sleep(60_000);
    if (isEdited) fake.editComment(id, { by: "maintainer", body: planBody("Plan") });
    fake.forbid("graphql");
    expect((await github.plansOn(pull, TARGET)).plans).toMatchObject([{ id, isTrusted: !isEdited }]);
    expect(notices).toHaveLength(told);
    if (isEdited) expect(notices[0]).toMatch(/who edited .*POST \/graphql.*403.*authorises nothing/);
  });

  test("is not asked for to show a plan, but to leave one as it is", async () => {
    const { fake, github, notices } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: BOT, body: planBody("same"), editedBy: "maintainer" });
    await github.login();
    fake.forgetRequests();
    const existing = await found(github.findPlanComment(pull, TARGET));
    await github.writePlanComment(pull, planBody("other"), existing);
    expect(count(fake, "POST", /graphql/)).toBe(0);
    await github.writePlanComment(pull, planBody("same"), existing);
    expect(count(fake, "POST", /graphql/)).toBe(1);
    expect(notices).toEqual([]);
  });

  test("is not given because GraphQL has trouble for the moment", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: BOT, body: planBody("Plan"), editedBy: "maintainer" });
    await github.login();
    fake.failNext({ kind: "status", status: 502, when: "before" }, { operation: "graphql", times: 4 });
    await expect(github.plansOn(pull, TARGET)).rejects.toMatchObject({
      reason: "uncertain",
      status: 502,
    });
  });
});

describe("writing the plan comment", () => {
  test("creates one, then edits it in place", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    const created = await github.writePlanComment(pull, planBody("first"), null);
    const existing = await found(github.findPlanComment(pull, TARGET));
    const edited = await github.writePlanComment(pull, planBody("second"), existing);
    expect(edited).toEqual(created);
    expect(fake.comments(pull).map(({ body, author }) => ({ body, author }))).toEqual([
      { body: planBody("second"), author: BOT },
    ]);
    expect((await github.plansOn(pull, TARGET)).plans).toMatchObject([{ isTrusted: true }]);
  });

  test("changes nothing when it says the same already", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: BOT, body: planBody("same") });
    const existing = await found(github.findPlanComment(pull, TARGET));
    fake.forgetRequests();
    expect(await github.writePlanComment(pull, planBody("same"), existing)).toEqual({ url: existing.url });
    expect(fake.requests.map(({ path }) => path)).toEqual(["/graphql"]);
  });

  test("writes the same again over somebody else's edit", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: BOT, body: planBody("same"), editedBy: "maintainer" });
    const existing = await found(github.findPlanComment(pull, TARGET));
    await github.writePlanComment(pull, planBody("same"), existing);
    expect(count(fake, "PATCH", /comments/)).toBe(1);
  });

  test("creates one again when it was deleted meanwhile", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: BOT, body: planBody("old") });
    const existing = await found(github.findPlanComment(pull, TARGET));
    fake.deleteComment(existing.id);
    await github.writePlanComment(pull, planBody("new"), existing);
    expect(fake.comments(pull).map(({ body }) => body)).toEqual([planBody("new")]);
  });

  test("is forbidden, not broken, without the permission", async () => {
    const { fake, github, notices } = await connected();
    const pull = fake.addPullRequest();
    fake.forbid("issues/create-comment");
    expect(await github.writePlanComment(pull, planBody("Plan"), null)).toBe("forbidden");
    expect(count(fake, "POST", COMMENTS)).toBe(1);
    expect(notices.join()).toMatch(/Resource not accessible by integration.*"pull-requests: write"/);
  });

  test("a body over GitHub's limit is an error", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    await expect(github.writePlanComment(pull, planBody("x".repeat(65_536)), null)).rejects.toMatchObject({
      reason: "refused",
      status: 422,
    });
  });

  test("a body without marker is never written", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    await expect(github.writePlanComment(pull, "Plan", null)).rejects.toThrow("marker");
    expect(fake.comments(pull)).toEqual([]);
  });
});

describe("a creation without an answer", () => {
  test.each([
    ["502 after it was done", { kind: "status", status: 502, when: "after" }],
    ["502 before it was done", { kind: "status", status: 502, when: "before" }],
    ["cut off after it was done", { kind: "drop", when: "after" }],
    ["cut off before it was done", { kind: "drop", when: "before" }],
  ] as const)("%s: one comment in the end", async (_, failure) => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: "reader", body: planBody("planted") });
    fake.failNext(failure, { method: "POST", operation: "issues/create-comment" });
    const written = await github.writePlanComment(pull, planBody("Plan"), null);
    const ours = fake.comments(pull).filter(({ author }) => author === BOT);
    expect(ours).toHaveLength(1);
    expect(written).toEqual({ url: (await found(github.findPlanComment(pull, TARGET))).url });
    expect(count(fake, "POST", COMMENTS)).toBe(failure.when === "after" ? 1 : 2);
  });

  test("is tried twice at most", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.failNext(
      { kind: "status", status: 503, when: "before" },
      { operation: "issues/create-comment", times: 9 },
    );
    await expect(github.writePlanComment(pull, planBody("Plan"), null)).rejects.toMatchObject({
      status: 503,
    });
    expect(count(fake, "POST", COMMENTS)).toBe(2);
  });

  test("found after the second attempt too", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    const aim = { operation: "issues/create-comment" } as const;
    fake.failNext({ kind: "drop", when: "before" }, aim);
    fake.failNext({ kind: "drop", when: "after" }, aim);
    expect(await github.writePlanComment(pull, planBody("Plan"), null)).toHaveProperty("url");
    expect(fake.comments(pull)).toHaveLength(1);
  });

  test("an edit is just sent again", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: BOT, body: planBody("old") });
    const existing = await found(github.findPlanComment(pull, TARGET));
    fake.failNext({ kind: "drop", when: "after" }, { method: "PATCH" });
    await github.writePlanComment(pull, planBody("new"), existing);
    expect(fake.comments(pull).map(({ body }) => body)).toEqual([planBody("new")]);
    expect(count(fake, "PATCH", /comments/)).toBe(2);
  });
});
