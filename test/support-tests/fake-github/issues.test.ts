import { afterEach, beforeEach, expect, test } from "vitest";
import { octokitFor, refusedWith } from "../../support/fake-github/octokit.ts";
import { type FakeGitHub, startFakeGitHub } from "../../support/fake-github/server.ts";

const repository = { owner: "acme", repo: "campaigns" };
let github: FakeGitHub;

beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(() => github.close());

test("issues are listed with pull requests mixed in, the newest first, open ones unless told", async () => {
  const { rest } = octokitFor(github);
  github.addIssue({ author: "github-actions[bot]", title: "one" });
  github.addPullRequest({ title: "two", author: "github-actions[bot]" });
  github.addIssue({ author: "somebody", title: "three", labels: ["drift", "later"] });
  github.addIssue({ author: "GitHub-Actions[bot]", title: "four", state: "closed" });
  const listed = async (options: { state?: "all" | "closed"; creator?: string; labels?: string }) =>
    (await rest.issues.listForRepo({ ...repository, ...options })).data.map(({ title }) => title);
  expect(await listed({})).toEqual(["three", "two", "one"]);
  expect(await listed({ state: "all", creator: "github-actions[bot]" })).toEqual(["four", "two", "one"]);
  expect(await listed({ state: "closed" })).toEqual(["four"]);
  expect(await listed({ labels: "drift" })).toEqual(["three"]);
  expect(await listed({ labels: "drift,urgent" })).toEqual([]);
  const { data } = await rest.issues.listForRepo(repository);
  expect(data.map(({ pull_request }) => pull_request !== undefined)).toEqual([false, true, false]);
});

test("issues are sorted by the time they were last touched", async () => {
  const { rest } = octokitFor(github);
  const day = (number: number) => Date.UTC(2026, 10, number);
  const { number } = github.addIssue({ author: "a", title: "first", createdAt: day(1) });
  github.addIssue({ author: "a", title: "second", createdAt: day(2) });
  github.addComment(number, { author: "a", body: "x", createdAt: day(3) });
  const listed = await rest.issues.listForRepo({ ...repository, sort: "updated", direction: "desc" });
  expect(listed.data.map(({ title }) => title)).toEqual(["first", "second"]);
  expect((await rest.issues.listForRepo(repository)).data.map(({ title }) => title)).toEqual([
    "second",
    "first",
  ]);
});

test("an issue is opened, commented on, closed and reopened", async () => {
  const { rest } = octokitFor(github);
  const { data } = await rest.issues.create({ ...repository, title: "Drift", body: "b", labels: ["drift"] });
  const call = { ...repository, issue_number: data.number };
  await rest.issues.createComment({ ...call, body: "note" });
  const closed = await rest.issues.update({ ...call, state: "closed", state_reason: "not_planned" });
  expect(closed.data).toMatchObject({ state: "closed", state_reason: "not_planned", comments: 1 });
  expect(closed.data.closed_at).not.toBeNull();
  await rest.issues.update({ ...call, state: "open", title: "Drift again" });
  const read = await rest.issues.get(call);
  expect(read.data).toMatchObject({
    state: "open",
    state_reason: "reopened",
    title: "Drift again",
    body: "b",
    closed_at: null,
  });
  expect(github.issues().map(({ title, labels }) => [title, labels])).toEqual([["Drift again", ["drift"]]]);
});

test.each([
  ["no title", { title: undefined, body: "b" }],
  ["a blank title", { title: " ", body: "b" }],
  ["a title of 257 characters", { title: "x".repeat(257) }],
  ["a body of 65,537 characters", { title: "t", body: "x".repeat(65_537) }],
  ["labels that are no texts", { title: "t", labels: [1] }],
])("an issue with %s is refused", async (_, body) => {
  const { request } = octokitFor(github);
  const call = request("POST /repos/{owner}/{repo}/issues", { ...repository, ...body } as never);
  expect((await refusedWith(call)).status).toBe(422);
  expect(github.issues()).toEqual([]);
});

test("an unknown state and an unknown issue are refused", async () => {
  const { rest } = octokitFor(github);
  const { number } = github.addIssue({ author: "a", title: "t" });
  const wrong = rest.issues.update({ ...repository, issue_number: number, state: "done" as never });
  expect((await refusedWith(wrong)).status).toBe(422);
  const gone = rest.issues.get({ ...repository, issue_number: 77 });
  expect((await refusedWith(gone)).status).toBe(404);
  github.closeIssue(number);
  expect(github.issues()[0]?.state).toBe("closed");
});
