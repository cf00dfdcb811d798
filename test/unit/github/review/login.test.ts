import { expect, test } from "vitest";
import { ACTIONS_LOGIN, isOurs, sameLogin } from "../../../../src/github/review/login.ts";

test.each([
  ["octocat", "octocat", true],
  ["Octocat", "octoCAT", true],
  ["my-app[bot]", "my-app", true],
  ["my-app[BOT]", "My-App", true],
  ["my-app[bot]", "my-app[bot]", true],
  ["octocat", "octodog", false],
  ["my-app[bot]s", "my-apps", false],
  ["[bot]my-app", "my-app", false],
])("%s and %s name the same account: %s", (a, b, same) => {
  expect(sameLogin(a, b)).toBe(same);
  expect(sameLogin(b, a)).toBe(same);
});

test.each([
  ["a bot with our login, as GraphQL has it", { login: "github-actions", isBot: true }, true],
  ["a bot with our login, as the REST API has it", { login: "GitHub-Actions[bot]", isBot: true }, true],
  ["a person with the name of our bot", { login: "github-actions", isBot: false }, false],
  ["another bot", { login: "dependabot[bot]", isBot: true }, false],
  ["an account that was deleted", null, false],
])("what is ours: %s", (_, author, ours) => {
  expect(isOurs(author, ACTIONS_LOGIN)).toBe(ours);
});

test("a person's own token writes in that person's name", () => {
  expect(isOurs({ login: "Octocat", isBot: false }, "octocat")).toBe(true);
  expect(isOurs({ login: "octocat", isBot: false }, "OCTOCAT")).toBe(true);
  expect(isOurs({ login: "octodog", isBot: false }, "octocat")).toBe(false);
});
