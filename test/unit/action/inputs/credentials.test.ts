import { describe, expect, test } from "vitest";
import { hasSecret, missingCredentials, secretsToMask } from "../../../../src/action/inputs/credentials.ts";
import { parseInputs } from "../../../../src/action/inputs/inputs.ts";
import { resolveSettings } from "../../../../src/commands/settings.ts";
import type { Variables } from "../../../../src/domain/ports.ts";

type Given = Readonly<Record<string, string>>;

function credentialsOf(given: Given, variables: Variables) {
  const inputs = parseInputs((name) => given[name] ?? "", variables);
  return resolveSettings({ apiUrl: null, environment: null }, inputs.variables, null).credentials;
}

const CLIENT = {
  "client-id": "id-in",
  "client-secret": "secret-in",
  "token-url": "https://in.example.test/token",
};
const CLIENT_VARIABLES = {
  EXPERITURE_CLIENT_ID: "id-env",
  EXPERITURE_CLIENT_SECRET: "secret-env",
  EXPERITURE_TOKEN_URL: "https://env.example.test/token",
};

describe("an input beats a variable", () => {
  test("token over token", () => {
    const found = credentialsOf({ token: "in" }, { EXPERITURE_TOKEN: "env" });
    expect(found).toEqual({ kind: "token", token: "in" });
  });

  test("client over client, with scope and audience of the environment", () => {
    const found = credentialsOf(CLIENT, {
      ...CLIENT_VARIABLES,
      EXPERITURE_SCOPE: "campaigns:read",
      EXPERITURE_AUDIENCE: "crm",
    });
    expect(found).toEqual({
      kind: "client",
      clientId: "id-in",
      clientSecret: "secret-in",
      tokenUrl: "https://in.example.test/token",
      scope: "campaigns:read",
      audience: "crm",
    });
  });

  test("client over a token in the environment", () => {
    expect(credentialsOf(CLIENT, { EXPERITURE_TOKEN: "env" })).toMatchObject({ clientSecret: "secret-in" });
  });

  test("a token given beats a client given", () => {
    expect(credentialsOf({ ...CLIENT, token: "in" }, {})).toEqual({ kind: "token", token: "in" });
  });
});

test("without inputs the variables count", () => {
  expect(credentialsOf({}, CLIENT_VARIABLES)).toMatchObject({
    clientId: "id-env",
    clientSecret: "secret-env",
  });
  expect(credentialsOf({}, { EXPERITURE_TOKEN: "env" })).toEqual({ kind: "token", token: "env" });
});

test("a token URL alone does not push the token of the environment aside", () => {
  const found = credentialsOf({ "token-url": CLIENT["token-url"] }, { EXPERITURE_TOKEN: "env" });
  expect(found).toEqual({ kind: "token", token: "env" });
});

test("the API URL of the environment is passed on, and nothing that is not about the API", () => {
  const { variables } = parseInputs(() => "", {
    EXPERITURE_API_URL: "https://a.example.test",
    HOME: "/root",
  });
  expect(variables.EXPERITURE_API_URL).toBe("https://a.example.test");
  expect(Object.keys(variables).filter((name) => !name.startsWith("EXPERITURE_"))).toEqual([]);
});

test.each([
  ["nothing", {}, {}, false],
  ["what stands in the workflow itself", { ...CLIENT, "client-secret": "" }, {}, false],
  ["a token", { token: "t" }, {}, true],
  ["a client's secret", CLIENT, {}, true],
  ["a token in the environment", {}, { EXPERITURE_TOKEN: "t" }, true],
])("whether a run has secrets: %s", (_, given, variables: Variables, expected) => {
  const inputs = parseInputs((name) => (given as Given)[name] ?? "", variables);
  expect(hasSecret(inputs.variables)).toBe(expected);
});

test("what is missing is named by its input and its variable, and what is there is not", () => {
  const given: Given = { "token-url": "https://login.example.test/token" };
  const inputs = parseInputs((name) => given[name] ?? "", { EXPERITURE_CLIENT_ID: "id" });
  expect(missingCredentials(inputs.variables)).toMatch(
    /^Missing: client-secret \(EXPERITURE_CLIENT_SECRET\); or token \(EXPERITURE_TOKEN\) alone\./,
  );
});

describe("what must be masked", () => {
  test("every secret of inputs and environment, and the pair as HTTP Basic joins it", () => {
    const given: Given = { ...CLIENT, "client-secret": "a b", token: " tok ", "github-token": "gh" };
    const secrets = secretsToMask((name) => given[name] ?? "", {
      EXPERITURE_TOKEN: "env-token",
      EXPERITURE_CLIENT_SECRET: "env-secret",
    });
    expect(new Set(secrets)).toEqual(
      new Set(["tok", "gh", "env-token", "a b", "env-secret", "id-in:a b", "id-in:a+b", "id-in:env-secret"]),
    );
  });

  test("nothing where there is nothing secret", () => {
    const given: Given = { "client-id": "id", "token-url": "https://a.example.test" };
    expect(secretsToMask((name) => given[name] ?? "", {})).toEqual([]);
  });
});
