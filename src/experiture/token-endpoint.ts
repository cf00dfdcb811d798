import type { ClientAuth } from "oauth4webapi";
import { AccessError, ApiError, ApiResponseError } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";
import type { Http, HttpAnswer } from "../http/http.ts";
import type { Secrets } from "../http/secrets.ts";
import type { Limits } from "../patience/limits.ts";
import { NO_HISTORY, nextStep } from "../patience/retry.ts";
import { type FreshToken, tokenLife } from "../patience/token-life.ts";
import { isHeaderToken } from "../text/header-token.ts";
import { printable } from "../text/quote.ts";
import {
  answerFactsOf,
  attemptOf,
  inBetween,
  jsonOf,
  redactAnswer,
  refusalOf,
  unexpectedStatus,
} from "./answers.ts";

/** OAuth 2.0 client credentials. `scope` and `audience` are sent only when they are set. */
type ClientCredentials = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenUrl: URL;
  readonly scope: string | null;
  readonly audience: string | null;
};

/** What requests to the token endpoint need. `signal` ends them when the run is over. */
export type TokenEndpointSettings = {
  readonly client: ClientCredentials;
  readonly http: Http;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: Limits;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
};

/** How the client proves itself: in an HTTP Basic header, or in the form (RFC 6749, 2.3.1). */
type Style = "basic" | "form";

/** These say that the client was known and its wish was not granted: another style of proof changes nothing. */
const CLIENT_WAS_KNOWN = new Set([
  "invalid_scope",
  "invalid_target",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_grant",
]);

/**
 * Makes the function that gets one token. It tries HTTP Basic, then once the form, and stays with what worked: which
 * one Experiture takes is not documented (API sheet, 3).
 *
 * The function throws AccessError when the client is refused, else NetworkError, TimeoutError, ApiError (5xx, 429) or
 * ApiResponseError.
 */
export function createTokenEndpoint(settings: TokenEndpointSettings): () => Promise<FreshToken> {
  let style: Style = "basic";
  let proven = false;
  return async () => {
    try {
      const token = await requestToken(settings, style);
      proven = true;
      return token;
    } catch (error) {
      if (proven || !(error instanceof AccessError) || CLIENT_WAS_KNOWN.has(error.code)) throw error;
    }
    const token = await requestToken(settings, "form");
    style = "form";
    proven = true;
    return token;
  };
}

async function requestToken(settings: TokenEndpointSettings, style: Style): Promise<FreshToken> {
  const oauth = await import("oauth4webapi");
  const { clientId, clientSecret, tokenUrl } = settings.client;
  const server = { issuer: tokenUrl.origin, token_endpoint: tokenUrl.href };
  const client = { client_id: clientId };
  const proof = style === "basic" ? clientSecretBasic(clientSecret) : oauth.ClientSecretPost(clientSecret);
  let answer: HttpAnswer | null = null;
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    proof,
    parametersOf(settings.client),
    {
      [oauth.allowInsecureRequests]: tokenUrl.protocol === "http:",
      [oauth.customFetch]: async (_url, options) => {
        answer = await post(settings, options.headers, String(options.body));
        return new Response(answer.body, { status: answer.status, headers: { ...answer.headers } });
      },
    },
  );
  if (answer === null) throw new Error("The OAuth library sent no request.");
  return readToken(answer, settings, () => oauth.processClientCredentialsResponse(server, client, response));
}

/** `audience` is what many servers ask for; `resource` is its standard form, for an absolute URI (RFC 8707, 2). */
function parametersOf({ scope, audience }: ClientCredentials): Record<string, string> {
  return {
    ...(scope === null ? {} : { scope }),
    ...(audience === null ? {} : { audience }),
    ...(audience !== null && ABSOLUTE_URI.test(audience) ? { resource: audience } : {}),
  };
}

