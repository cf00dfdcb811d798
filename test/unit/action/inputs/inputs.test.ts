import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseInputs } from "../../../../src/action/inputs/inputs.ts";
import { UsageError } from "../../../../src/domain/errors.ts";
import type { Variables } from "../../../../src/domain/ports.ts";
import { anyText } from "../../../support/fuzz/any-text.ts";
import { usageErrorOf } from "../../../support/usage-error.ts";

function parse(given: Readonly<Record<string, string>> = {}, variables: Variables = {}) {
  return parseInputs((name) => given[name] ?? "", variables);
}

function refusalOf(given: Readonly<Record<string, string>>, variables: Variables = {}): UsageError {
  return usageErrorOf(() => parse(given, variables));
}

test("nothing given is a plan with the defaults", () => {
  expect(parse()).toMatchObject({
    command: "plan",
    paths: [],
    workingDirectory: ".",
    config: null,
    environment: null,
    apiUrl: null,
    githubToken: null,
    comment: "always",
    requireReviewedPlan: true,
    waitTimeoutMs: 600_000,
    parallelism: 10,
    failOnSkip: false,
    labels: false,
    fix: "issue",
    shard: null,
    maxDurationMs: null,
    lastChecked: null,
    scope: null,
  });
});

test.each(["changed", "all"] as const)("scope %s is taken", (scope) => {
  expect(parse({ scope }).scope).toBe(scope);
  expect(refusalOf({ scope: `${scope}s` }).hint).toBe("Write one of: changed, all.");
});

test.each(["token", "client-id", "client-secret", "github-token"])("a bad %s is not shown", (name) => {
  const { message } = refusalOf({ [name]: "canary\ncanary" });
  expect(message).toMatch(new RegExp(`^Input ${name} has a line end`));
  expect(message).not.toContain("canary");
});

test("everything given is taken, without the blanks around it", () => {
  const inputs = parse({
    command: " apply\n",
    paths: "  campaigns/a.yaml\r\n\n campaigns/with space/*.yaml \n",
    "working-directory": "./marketing/",
    config: "../campaignctl.yaml",
    environment: "production",
    "api-url": "https://api.example.test/v1/",
    "github-token": "gh-token",
    comment: "changes-only",
    "require-reviewed-plan": "false",
    "wait-timeout": "90s",
    parallelism: "3",
    "fail-on-skip": "true",
    shard: " 2/3",
    "max-duration": "15m",
    "last-checked": "../last-checked.json",
    allow: " freeze\n\nmax-changes=agreed with Tom, for once \n",
  });
  expect(inputs).toMatchObject({
    command: "apply",
    paths: ["campaigns/a.yaml", "campaigns/with space/*.yaml"],
    workingDirectory: "marketing",
    config: "../campaignctl.yaml",
    environment: "production",
    apiUrl: "https://api.example.test/v1",
    githubToken: "gh-token",
    comment: "changes-only",
    requireReviewedPlan: false,
    waitTimeoutMs: 90_000,
    parallelism: 3,
    failOnSkip: true,
    shard: { index: 2, count: 3 },
    maxDurationMs: 900_000,
    lastChecked: "../last-checked.json",
    allow: ["freeze", "max-changes=agreed with Tom, for once"],
  });
});

test.each([
  ["freeze,max-changes", ["freeze", "max-changes"]],
  ["freeze , max-changes,", ["freeze", "max-changes"]],
  ["freeze=a sale, max-changes=a = b", ["freeze=a sale", "max-changes=a = b"]],
  [
    "freeze=a sale, we said, max-changes\r\nreach-max",
    ["freeze=a sale, we said", "max-changes", "reach-max"],
  ],
  ["freeze=a sale, max-chnages", ["freeze=a sale", "max-chnages"]],
  [",", []],
])("rules to let pass: %j", (allow, words) => {
  expect(parse({ allow }).allow).toEqual(words);
});

