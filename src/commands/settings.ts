import type { Project } from "../declarations/project.ts";
import { UsageError } from "../domain/errors.ts";
import type { Variables } from "../domain/ports.ts";
import { checkCredentials } from "../experiture/check-credentials.ts";
import type { Credentials } from "../experiture/connection.ts";
import { normalizeApiUrl, normalizeTokenUrl } from "../http/url.ts";
import { didYouMean, nearestKey } from "../text/nearest-key.ts";
import { quoteWhole } from "../text/quote.ts";

/** Where to read and write, and as whom. */
export type Settings = {
  readonly apiUrl: string;
  readonly environment: string | null;
  readonly credentials: Credentials;
  /** The chosen environment's own URL, where `EXPERITURE_API_URL` leads elsewhere; null where nothing is beaten so. */
  readonly beatenUrl: string | null;
};

/** What was given on the command line; null where nothing was. */
export type DestinationFlags = { readonly apiUrl: string | null; readonly environment: string | null };

/** The API when nothing else is said. Source: API sheet, 1. */
export const DEFAULT_API_URL = "https://api.experiture.ai/public/v1";

/**
 * Decides where and as whom to run: a flag beats a variable beats the project file.
 *
 * @throws UsageError for an unknown environment, an unsafe URL, or credentials that are missing or cannot be sent.
 */
export function resolveSettings(
  flags: DestinationFlags,
  variables: Variables,
  project: Project | null,
): Settings {
  const environment = resolveEnvironment(flags.environment, project);
  const declared = environment === null ? undefined : project?.environments[environment];
  const own = declared?.apiUrl ?? null;
  const [origin, url] =
    flags.apiUrl !== null
      ? ["--api-url", flags.apiUrl]
      : variables.EXPERITURE_API_URL
        ? ["EXPERITURE_API_URL", variables.EXPERITURE_API_URL]
        : [apiUrlOf(environment), own ?? DEFAULT_API_URL];
  const apiUrl = normalizeApiUrl(url, origin);
  const isBeaten = own !== null && origin === "EXPERITURE_API_URL";
  const ownUrl = isBeaten ? normalizeApiUrl(own, apiUrlOf(environment)) : apiUrl;
  const credentials = resolveCredentials(variables);
  checkCredentials(credentials);
  return { apiUrl, environment, credentials, beatenUrl: ownUrl === apiUrl ? null : ownUrl };
}

/** The chosen environment. */
function resolveEnvironment(name: string | null, project: Project | null): string | null {
  const lacks = lacksEnvironment(name, project);
  if (lacks !== null) throw new UsageError(lacks.message, lacks.hint);
  return name;
}

/** What to say of an environment that a project file does not list, where it lists any; null where nothing is to be said. */
export function lacksEnvironment(
  name: string | null,
  project: Project | null,
): { readonly message: string; readonly hint: string } | null {
  const known = Object.keys(project?.environments ?? {});
  if (name === null || known.length === 0 || known.includes(name)) return null;
  const has = `It has: ${known.join(", ")}. Add it there, or choose one of these with --environment.`;
  return {
    message: `The project file has no environment ${quoteWhole(name)}.`,
    hint: `${didYouMean(nearestKey(name, known))} ${has}`.trim(),
  };
}

/**
 * Checks every URL of the project file as a run would.
 *
 * @throws UsageError for an unsafe one.
 */
export function checkApiUrls(project: Project | null): void {
  for (const [name, { apiUrl }] of Object.entries(project?.environments ?? {})) {
    if (apiUrl !== null) normalizeApiUrl(apiUrl, apiUrlOf(name));
  }
}

/** Shorter ones cannot be told from ordinary words. */
const SHORTEST_SECRET = 8;

/** What of the environment must never be shown, should it stand in a file. */
export function secretsOf({ EXPERITURE_TOKEN, EXPERITURE_CLIENT_SECRET }: Variables): readonly string[] {
  // A line end or a blank comes with what was read from a file.
  const secrets = [EXPERITURE_TOKEN, EXPERITURE_CLIENT_SECRET].map((secret) => secret?.trim() ?? "");
  return secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
}

function apiUrlOf(environment: string | null): string {
  return `the apiUrl of environment "${environment}"`;
}

function resolveCredentials(variables: Variables): Credentials {
  const token = variables.EXPERITURE_TOKEN;
  if (token) return { kind: "token", token };
  const names = ["EXPERITURE_CLIENT_ID", "EXPERITURE_CLIENT_SECRET", "EXPERITURE_TOKEN_URL"] as const;
  const [clientId, clientSecret, tokenUrl] = names.map((name) => variables[name]);
  if (clientId && clientSecret && tokenUrl) {
    return {
      kind: "client",
      clientId,
      clientSecret,
      tokenUrl: normalizeTokenUrl(tokenUrl, "EXPERITURE_TOKEN_URL"),
      scope: variables.EXPERITURE_SCOPE || null,
      audience: variables.EXPERITURE_AUDIENCE || null,
    };
  }
  const missing = names.filter((name) => !variables[name]);
  throw new UsageError(
    missing.length === names.length
      ? "No credentials for the API."
      : `Credentials are incomplete: ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set.`,
    "Set EXPERITURE_TOKEN, or EXPERITURE_CLIENT_ID, EXPERITURE_CLIENT_SECRET and EXPERITURE_TOKEN_URL. Only the scopes campaigns:read and, to apply, campaigns:update are needed.",
  );
}
