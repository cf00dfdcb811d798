import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { octokitFor, refusedWith } from "../../support/fake-github/octokit.ts";
import { type FakeGitHub, startFakeGitHub } from "../../support/fake-github/server.ts";

const repository = { owner: "acme", repo: "campaigns" };
let github: FakeGitHub;
let number: number;

beforeEach(async () => {
  github = await startFakeGitHub();
  number = github.addPullRequest();
});
afterEach(() => github.close());

function comment(body = "x") {
  return octokitFor(github).rest.issues.createComment({ ...repository, issue_number: number, body });
}

function read() {
  return octokitFor(github).rest.pulls.get({ ...repository, pull_number: number });
}

/** One answer, headers and all. */
function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `token ${github.token}` };
  return fetch(`${github.url}${path}`, { headers, ...init });
}

describe("access", () => {
  test("without a token, and with a wrong one, everything is refused", async () => {
    const none = await ask("/user", { headers: {} });
    expect([none.status, await none.json()]).toMatchObject([401, { message: "Requires authentication" }]);
    const wrong = await refusedWith(
      octokitFor(github, "ghs_other").rest.pulls.get({ ...repository, pull_number: 1 }),
    );
    expect(wrong.status).toBe(401);
    expect(wrong.message).toContain("Bad credentials");
  });

  test("an app may not ask who it is, a person may", async () => {
    const { rest } = octokitFor(github);
    expect((await refusedWith(rest.users.getAuthenticated())).status).toBe(403);
    github.allow("users/get-authenticated");
    expect((await rest.users.getAuthenticated()).data.login).toBe("github-actions[bot]");
  });

  test("a token without the permission is told so, and nothing is done", async () => {
    github.forbid("issues/create-comment");
    expect(await refusedWith(comment())).toMatchObject({
      status: 403,
      message: expect.stringContaining("Resource not accessible by integration"),
    });
    expect(github.comments(number)).toEqual([]);
  });
});

describe("the log of requests", () => {
  test("has each request with its query, body and status, until it is told to forget", async () => {
    await comment("hello");
    await ask("/repos/acme/campaigns/issues?state=all&per_page=5");
    expect(github.requests).toEqual([
      {
        method: "POST",
        path: `/repos/acme/campaigns/issues/${number}/comments`,
        query: {},
        body: { body: "hello" },
        status: 201,
      },
      {
        method: "GET",
        path: "/repos/acme/campaigns/issues",
        query: { state: "all", per_page: "5" },
        body: undefined,
        status: 200,
      },
    ]);
    github.forgetRequests();
    expect(github.requests).toEqual([]);
  });

  test.each([
    ["DELETE", "/repos/acme/campaigns/issues/comments/1"],
    ["GET", "/repos/acme/other/issues"],
    ["GET", "/repos/acme/campaigns/user"],
    ["GET", "/graphql"],
    ["PUT", "/repos/acme/campaigns/pulls/1/merge"],
  ])("keeps what nobody should ask: %s %s", async (method, path) => {
    const headers = { authorization: `token ${github.token}` };
    expect((await ask(path, { method, headers })).status).toBe(404);
    expect(github.unexpected).toEqual([{ method, path, query: {}, body: undefined, status: 404 }]);
  });

  test("a body that is no JSON is refused", async () => {
    const headers = { authorization: `token ${github.token}` };
    const answer = await ask("/repos/acme/campaigns/issues", { method: "POST", headers, body: "{" });
    expect(answer.status).toBe(400);
    expect(github.issues()).toEqual([]);
  });
});

describe("failures", () => {
  test.each([403, 429] as const)(
    "a secondary limit with %i strikes as often as told, and nothing is done",
    async (status) => {
      github.failNext({ kind: "secondary-limit", status, retryAfterSeconds: 7 }, { times: 2 });
      const first = await ask("/repos/acme/campaigns/issues", {
        method: "POST",
        headers: { authorization: `token ${github.token}` },
        body: JSON.stringify({ title: "t" }),
      });
      expect([first.status, first.headers.get("retry-after")]).toEqual([status, "7"]);
      expect((await refusedWith(comment())).message).toMatch(/secondary rate limit/);
      expect([github.issues(), github.comments(number)]).toEqual([[], []]);
      await comment();
      expect(github.comments(number)).toHaveLength(1);
    },
  );

  test("a primary limit says when it ends; GraphQL tells it with status 200", async () => {
    github.failNext({ kind: "primary-limit", resetAt: 1_800_000_000 }, { times: 2 });
    const answer = await ask(`/repos/acme/campaigns/pulls/${number}`);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(answer.headers.get("x-ratelimit-reset")).toBe("1800000000");
    await expect(octokitFor(github).graphql("{ viewer { login } }")).rejects.toThrow(
      "API rate limit exceeded",
    );
  });

  test("a 502 before anything was done leaves nothing, one after it leaves what was done", async () => {
    github.failNext({ kind: "status", status: 502, when: "before" });
    expect((await refusedWith(comment("lost"))).status).toBe(502);
    expect(github.comments(number)).toEqual([]);
    github.failNext({ kind: "status", status: 502, when: "after" });
    expect((await refusedWith(comment("kept"))).status).toBe(502);
    expect(github.comments(number).map(({ body }) => body)).toEqual(["kept"]);
  });

  test("a connection is cut before or after it was done", async () => {
    github.failNext({ kind: "drop", when: "before" });
    await expect(comment("lost")).rejects.toThrow();
    github.failNext({ kind: "drop", when: "after" });
    await expect(comment("kept")).rejects.toThrow();
    expect(github.comments(number).map(({ body }) => body)).toEqual(["kept"]);
    expect(github.requests.map(({ status }) => status)).toEqual([null, null]);
  });

  test("a failure waits for the operation and the method that it is aimed at", async () => {
    const failure = { kind: "status", status: 503, when: "before" } as const;
    github.failNext(failure, { operation: "issues/create-comment" });
    github.failNext(failure, { method: "POST" });
    expect((await read()).status).toBe(200);
    expect((await refusedWith(comment())).status).toBe(503);
    expect((await refusedWith(comment())).status).toBe(503);
    expect((await comment()).status).toBe(201);
  });

  test("a slow answer does not keep the fake from ending", async () => {
    github.slowDown(60_000);
    const cut = expect(read()).rejects.toThrow();
    await expect.poll(() => github.requests.length, { timeout: 100_000 }).toBe(1);
    await github.close();
    await cut;
    github = await startFakeGitHub();
  });
});

test("a bug in the fake is told when it ends", async () => {
  github.world.commits.delete(github.head(number));
  expect((await refusedWith(read())).status).toBe(500);
  await expect(github.close()).rejects.toThrow(/has no commit/);
  github = await startFakeGitHub();
});

test("what a test names wrongly is an error, not a surprise", () => {
  expect(() => github.addComment(99, { author: "a", body: "x" })).toThrow("no issue 99");
  expect(() => github.addPullRequest({ base: "nowhere" })).toThrow("no branch nowhere");
  expect(() => github.addCommit({ sha: "abc" })).toThrow("no full SHA");
  expect(() => github.addCommit({ sha: github.tip("main") })).toThrow("already");
  expect(() => github.editComment(99, { by: "a", body: "x" })).toThrow("no comment 99");
  expect(() => github.deleteComment(99)).toThrow("no comment 99");
  expect(() => github.closeIssue(99)).toThrow("no issue 99");
  expect(() => github.head(99)).toThrow("no pull request 99");
});