describe("what is refused, with the input, its value and how to mend it", () => {
  test.each([
    ["command", "Plan", /plan, apply, validate, drift/],
    ["command", "wait", /plan, apply, validate, drift/],
    ["comment", "true", /always, changes-only, never/],
    ["require-reviewed-plan", "yes", /true, false/],
    ["require-reviewed-plan", "True", /true, false/],
    ["fail-on-skip", "1", /true, false/],
    ["wait-timeout", "10 minutes", /500ms, 30s, 10m or 24h/],
    ["wait-timeout", "-1s", /500ms, 30s, 10m or 24h/],
    ["wait-timeout", "597h", /at most 596h/],
    ["parallelism", "0", /from 1 to/],
    ["parallelism", "1e2", /from 1 to/],
    ["parallelism", "2.5", /from 1 to/],
    ["shard", "0/3", /as 2\/3, which is the second of three/],
    ["max-duration", "20", /500ms, 30s, 10m or 24h/],
    ["last-checked", "a\nb", /on one line/],
    ["shard", "3", /as 2\/3, which is the second of three/],
    ["working-directory", "/etc", /inside of the repository/],
    ["working-directory", "..", /inside of the repository/],
    ["working-directory", "a/../../b", /inside of the repository/],
    ["working-directory", "C:/work", /inside of the repository/],
    ["working-directory", "a\\b", /forward slashes/],
    ["config", "/tmp/campaignctl.yaml", /inside of the repository/],
    ["config", "../campaignctl.yaml", /inside of the repository/],
    ["environment", "a\nb", /on one line/],
    ["paths", "campaigns/\u0007.yaml", /on one line/],
  ])("%s: %j", (name, value, hint) => {
    const error = refusalOf({ [name]: value });
    expect(error.message).toContain(`Input ${name} is "`);
    expect(error.message).not.toMatch(/\p{Cc}/u);
    expect(error.hint).toMatch(hint);
  });

  test.each(["api-url", "token-url"])("%s where credentials would not be safe", (name) => {
    expect(refusalOf({ [name]: "http://api.example.test" }).message).toContain(`Input ${name}`);
    expect(refusalOf({ [name]: "https://user:secret@api.example.test" }).message).not.toContain("secret");
    expect(refusalOf({ [name]: "api.example.test" }).message).toContain(`Input ${name}`);
  });
});

describe("an input that does not exist", () => {
  test("is refused with the one that was meant", () => {
    const error = refusalOf({}, { INPUT_ENVIROMENT: "production" });
    expect(error.message).toBe('There is no input "enviroment".');
    expect(error.hint).toContain("Did you mean environment?");
  });

  test("is refused with the list when none is near", () => {
    expect(refusalOf({}, { INPUT_XYZZY: "1" }).hint).toMatch(/^Known inputs: command, paths, /);
  });

  test("is no matter when it is empty; the known ones are known in the runner's spelling", () => {
    const variables = { INPUT_XYZZY: "", "INPUT_WORKING-DIRECTORY": "a", INPUT_COMMAND: "plan" };
    expect(parse({ "working-directory": "a" }, variables).workingDirectory).toBe("a");
  });
});

test("any text in any input is taken or refused as a UsageError, and a path never leaves the repository", () => {
  const names = [
    "command",
    "paths",
    "allow",
    "working-directory",
    "config",
    "api-url",
    "wait-timeout",
    "parallelism",
  ];
  const text = fc.oneof(anyText(), fc.stringMatching(/^(?:\.\.|\.|\/|a|\\|:){0,8}$/));
  fc.assert(
    fc.property(fc.constantFrom(...names), text, (name, value) => {
      try {
        const { workingDirectory } = parse({ [name]: value });
        expect(workingDirectory).not.toMatch(/^(?:\/|[a-z]:)|(?:^|\/)\.\.(?:\/|$)|\/$|\\/i);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
  );
});
