import { describe, expect, test } from "vitest";
import { connected, count } from "../../../support/github/connected.ts";

const BOT = "github-actions[bot]";
const MARKER = "<!-- campaignctl:drift plan-1 c0000000 -->";
const ISSUES = /^\/repos\/acme\/campaigns\/issues$/;

describe("finding issues", () => {
  test("ours only, on every page, of one state, no pull requests", async () => {
    const { fake, github } = await connected();
    for (let index = 0; index < 150; index += 1) fake.addIssue({ author: BOT, title: `Other ${index}` });
    fake.addPullRequest({ author: BOT, body: `${MARKER}\nA pull request` });
    fake.addIssue({ author: "reader", title: "Planted", body: `${MARKER}\nPlanted` });
    fake.addIssue({ author: BOT, title: "Quoted", body: `Quoted: ${MARKER}` });
    const closed = fake.addIssue({ author: BOT, title: "Was", body: `${MARKER}\nWas`, state: "closed" });
    const [first, second] = ["One", "Two"].map((title) =>
      fake.addIssue({ author: BOT, title, body: MARKER }),
    );
    expect(await github.findIssues("<!-- campaignctl:drift plan-1 ", "open")).toEqual([
      expect.objectContaining({ number: first?.number, title: "One", isOpen: true, body: MARKER }),
      expect.objectContaining({ number: second?.number, title: "Two", isOpen: true }),
    ]);
    expect(count(fake, "GET", ISSUES)).toBe(2);
    expect(await github.findIssues(MARKER, "closed")).toEqual([
      expect.objectContaining({ number: closed.number, title: "Was", isOpen: false }),
    ]);
    expect(count(fake, "GET", ISSUES)).toBe(3);
  });

  test("an empty answer for our login is believed on github.com", async () => {
    const { fake, github } = await connected({ login: "planner[bot]" });
    fake.addIssue({ author: "reader", title: "Planted", body: MARKER });
    expect(await github.findIssues(MARKER, "open")).toEqual([]);
    expect(fake.requests.filter(({ path }) => ISSUES.test(path)).map(({ query }) => query.creator)).toEqual([
      "planner[bot]",
    ]);
  });

  test("on another server it is checked against the newest 1,000 of all, which is told", async () => {
    const { fake, github, notices } = await connected({
      login: "planner",
      serverUrl: "https://github.example",
    });
    // Issues of an app are not found by its login there.
    const author = "planner[bot]";
    fake.addIssue({ author, title: "Too old", body: MARKER });
    for (let index = 0; index < 1_000; index += 1) fake.addIssue({ author: "reader", title: "Other" });
    const { number } = fake.addIssue({ author, title: "New", body: MARKER });
    expect(await github.findIssues(MARKER, "open")).toMatchObject([{ number }]);
    expect(count(fake, "GET", ISSUES)).toBe(11);
    expect(notices).toEqual(["Only the newest 1,000 open issues were looked at for ours."]);
  });

  test("of our login the newest 5,000 are looked at, which is told", async () => {
    const { fake, github, notices } = await connected();
    const title = "Other";
    for (let index = 0; index < 5_100; index += 1) fake.addIssue({ author: BOT, title, state: "closed" });
    expect(await github.findIssues(MARKER, "closed")).toEqual([]);
    expect(count(fake, "GET", ISSUES)).toBe(50);
    expect(notices).toEqual([`Only the newest 5,000 closed issues of ${BOT} were looked at for ours.`]);
  });
});

describe("writing issues", () => {
  test("creates, changes, closes and comments", async () => {
    const { fake, github } = await connected();
    const issue = await github.createIssue({ title: "Drift", body: `${MARKER}\nDrift` });
    expect(issue).toMatchObject({ title: "Drift", isOpen: true });
    await github.updateIssue(issue.number, { title: "Drift of Spring", body: `${MARKER}\nMore` });
    await github.commentOnIssue(issue.number, "It is clean again.");
    expect(await github.updateIssue(issue.number, { state: "closed" })).toMatchObject({
      title: "Drift of Spring",
      body: `${MARKER}\nMore`,
      isOpen: false,
    });
    expect(fake.comments(issue.number).map(({ body }) => body)).toEqual(["It is clean again."]);
    expect(await github.updateIssue(issue.number, { state: "open" })).toMatchObject({ isOpen: true });
  });

  test.each([
    ["done", "after", 1],
    ["not done", "before", 2],
  ] as const)("an issue without an answer that was %s is there once", async (_, when, posts) => {
    const { fake, github } = await connected();
    fake.addIssue({ author: BOT, title: "Old", body: MARKER, state: "closed" });
    fake.addIssue({ author: "reader", title: "Planted", body: MARKER });
    fake.failNext({ kind: "drop", when }, { operation: "issues/create" });
    const issue = await github.createIssue({ title: "Drift", body: `${MARKER}\nDrift` });
    expect(issue).toMatchObject({ title: "Drift", isOpen: true });
    expect(fake.issues().filter(({ title }) => title === "Drift")).toHaveLength(1);
    expect(count(fake, "POST", ISSUES)).toBe(posts);
  });

  test.each([
    ["done", "after"],
    ["not done", "before"],
  ] as const)("a comment without an answer that was %s is there once", async (_, when) => {
    const { fake, github } = await connected();
    const { number } = fake.addIssue({ author: BOT, title: "Drift", body: MARKER });
    fake.addComment(number, { author: "reader", body: "It is clean again." });
    fake.failNext({ kind: "status", status: 504, when }, { operation: "issues/create-comment" });
    await github.commentOnIssue(number, "It is clean again.");
    const ours = fake.comments(number).filter(({ author }) => author === BOT);
    expect(ours.map(({ body }) => body)).toEqual(["It is clean again."]);
  });

  test("the same words said long ago are no answer", async () => {
    const { fake, github, clock } = await connected();
    const { number } = fake.addIssue({ author: BOT, title: "Drift", body: MARKER });
    fake.addComment(number, { author: BOT, body: "It is clean again.", createdAt: clock.now() - 86_400_000 });
    fake.failNext({ kind: "drop", when: "before" }, { operation: "issues/create-comment" });
    await github.commentOnIssue(number, "It is clean again.");
    expect(fake.comments(number)).toHaveLength(2);
  });

  test("without the permission it is said which one is missing", async () => {
    const { fake, github } = await connected();
    fake.forbid("issues/create");
    await expect(github.createIssue({ title: "Drift", body: MARKER })).rejects.toMatchObject({
      name: "GitHubError",
      reason: "forbidden",
      status: 403,
      request: "POST /repos/acme/campaigns/issues",
      message: expect.stringContaining('"issues: write"'),
    });
  });

  test("writes keep a second between them", async () => {
    const { fake, github, clock } = await connected();
    const { number } = fake.addIssue({ author: BOT, title: "Drift", body: MARKER });
    await Promise.all(["One", "Two", "Three"].map((title) => github.updateIssue(number, { title })));
    expect(clock.slept).toHaveLength(2);
    for (const ms of clock.slept) expect(ms).toBe(1_000);
  });
});
