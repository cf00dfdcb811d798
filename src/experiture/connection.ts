import type {
  AudienceSizer,
  CampaignLister,
  CampaignReader,
  CampaignWriter,
  Clock,
  Variables,
} from "../domain/ports.ts";
import { createHttp, type Http } from "../http/http.ts";
import { proxyFor } from "../http/proxy.ts";
import { createSecrets, type Secrets } from "../http/secrets.ts";
import { normalizeApiUrl, normalizeTokenUrl } from "../http/url.ts";
import { createBreaker } from "../patience/breaker.ts";
import { perLane } from "../patience/lane.ts";
import { DEFAULT_LIMITS, type Limits } from "../patience/limits.ts";
import { createStops } from "../patience/stops.ts";
import type { Shared } from "./call.ts";
import { checkCredentials } from "./check-credentials.ts";
import { createLister } from "./lister.ts";
import { type Exchange, observed } from "./observed.ts";
import { createPacer } from "./pacer.ts";
import { type Perform, perform } from "./perform.ts";
import { createReader } from "./reader.ts";
import { createSizer } from "./sizer.ts";
import { createTokenSession, type TokenSession } from "./token.ts";
import { createTokenEndpoint } from "./token-endpoint.ts";
import { createRenewingSource } from "./token-renewal.ts";
import { createReadySource } from "./token-source.ts";
import { createWriter } from "./writer.ts";

/** A ready bearer token, or what it takes to get tokens (OAuth 2.0 client credentials). */
export type Credentials =
  | { readonly kind: "token"; readonly token: string }
  | {
      readonly kind: "client";
      readonly clientId: string;
      readonly clientSecret: string;
      readonly tokenUrl: string;
      readonly scope: string | null;
      /** For whom the token is meant, where the token endpoint needs to know it. */
      readonly audience: string | null;
    };

/** Everything a connection depends on; nothing is taken from the process behind its back. */
export type ConnectionSettings = {
  readonly apiUrl: string;
  readonly credentials: Credentials;
  /** Most requests in flight, at least 1. */
  readonly parallelism: number;
  readonly userAgent: string;
  /** For HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in upper or lower case. */
  readonly variables: Variables;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly limits?: Partial<Limits>;
  /** Sends the requests in place of undici, so that a test can play every answer. */
  readonly http?: Http;
  /** Is told once, when the API first refuses a request for rate (429). */
  readonly onThrottled?: () => void;
  /** Is told each request when it has ended. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Is told each token that is fetched, before it is used, so that a log can hide it. */
  readonly onSecret?: (secret: string) => void;
};

/** The API as one run sees it. Planning is handed `reader` alone. */
export type Connection = {
  readonly reader: CampaignReader;
  openWriter(): CampaignWriter;
  openSizer(): AudienceSizer;
  openLister(): CampaignLister;
  /** Waits for what is under way, then closes the sockets. */
  close(): Promise<void>;
};

/**
 * Prepares the client of the API. Sends nothing until the first call.
 *
 * @throws UsageError for a URL that credentials may not be sent to, credentials that cannot be sent as they are, or a bad proxy URL.
 */
export function connect(settings: ConnectionSettings): Connection {
  const { perform, close } = openTransport(settings);
  return {
    reader: createReader(perform),
    openWriter: () => createWriter(perform),
    openSizer: () => createSizer(perform),
    openLister: () => createLister(perform),
    close,
  };
}

/** What performs all calls of a run. */
type Transport = { readonly perform: Perform; readonly close: () => Promise<void> };

/** The way to the API below its reader and writer: every call with all its waiting and repeating. */
export function openTransport(settings: ConnectionSettings): Transport {
  const { credentials, parallelism, clock } = settings;
  const limits: Limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const baseUrl = normalizeApiUrl(settings.apiUrl, "The API URL");
  checkCredentials(credentials);
  const secrets = createSecrets(knownSecrets(settings, baseUrl), settings.onSecret);
  const client =
    settings.http ?? createHttp({ limits, connections: parallelism, variables: settings.variables });
  const http =
    settings.onExchange === undefined
      ? client
      : observed(client, { clock, redact: secrets.redact, tell: settings.onExchange });
  const ending = new AbortController();
  const shared: Shared = {
    base: baseOf(baseUrl),
    credentials: credentials.kind,
    userAgent: settings.userAgent,
    http,
    session: openSession(settings, { limits, http, secrets, signal: ending.signal }),
    pacer: createPacer(parallelism, clock),
    breakers: perLane(() => createBreaker(clock, limits.coolDownMs)),
    stops: createStops(clock),
    clock,
    random: settings.random,
    limits,
    redact: secrets.redact,
    onThrottled: settings.onThrottled ?? (() => undefined),
    acceptedAt: perLane(() => 0),
    throttled: "never",
    refusal: null,
  };
  return {
    perform: (call) => perform(shared, call),
    async close() {
      ending.abort(new Error("The connection was closed."));
      await http.close();
    },
  };
}

function baseOf(baseUrl: string): Shared["base"] {
  const { origin, pathname } = new URL(baseUrl);
  return { origin, pathname: pathname === "/" ? "" : pathname };
}

/** Of the run itself and of the proxies that it goes through. */
function knownSecrets({ credentials, variables }: ConnectionSettings, baseUrl: string): readonly string[] {
  const urls = [new URL(baseUrl), ...(credentials.kind === "client" ? [tokenUrlOf(credentials)] : [])];
  const ofProxies = urls.flatMap((url) => proxyFor(url, variables)?.secrets ?? []);
  return [credentials.kind === "token" ? credentials.token : credentials.clientSecret, ...ofProxies];
}

function tokenUrlOf({ tokenUrl }: Credentials & { kind: "client" }): URL {
  return new URL(normalizeTokenUrl(tokenUrl, "The token URL (EXPERITURE_TOKEN_URL)"));
}

type SessionParts = {
  readonly limits: Limits;
  readonly http: Http;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
};

function openSession(settings: ConnectionSettings, parts: SessionParts): TokenSession {
  const { credentials, clock, userAgent, random } = settings;
  if (credentials.kind === "token") return createTokenSession(() => createReadySource(credentials.token));
  const client = { ...credentials, tokenUrl: tokenUrlOf(credentials) };
  const fetchToken = createTokenEndpoint({ ...parts, client, userAgent, clock, random });
  return createTokenSession((changed) => createRenewingSource({ ...parts, fetchToken, clock }, changed));
}