/** RFC 3986, 4.3: a scheme, and no fragment. */
const ABSOLUTE_URI = /^[a-z][a-z0-9+.-]*:[\w\-.~:/?[\]@!$&'()*+,;=%]+$/i;

/**
 * Basic proof as in RFC 6749, 2.3.1. Unlike oauth4webapi's it leaves `-`, `_`, `.` and `*` as they are, which the form
 * encoding never escapes: servers that take the header undecoded then know ids such as a UUID.
 */
function clientSecretBasic(secret: string): ClientAuth {
  const encode = (text: string) => new URLSearchParams([["", text]]).toString().slice(1);
  return (_server, client, _body, headers) => {
    const proof = Buffer.from(`${encode(client.client_id)}:${encode(secret)}`).toString("base64");
    headers.set("authorization", `Basic ${proof}`);
  };
}

/** Sends the form until an answer comes that a repeat cannot better, and lets only a 200 through. */
async function post(
  settings: TokenEndpointSettings,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<HttpAnswer> {
  const { http, client, clock, random, limits, secrets, signal } = settings;
  secrets.add((headers.authorization ?? "").replace(/^Basic /, ""));
  const url = client.tokenUrl;
  const request = {
    method: "POST" as const,
    url,
    label: `POST ${url.pathname} (the token endpoint)`,
    headers: { ...headers, "user-agent": settings.userAgent },
    body,
    signal,
  };
  const begun = clock.monotonic();
  let history = NO_HISTORY;
  for (;;) {
    const result = await http.send(request);
    const step = nextStep({
      attempt: attemptOf(result),
      repeat: "safe",
      history,
      elapsedMs: clock.monotonic() - begun,
      now: clock.now(),
      random,
      limits,
    });
    if (step.kind === "repeat") {
      history = step.history;
      await clock.sleep(step.delayMs, signal);
    } else {
      if (result.kind === "failure") throw result.error;
      if (result.status !== 200) throw refusedBy(redactAnswer(result, secrets.redact), url);
      return result;
    }
  }
}

function refusedBy(answer: HttpAnswer, { origin, pathname }: URL): Error {
  const noToken = `The token endpoint ${origin} gave no token.`;
  if (answer.status < 400) {
    return unexpectedStatus(answer, `${noToken} POST ${pathname}`, "EXPERITURE_TOKEN_URL");
  }
  const error = refusalOf(answer, { method: "POST", path: pathname });
  const message = `${noToken} ${error.message}`;
  if (answer.status === 429 || answer.status >= 500) return new ApiError(message, error);
  return new AccessError(`${message} ${adviceFor(error)}`, error);
}

function adviceFor(error: ApiError): string {
  if (error.code === "invalid_scope") {
    return "Check EXPERITURE_SCOPE; campaigns:read and, to apply, campaigns:update are needed.";
  }
  // RFC 8707, 2.
  if (error.code === "invalid_target") return "Check EXPERITURE_AUDIENCE.";
  return `Check EXPERITURE_CLIENT_ID, EXPERITURE_CLIENT_SECRET and EXPERITURE_TOKEN_URL.${inBetween(error)}`;
}

async function readToken(
  answer: HttpAnswer,
  { client, clock, secrets }: TokenEndpointSettings,
  process: () => Promise<{ readonly access_token: string; readonly expires_in?: number }>,
): Promise<FreshToken> {
  const facts = answerFactsOf(answer);
  const misfit = (why: string): ApiResponseError =>
    // The answer may hold the token, so nothing of it is quoted.
    new ApiResponseError(
      `The answer of the token endpoint ${client.tokenUrl.origin} is not understood: ${why}. Is EXPERITURE_TOKEN_URL right, and no login page or proxy in between?`,
      { ...facts, pointer: "" },
    );
  if (jsonOf(answer.body) === undefined) {
    throw misfit(`not JSON, content type ${printable(answer.headers["content-type"] ?? "missing")}`);
  }
  const token = await process().catch((error: unknown) => {
    throw misfit(error instanceof Error ? error.message : "no token in it");
  });
  if (!isHeaderToken(token.access_token)) throw misfit("the token has characters that no header can carry");
  secrets.add(token.access_token);
  const expiresIn = token.expires_in ?? null;
  const now = facts.serverTime ?? clock.now();
  return {
    value: token.access_token,
    ...tokenLife({ token: token.access_token, expiresIn, now }),
  };
}
