import type { Variables } from "../../domain/ports.ts";

/** The credentials for the API that were given as inputs; null where none was. */
type GivenCredentials = {
  readonly token: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly tokenUrl: string | null;
};

const PASSED_ON = [
  "EXPERITURE_API_URL",
  "EXPERITURE_TOKEN",
  "EXPERITURE_CLIENT_ID",
  "EXPERITURE_CLIENT_SECRET",
  "EXPERITURE_TOKEN_URL",
  "EXPERITURE_SCOPE",
  "EXPERITURE_AUDIENCE",
] as const;

/**
 * The variables about the API: an input beats the variable of its name. A token in the environment gives way to a client
 * secret that was given as an input, since an input beats a variable.
 */
export function apiVariables(given: GivenCredentials, variables: Variables): Variables {
  const own = Object.fromEntries(PASSED_ON.map((name) => [name, variables[name] || undefined]));
  const ownToken = given.clientSecret === null ? own.EXPERITURE_TOKEN : undefined;
  return {
    ...own,
    EXPERITURE_TOKEN: given.token ?? ownToken,
    EXPERITURE_CLIENT_ID: given.clientId ?? own.EXPERITURE_CLIENT_ID,
    EXPERITURE_CLIENT_SECRET: given.clientSecret ?? own.EXPERITURE_CLIENT_SECRET,
    EXPERITURE_TOKEN_URL: given.tokenUrl ?? own.EXPERITURE_TOKEN_URL,
  };
}

/**
 * Whether there is anything secret to show the API. GitHub gives a run of a fork or of Dependabot empty secrets, while
 * what stands in the workflow itself, such as a token URL, is still there.
 */
export function hasSecret(variables: Variables): boolean {
  return Boolean(variables.EXPERITURE_TOKEN || variables.EXPERITURE_CLIENT_SECRET);
}

/** Which inputs, or variables, have no value in a run without anything secret, and what to look at. */
export function missingCredentials(variables: Variables): string {
  const missing = CLIENT.filter(([, variable]) => !variables[variable]);
  const named = missing.map(([input, variable]) => `${input} (${variable})`);
  return `Missing: ${named.join(", ")}; or token (EXPERITURE_TOKEN) alone. Check how they are spelt in the workflow and in the settings; Dependabot has secrets of its own.`;
}

const CLIENT = [
  ["client-id", "EXPERITURE_CLIENT_ID"],
  ["client-secret", "EXPERITURE_CLIENT_SECRET"],
  ["token-url", "EXPERITURE_TOKEN_URL"],
] as const;

/**
 * Everything that must never be seen, from inputs and environment, to be masked before anything else is done: it checks
 * nothing and cannot fail. The client's id and secret are there as a pair too, as HTTP Basic joins them.
 */
export function secretsToMask(get: (name: string) => string, variables: Variables): readonly string[] {
  const ids = [get("client-id"), variables.EXPERITURE_CLIENT_ID ?? ""];
  const clientSecrets = [get("client-secret"), variables.EXPERITURE_CLIENT_SECRET ?? ""];
  const pairs = ids.flatMap((id) => clientSecrets.flatMap((secret) => pairOf(id.trim(), secret.trim())));
  const single = [get("token"), get("github-token"), variables.EXPERITURE_TOKEN ?? "", ...clientSecrets];
  const secrets = [...single.map((secret) => secret.trim()), ...pairs];
  return [...new Set(secrets.filter((secret) => secret !== ""))];
}

/** RFC 6749, 2.3.1: both are encoded as in a form before they are joined; not every client does so. */
function pairOf(id: string, secret: string): readonly string[] {
  if (id === "" || secret === "") return [];
  return [`${id}:${secret}`, `${formEncoded(id)}:${formEncoded(secret)}`];
}

function formEncoded(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}
