import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { octokitFor, refusedWith } from "../../support/fake-github/octokit.ts";
import { type FakeGitHub, startFakeGitHub } from "../../support/fake-github/server.ts";

const repository = { owner: "acme", repo: "campaigns" };
let github: FakeGitHub;

beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(() => github.close());

async function pullsOf(sha: string): Promise<readonly number[]> {
  const { rest } = octokitFor(github);
  const call = { ...repository, commit_sha: sha };
  const { data } = await rest.repos.listPullRequestsAssociatedWithCommit(call);
  return data.map(({ number }) => number);
}

describe("a pull request", () => {
  test("has its head and base, and after a push the new head", async () => {
    const { rest } = octokitFor(github);
    const number = github.addPullRequest({ branch: "spring", commits: [{ files: { "a.yaml": "1" } }] });
    const call = { ...repository, pull_number: number };
    const opened = (await rest.pulls.get(call)).data;
    expect(opened).toMatchObject({ state: "open", merged: false, commits: 1, changed_files: 1 });
    expect(opened.head).toMatchObject({ ref: "spring", sha: github.tip("spring") });
    expect(opened.base).toMatchObject({ ref: "main", sha: github.tip("main") });
    expect(opened.head.repo.full_name).toBe("acme/campaigns");

    const head = github.extendPullRequest(number, [{ files: { "b.yaml": "2" } }]);
    expect((await rest.pulls.get(call)).data.head.sha).toBe(head);
    expect(github.head(number)).toBe(head);
  });

  test("from a fork says so, and from a deleted one has no repository", async () => {
    const { rest } = octokitFor(github);
    const fork = github.addPullRequest({ headRepository: "fork" });
    const deleted = github.addPullRequest({ headRepository: "deleted" });
    const repoOf = async (number: number) =>
      (await rest.pulls.get({ ...repository, pull_number: number })).data.head.repo;
    expect(await repoOf(fork)).toMatchObject({ full_name: "outsider/campaigns", fork: true });
    expect(await repoOf(deleted)).toBeNull();
  });

  test("lists the files that it changes", async () => {
    const { rest } = octokitFor(github);
    github.addCommit({ files: { "kept.yaml": "k", "changed.yaml": "old\n", "gone.yaml": "g" } });
    const number = github.addPullRequest({
      commits: [
        { files: { "changed.yaml": "new\nlines\n" } },
        { files: { "gone.yaml": null, "new.yaml": "n" } },
      ],
    });
    github.addCommit({ files: { "elsewhere.yaml": "e" } });
    const { data } = await rest.pulls.listFiles({ ...repository, pull_number: number });
    expect(data.map(({ filename, status, changes }) => [filename, status, changes])).toEqual([
      ["changed.yaml", "modified", 3],
      ["gone.yaml", "removed", 1],
      ["new.yaml", "added", 1],
    ]);
  });

  test("that does not exist is not found", async () => {
    const { rest } = octokitFor(github);
    const call = { ...repository, pull_number: 9 };
    expect((await refusedWith(rest.pulls.get(call))).status).toBe(404);
    expect((await refusedWith(rest.pulls.listFiles(call))).status).toBe(404);
    expect((await refusedWith(pullsOf("f".repeat(40)))).status).toBe(422);
  });
});

test("pull requests are listed by state, base and age", async () => {
  const { rest } = octokitFor(github);
  github.addCommit({ branch: "release" });
  const day = (number: number) => Date.UTC(2026, 10, number);
  const first = github.addPullRequest({ createdAt: day(1) });
  const second = github.addPullRequest({ createdAt: day(2) });
  const other = github.addPullRequest({ createdAt: day(3), base: "release" });
  github.mergePullRequest(first, { method: "merge", at: day(9) });
  const listed = async (options: Parameters<typeof rest.pulls.list>[0] | Record<string, never>) =>
    (await rest.pulls.list({ ...repository, ...options })).data.map(({ number }) => number);
  expect(await listed({})).toEqual([other, second]);
  expect(await listed({ ...repository, state: "all", base: "main" })).toEqual([second, first]);
  expect(await listed({ ...repository, state: "all", sort: "updated", direction: "desc" })).toEqual([
    first,
    other,
    second,
  ]);
  expect(await listed({ ...repository, sort: "updated" })).toEqual([second, other]);
  const strange = rest.pulls.list({ ...repository, sort: "popularity" });
  expect((await refusedWith(strange)).status).toBe(422);
});

describe("merging", () => {
  const commits = [{ files: { "a.yaml": "1" } }, { files: { "b.yaml": "2" } }];

  test.each([
    ["merge", 3],
    ["squash", 1],
    ["rebase", 2],
  ] as const)(
    "by %s puts %i commits on the base branch, each known to be the pull request's",
    async (method, landed) => {
      const { rest } = octokitFor(github);
      const before = github.tip("main");
      const number = github.addPullRequest({ commits });
      const sha = github.mergePullRequest(number, { method, at: Date.UTC(2026, 10, 24, 10) });
      expect(github.tip("main")).toBe(sha);
      expect(github.checkout("main")).toEqual({ "a.yaml": "1", "b.yaml": "2" });
      const compared = await rest.repos.compareCommitsWithBasehead({
        ...repository,
        basehead: `${before}...${sha}`,
      });
      expect(compared.data.commits).toHaveLength(landed);
      for (const commit of compared.data.commits) expect(await pullsOf(commit.sha)).toEqual([number]);
      const { data } = await rest.pulls.get({ ...repository, pull_number: number });
      expect(data).toMatchObject({
        state: "closed",
        merged: true,
        merged_at: "2026-11-24T10:00:00Z",
        merge_commit_sha: sha,
      });
    },
  );

  test("keeps what the base branch got meanwhile, and cannot be done twice", () => {
    const number = github.addPullRequest({ commits });
    github.addCommit({ files: { "c.yaml": "3" } });
    github.mergePullRequest(number, { method: "squash" });
    expect(Object.keys(github.checkout("main")).sort()).toEqual(["a.yaml", "b.yaml", "c.yaml"]);
    expect(() => github.mergePullRequest(number, { method: "squash" })).toThrow("cannot be merged");
  });

  test("a commit tells its open pull requests too, but none that was closed without a merge", async () => {
    const open = github.addPullRequest();
    const closed = github.addPullRequest();
    github.closeIssue(closed);
    expect(await pullsOf(github.head(open))).toEqual([open]);
    expect(await pullsOf(github.head(closed))).toEqual([]);
  });
});
