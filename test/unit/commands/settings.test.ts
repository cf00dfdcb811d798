import { describe, expect, test } from "vitest";
import { resolveSettings, secretsOf } from "../../../src/commands/settings.ts";
import { UsageError } from "../../../src/domain/errors.ts";

const NO_FLAGS = { apiUrl: null, environment: null };
const TOKEN = { EXPERITURE_TOKEN: "t0ken" };
const PROJECT = {
  version: 1 as const,
  unknownExcludes: "remove" as const,
  rules: null,
  privacy: { minCount: 20 },
  campaigns: null,
  audiences: null,
  requireOwners: false,
  distinctAudiences: [],
  environments: {
    production: { apiUrl: "https://file.example.test/v1", isPartial: false },
    plain: { apiUrl: null, isPartial: false },
  },
};

describe("where to", () => {
  test.each([
    ["nothing said", NO_FLAGS, {}, null, "https://api.experiture.ai/public/v1"],
    ["the file", { apiUrl: null, environment: "production" }, {}, PROJECT, "https://file.example.test/v1"],
    [
      "an environment without one",
      { apiUrl: null, environment: "plain" },
      {},
      PROJECT,
      "https://api.experiture.ai/public/v1",
    ],
    [
      "a variable beats the file",
      { apiUrl: null, environment: "production" },
      { EXPERITURE_API_URL: "https://v.example.test" },
      PROJECT,
      "https://v.example.test",
    ],
    [
      "an empty variable says nothing",
      NO_FLAGS,
      { EXPERITURE_API_URL: "" },
      null,
      "https://api.experiture.ai/public/v1",
    ],
    [
      "a flag beats the variable",
      { apiUrl: "https://f.example.test/", environment: null },
      { EXPERITURE_API_URL: "https://v.example.test" },
      null,
      "https://f.example.test",
    ],
  ])("%s", (_, flags, variables, project, apiUrl) => {
    expect(resolveSettings(flags, { ...TOKEN, ...variables }, project).apiUrl).toBe(apiUrl);
  });

  test("the message names where a bad URL comes from, and never a password in it", () => {
    expect(() => resolveSettings({ apiUrl: "ftp://x", environment: null }, TOKEN, null)).toThrow(/--api-url/);
    expect(() =>
      resolveSettings(NO_FLAGS, { ...TOKEN, EXPERITURE_API_URL: "https://u:canary@x" }, null),
    ).toThrow(expect.objectContaining({ message: expect.not.stringContaining("canary") }));
  });

  test("an environment must be one of the project file's, where it has any", () => {
    expect(() => resolveSettings({ apiUrl: null, environment: "prod" }, TOKEN, PROJECT)).toThrow(
      /no environment "prod"/,
    );
    expect(resolveSettings({ apiUrl: null, environment: "prod" }, TOKEN, null).environment).toBe("prod");
  });
});

describe("as whom", () => {
  const CLIENT = {
    EXPERITURE_CLIENT_ID: "id",
    EXPERITURE_CLIENT_SECRET: "s3cret",
    EXPERITURE_TOKEN_URL: "https://auth.example.test/token",
  };

  test("a token beats client credentials", () => {
    expect(resolveSettings(NO_FLAGS, { ...CLIENT, ...TOKEN }, null).credentials).toEqual({
      kind: "token",
      token: "t0ken",
    });
  });

  test("client credentials, with scope and audience or without", () => {
    const { credentials } = resolveSettings(NO_FLAGS, CLIENT, null);
    expect(credentials).toEqual({
      kind: "client",
      clientId: "id",
      clientSecret: "s3cret",
      tokenUrl: "https://auth.example.test/token",
      scope: null,
      audience: null,
    });
    const more = { EXPERITURE_SCOPE: "campaigns:read", EXPERITURE_AUDIENCE: "https://api.example.test" };
    expect(resolveSettings(NO_FLAGS, { ...CLIENT, ...more }, null).credentials).toMatchObject({
      scope: "campaigns:read",
      audience: "https://api.example.test",
    });
  });

  test.each([
    ["none", {}, /No credentials/],
    [
      "one of three",
      { EXPERITURE_CLIENT_ID: "id" },
      /EXPERITURE_CLIENT_SECRET and EXPERITURE_TOKEN_URL are not set/,
    ],
    ["two of three", { ...CLIENT, EXPERITURE_TOKEN_URL: "" }, /EXPERITURE_TOKEN_URL is not set/],
    [
      "a token over plain http",
      { ...CLIENT, EXPERITURE_TOKEN_URL: "http://auth.example.test" },
      /EXPERITURE_TOKEN_URL/,
    ],
    ["a token with a space", { EXPERITURE_TOKEN: "Bearer abc" }, /EXPERITURE_TOKEN has a character/],
    ["a token in quotes", { EXPERITURE_TOKEN: '"abc"' }, /EXPERITURE_TOKEN is in quotes/],
    ["a token in single quotes", { EXPERITURE_TOKEN: "'abc'" }, /EXPERITURE_TOKEN is in quotes/],
    ["a token with a line end", { EXPERITURE_TOKEN: "abc\n" }, /EXPERITURE_TOKEN has a character/],
  ])("%s", (_, variables, message) => {
    expect(() => resolveSettings(NO_FLAGS, variables, null)).toThrow(UsageError);
    expect(() => resolveSettings(NO_FLAGS, variables, null)).toThrow(message);
  });

  test.each(["EXPERITURE_CLIENT_ID", "EXPERITURE_CLIENT_SECRET", "EXPERITURE_SCOPE", "EXPERITURE_AUDIENCE"])(
    "%s may have blanks and what else ASCII shows, and nothing else; its value is never told",
    (name) => {
      const resolve = (value: string) => () => resolveSettings(NO_FLAGS, { ...CLIENT, [name]: value }, null);
      for (const good of [" a ~\"'", "'", '"a', "a'b", "\"a'"]) expect(resolve(good)).not.toThrow();
      const faults: readonly [string, RegExp][] = [
        ["canary\n", / has a line end in it/],
        ["canary\r", / has a line end in it/],
        ["can\r\nary", / has a line end in it/],
        ["\u00fccanary", / has a character that OAuth does not allow/],
        ["canary\u200b", / has a character that OAuth does not allow/],
        ["canary\t", / has a character that OAuth does not allow/],
        ["canary\u007f", / has a character that OAuth does not allow/],
        ['"canary"', / is in quotes/],
        ["'canary'", / is in quotes/],
      ];
      for (const [value, reason] of faults) {
        expect(resolve(value)).toThrow(UsageError);
        expect(resolve(value)).toThrow(new RegExp(`^${name}${reason.source}`));
        expect(resolve(value)).toThrow(
          expect.objectContaining({
            message: expect.not.stringContaining("canary"),
            hint: expect.stringMatching(/^(?:Set|Copy) it /),
          }),
        );
      }
    },
  );

  test("what is wrong with a client is no matter where a token is given", () => {
    const variables = { ...CLIENT, ...TOKEN, EXPERITURE_CLIENT_SECRET: "s3cret\n" };
    expect(resolveSettings(NO_FLAGS, variables, null).credentials.kind).toBe("token");
  });
});

test("what must not be shown is known without the blanks and line ends around it", () => {
  const variables = { EXPERITURE_TOKEN: "canary-1234\n", EXPERITURE_CLIENT_SECRET: " \tcanary-5678\r\n" };
  expect(secretsOf(variables)).toEqual(["canary-1234", "canary-5678"]);
  expect(secretsOf({ EXPERITURE_TOKEN: "  short   " })).toEqual([]);
});
