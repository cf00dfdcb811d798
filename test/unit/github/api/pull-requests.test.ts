import { describe, expect, test } from "vitest";
import {
  type Connected,
  connected,
  count,
  found,
  OTHER_TARGET,
  planBody,
  TARGET,
} from "../../../support/github/connected.ts";

const BOT = "github-actions[bot]";
const MINUTE = 60_000;

describe("the merged pull requests of a push", () => {
  test.each(["merge", "squash", "rebase"] as const)("%s: each once", async (method) => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest({ commits: [{}, {}, {}] });
    const before = fake.tip("main");
    const after = fake.mergePullRequest(pull, { method });
    expect(await github.mergedPullRequests({ before, after, branch: "main" })).toEqual([
      {
        number: pull,
        url: expect.stringContaining(`/pull/${pull}`),
        mergedAt: expect.any(String),
        headSha: fake.head(pull),
      },
    ]);
    expect(fake.unexpected).toEqual([]);
  });

  test("several, the newest merge first, others left out", async () => {
    const { fake, github, clock } = await connected();
    const [first, second, open] = [fake.addPullRequest(), fake.addPullRequest(), fake.addPullRequest()];
    const before = fake.tip("main");
    fake.mergePullRequest(second, { method: "squash", at: clock.now() });
    fake.addCommit();
    const after = fake.mergePullRequest(first, { method: "squash", at: clock.now() + MINUTE });
    const merged = await github.mergedPullRequests({ before, after, branch: "main" });
    expect(merged.map(({ number }) => number)).toEqual([first, second]);
    expect(merged.map(({ number }) => number)).not.toContain(open);
    expect(await github.mergedPullRequests({ before, after, branch: "release" })).toEqual([]);
  });

  test.each([
    ["a new branch", null, 0],
    ["a new branch, as GitHub writes it", "0".repeat(40), 0],
    ["a commit that is gone", "f".repeat(40), 1],
  ])("before is %s: the last commit only", async (_, before, comparisons) => {
    const { fake, github } = await connected();
    const [first, second] = [fake.addPullRequest(), fake.addPullRequest()];
    fake.mergePullRequest(first, { method: "squash" });
    const after = fake.mergePullRequest(second, { method: "squash" });
    const merged = await github.mergedPullRequests({ before, after, branch: "main" });
    expect(merged.map(({ number }) => number)).toEqual([second]);
    expect(count(fake, "GET", /\/compare\//)).toBe(comparisons);
  });

  test("a long push is looked through from its end, at most 250 commits", async () => {
    const { fake, github } = await connected();
    const before = fake.tip("main");
    const old = fake.addPullRequest();
    fake.mergePullRequest(old, { method: "squash" });
    for (let index = 0; index < 300; index += 1) fake.addCommit();
    const late = fake.addPullRequest();
    const after = fake.mergePullRequest(late, { method: "squash" });
    const merged = await github.mergedPullRequests({ before, after, branch: "main" });
    expect(merged.map(({ number }) => number)).toEqual([late]);
    expect(count(fake, "GET", /\/commits\/[0-9a-f]{40}\/pulls$/)).toBe(250);
  });

  test("without the permission it is said which one is missing", async () => {
    const { fake, github } = await connected();
    fake.forbid("repos/list-pull-requests-associated-with-commit");
    const range = { before: null, after: fake.tip("main"), branch: "main" };
    await expect(github.mergedPullRequests(range)).rejects.toThrow('"pull-requests: read"');
  });
});

describe("plans that were merged earlier and not applied", () => {
  function planned({ fake }: Connected, state: "planned" | "applied" | "refused" = "planned"): number {
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: BOT, body: planBody("Plan", { state }) });
    return pull;
  }
  const search = ({ fake }: Connected) => ({
    branch: "main",
    head: fake.tip("main"),
    target: TARGET,
    known: [] as readonly number[],
  });

  test("are found, the newest merge first", async () => {
    const all = await connected();
    const { fake, github, clock } = all;
    const [first, second] = [planned(all), planned(all)];
    fake.mergePullRequest(second, { method: "squash", at: clock.now() });
    fake.mergePullRequest(first, { method: "merge", at: clock.now() + MINUTE });
    const earlier = await github.plannedEarlier(search(all));
    expect(earlier.map(({ pullRequest }) => pullRequest.number)).toEqual([first, second]);
    const { id } = await found(github.findPlanComment(first, TARGET));
    expect(earlier[0]?.comments).toMatchObject([{ id, isTrusted: true }]);
    expect(fake.unexpected).toEqual([]);
  });

  test("are not those that are open, done, known, of others or for another target", async () => {
    const all = await connected();
    const { fake, github } = all;
    planned(all);
    const merge = (number: number): number => {
      fake.mergePullRequest(number, { method: "squash" });
      return number;
    };
    merge(planned(all, "applied"));
    const known = merge(planned(all));
    const planted = fake.addPullRequest();
    fake.addComment(planted, { author: "reader", body: planBody("planted") });
    merge(planted);
    const other = fake.addPullRequest();
    fake.addComment(other, { author: BOT, body: planBody("other", { target: OTHER_TARGET }) });
    merge(other);
    expect(await github.plannedEarlier({ ...search(all), known: [known] })).toEqual([]);
    // Only the open one has to be looked at.
    expect(count(fake, "GET", /\/pulls\/\d+$/)).toBe(1);
  });

  test("are not those whose oldest comment is done, or that went into another branch", async () => {
    const all = await connected();
    const { fake, github } = all;
    const twice = planned(all, "applied");
    fake.addComment(twice, { author: BOT, body: planBody("a second one") });
    fake.mergePullRequest(twice, { method: "squash" });
    fake.addCommit({ branch: "release" });
    const elsewhere = fake.addPullRequest({ base: "release" });
    fake.addComment(elsewhere, { author: BOT, body: planBody("Plan") });
    fake.mergePullRequest(elsewhere, { method: "squash" });
    expect(await github.plannedEarlier(search(all))).toEqual([]);
  });

  test("are not those merged after the commit that is checked out", async () => {
    const all = await connected();
    const { fake, github } = all;
    const before = search(all);
    fake.mergePullRequest(planned(all), { method: "squash" });
    expect(await github.plannedEarlier(before)).toEqual([]);
    expect(await github.plannedEarlier(search(all))).toHaveLength(1);
  });

  test("say when somebody else edited the comment", async () => {
    const all = await connected();
    const { fake, github } = all;
    const pull = fake.addPullRequest();
    fake.addComment(pull, { author: BOT, body: planBody("Plan"), editedBy: "maintainer" });
    fake.mergePullRequest(pull, { method: "squash" });
    expect((await github.plannedEarlier(search(all)))[0]?.comments[0]?.isTrusted).toBe(false);
  });

  test("are looked for in the comments of the last 30 days, ten pages at most", async () => {
    const all = await connected();
    const { fake, github, clock } = all;
    const old = fake.addPullRequest();
    fake.addComment(old, {
      author: BOT,
      body: planBody("Plan"),
      createdAt: clock.now() - 31 * 24 * 60 * MINUTE,
    });
    fake.mergePullRequest(old, { method: "squash" });
    const talk = fake.addIssue({ author: "reader", title: "Talk" }).number;
    for (let index = 0; index < 1_050; index += 1) fake.addComment(talk, { author: "reader", body: "Talk" });
    expect(await github.plannedEarlier(search(all))).toEqual([]);
    expect(count(fake, "GET", /\/issues\/comments$/)).toBe(10);
  });

  test("are looked at up to a bound, which is told", async () => {
    const all = await connected();
    for (let index = 0; index < 103; index += 1) planned(all);
    expect(await all.github.plannedEarlier(search(all))).toEqual([]);
    expect(count(all.fake, "GET", /\/pulls\/\d+$/)).toBe(100);
    expect(all.notices.join()).toContain("More than 100");
  });
});

describe("the files a pull request changes", () => {
  test("on every page", async () => {
    const { fake, github } = await connected();
    const names = Array.from({ length: 120 }, (_, index) => `campaigns/c${index}.yaml`);
    const files = Object.fromEntries(names.map((name) => [name, "x"]));
    const pull = fake.addPullRequest({ commits: [{ files }] });
    expect(await github.changedFiles(pull)).toEqual(new Set(names));
  });

  test("are unknown without the permission", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.forbid("pulls/list-files");
    expect(await github.changedFiles(pull)).toBeNull();
  });

  test("are not unknown because of trouble", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.failNext({ kind: "drop", when: "before" }, { times: 4 });
    await expect(github.changedFiles(pull)).rejects.toMatchObject({ reason: "uncertain", status: null });
  });
});
