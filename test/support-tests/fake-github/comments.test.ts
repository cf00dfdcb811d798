import { afterEach, beforeEach, expect, test } from "vitest";
import { octokitFor, refusedWith } from "../../support/fake-github/octokit.ts";
import { type FakeGitHub, startFakeGitHub } from "../../support/fake-github/server.ts";

const repository = { owner: "acme", repo: "campaigns" };
let github: FakeGitHub;

beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(() => github.close());

test("a comment is created by the token's login, read, edited and kept", async () => {
  const { rest } = octokitFor(github);
  const number = github.addPullRequest();
  const made = await rest.issues.createComment({ ...repository, issue_number: number, body: "one" });
  expect(made.status).toBe(201);
  expect(made.data.user).toMatchObject({ login: "github-actions[bot]", type: "Bot", id: 41898282 });
  expect(made.data.html_url).toBe(
    `https://github.com/acme/campaigns/pull/${number}#issuecomment-${made.data.id}`,
  );

  await rest.issues.updateComment({ ...repository, comment_id: made.data.id, body: "two" });
  const read = await rest.issues.getComment({ ...repository, comment_id: made.data.id });
  expect(read.data.body).toBe("two");
  expect(github.comments(number).map(({ body, editor }) => [body, editor])).toEqual([
    ["two", "github-actions[bot]"],
  ]);
});

test("comments come a page at a time, each with links to its neighbours", async () => {
  const octokit = octokitFor(github);
  const number = github.addPullRequest();
  for (let index = 1; index <= 7; index += 1) {
    github.addComment(number, { author: "somebody", body: `comment ${index}` });
  }
  const call = { ...repository, issue_number: number, per_page: 3 };
  const second = await octokit.rest.issues.listComments({ ...call, page: 2 });
  expect(second.data.map(({ body }) => body)).toEqual(["comment 4", "comment 5", "comment 6"]);
  const url = `${github.url}/repos/acme/campaigns/issues/${number}/comments?per_page=3`;
  expect(second.headers.link).toBe(
    `<${url}&page=1>; rel="prev", <${url}&page=1>; rel="first", ` +
      `<${url}&page=3>; rel="next", <${url}&page=3>; rel="last"`,
  );
  const all = await octokit.paginate(octokit.rest.issues.listComments, call);
  expect(all.map(({ body }) => body)).toEqual(github.comments(number).map(({ body }) => body));
});

test("a page has 30 entries unless told, and 100 at most", async () => {
  const { rest } = octokitFor(github);
  const number = github.addPullRequest();
  for (let index = 0; index < 130; index += 1) github.addComment(number, { author: "a", body: "x" });
  const call = { ...repository, issue_number: number };
  expect((await rest.issues.listComments(call)).data).toHaveLength(30);
  expect((await rest.issues.listComments({ ...call, per_page: 500 })).data).toHaveLength(100);
});

test("all comments of the repository by the time they were last touched, since a time", async () => {
  const { rest } = octokitFor(github);
  const [first, second] = [github.addPullRequest(), github.addPullRequest()];
  const at = (hour: number) => Date.UTC(2026, 10, 1, hour);
  github.addComment(first, { author: "a", body: "old", createdAt: at(1) });
  github.addComment(second, { author: "a", body: "touched", createdAt: at(2), updatedAt: at(9) });
  github.addComment(first, { author: "a", body: "middle", createdAt: at(5) });
  const listed = async (options: { sort?: "updated"; direction?: "asc" | "desc"; since?: string }) =>
    (await rest.issues.listCommentsForRepo({ ...repository, ...options })).data.map(({ body }) => body);
  expect(await listed({ sort: "updated", direction: "desc" })).toEqual(["touched", "middle", "old"]);
  expect(await listed({ sort: "updated", direction: "asc" })).toEqual(["old", "middle", "touched"]);
  expect(await listed({ direction: "desc" })).toEqual(["old", "touched", "middle"]);
  expect(await listed({ since: "2026-11-01T05:00:00Z" })).toEqual(["touched", "middle"]);
});

test("a body of 65,536 characters is taken, a longer one and a blank one are refused", async () => {
  const { rest } = octokitFor(github);
  const number = github.addPullRequest();
  const create = (body: string) => rest.issues.createComment({ ...repository, issue_number: number, body });
  const { data } = await create("ü".repeat(65_536));
  const tooLong = await refusedWith(create("x".repeat(65_537)));
  expect(tooLong.status).toBe(422);
  expect(tooLong.message).toContain("Body is too long (maximum is 65536 characters)");
  expect((await refusedWith(create(" \n"))).message).toContain("Body cannot be blank");
  const update = rest.issues.updateComment({
    ...repository,
    comment_id: data.id,
    body: "x".repeat(65_537),
  });
  expect((await refusedWith(update)).status).toBe(422);
  expect(github.comments(number).map(({ body }) => body.length)).toEqual([65_536]);
});

test("what does not exist, or is gone, is not found", async () => {
  const { rest } = octokitFor(github);
  const number = github.addPullRequest();
  const { id } = github.addComment(number, { author: "a", body: "x" });
  github.deleteComment(id);
  const calls = [
    () => rest.issues.getComment({ ...repository, comment_id: id }),
    () => rest.issues.updateComment({ ...repository, comment_id: id, body: "y" }),
    () => rest.issues.listComments({ ...repository, issue_number: 99 }),
    () => rest.issues.createComment({ ...repository, issue_number: 99, body: "y" }),
  ];
  for (const call of calls) expect(await refusedWith(call())).toMatchObject({ status: 404 });
  expect(github.unexpected).toEqual([]);
});

test("the comment of a deleted account has no user", async () => {
  const { rest } = octokitFor(github);
  const number = github.addPullRequest();
  const { id } = github.addComment(number, { author: null, body: "x" });
  expect((await rest.issues.getComment({ ...repository, comment_id: id })).data.user).toBeNull();
});
