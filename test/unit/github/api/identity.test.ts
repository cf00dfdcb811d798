import { expect, test } from "vitest";
import { isOurs, sameLogin } from "../../../../src/github/review/login.ts";
import { connected, count } from "../../../support/github/connected.ts";

test("an app is asked for once, through GraphQL", async () => {
  const { fake, github } = await connected({ login: "planner[bot]" });
  expect(await Promise.all([github.login(), github.login()])).toEqual(["planner[bot]", "planner[bot]"]);
  expect(fake.requests).toHaveLength(1);
});

test("without GraphQL a person is found through GET /user", async () => {
  const { fake, github } = await connected({ login: "maintainer" });
  fake.forbid("graphql");
  expect(await github.login()).toBe("maintainer");
});

test("with neither it is the bot of GitHub Actions", async () => {
  const { fake, github } = await connected({ login: "github-actions[bot]" });
  fake.forbid("graphql");
  expect(await github.login()).toBe("github-actions[bot]");
  expect(count(fake, "GET", /^\/user$/)).toBe(1);
});

test("trouble that passes is no answer", async () => {
  const { fake, github } = await connected({ login: "planner[bot]" });
  fake.failNext({ kind: "status", status: 502, when: "before" }, { operation: "graphql", times: 4 });
  await expect(github.login()).rejects.toMatchObject({ reason: "uncertain" });
});

test("GraphQL of GitHub Enterprise Server is beside its REST API", async () => {
  const { fake, github } = await connected({ product: "enterprise", login: "planner[bot]" });
  expect(await github.login()).toBe("planner[bot]");
  expect(fake.unexpected).toEqual([]);
});

test.each([
  ["github-actions", "GitHub-Actions[bot]", true],
  ["octo", "OCTO", true],
  ["octo", "octocat", false],
  ["[bot]octo", "octo", false],
])("sameLogin(%s, %s)", (a, b, same) => {
  expect(sameLogin(a, b)).toBe(same);
});

test.each([
  [{ login: "github-actions", isBot: true }, true],
  [{ login: "GitHub-Actions[bot]", isBot: true }, true],
  [{ login: "github-actions", isBot: false }, false],
  [{ login: "other", isBot: true }, false],
  [null, false],
])("isOurs(%j)", (author, ours) => {
  expect(isOurs(author, "github-actions[bot]")).toBe(ours);
});
