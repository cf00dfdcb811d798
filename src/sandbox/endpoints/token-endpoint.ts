import { type Access, ALL_SCOPES } from "../access.ts";
import { mediaTypeOf } from "../body.ts";
import type { Reply } from "../reply.ts";
import type { SandboxSeed, SeedClient } from "../world/model.ts";
import type { ServerSwitches } from "../world/switches.ts";

const FORM = "application/x-www-form-urlencoded";

type TokenRequest = {
  readonly text: string;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
};

/**
 * POST /oauth/token: client credentials as RFC 6749 has them, since the API's own token endpoint is not documented
 * (sheet, section 3). Without clients in the seed every id and secret is good.
 */
export function answerTokenRequest(
  request: TokenRequest,
  seed: SandboxSeed,
  switches: ServerSwitches,
  access: Access,
): Reply {
  if (mediaTypeOf(request.contentType) !== FORM) {
    return refusal(400, "invalid_request", `The body must be ${FORM}.`);
  }
  const form = new URLSearchParams(request.text);
  if (form.get("grant_type") !== "client_credentials") {
    return refusal(400, "unsupported_grant_type", "Only client_credentials is supported.");
  }
  const client = findClient(readCredentials(request.authorization, form, switches), seed);
  if (client === null)
    return refusal(401, "invalid_client", "The client is not known, or its secret is wrong.");
  const scopes = form.get("scope")?.split(" ").filter(Boolean) ?? client.scopes;
  const missing = scopes.find((scope) => !client.scopes.includes(scope));
  if (missing !== undefined) return refusal(400, "invalid_scope", `The client lacks the scope ${missing}.`);
  return {
    kind: "plain",
    status: 200,
    body: tokenBody(access.issue(scopes), scopes, switches),
    headers: NO_STORE,
  };
}

const NO_STORE = { "cache-control": "no-store" };

function tokenBody(token: string, scopes: readonly string[], switches: ServerSwitches) {
  const said = switches.expiresIn === "overstated" ? switches.tokenLifetime * 10 : switches.tokenLifetime;
  return {
    access_token: token,
    token_type: "Bearer",
    ...(switches.expiresIn === "missing" ? {} : { expires_in: said }),
    scope: scopes.join(" "),
  };
}

type Given = { readonly clientId: string; readonly clientSecret: string };

function readCredentials(
  authorization: string | undefined,
  form: URLSearchParams,
  switches: ServerSwitches,
): Given | null {
  const place = authorization === undefined ? "body" : "basic";
  if (switches.clientAuthentication !== "either" && switches.clientAuthentication !== place) return null;
  if (authorization !== undefined) return readBasic(authorization);
  const clientId = form.get("client_id");
  const clientSecret = form.get("client_secret");
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}

/** Id and secret are form-encoded before they are joined (RFC 6749, section 2.3.1). */
function readBasic(authorization: string): Given | null {
  const encoded = /^Basic +(\S+)$/i.exec(authorization)?.[1];
  const [, id, secret] = /^([^:]+):(.+)$/.exec(Buffer.from(encoded ?? "", "base64").toString("utf8")) ?? [];
  if (!id || !secret) return null;
  return { clientId: formDecode(id), clientSecret: formDecode(secret) };
}

function formDecode(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll("&", "%26")}`).get("v") ?? "";
}

function findClient(given: Given | null, seed: SandboxSeed): Required<SeedClient> | null {
  if (given === null) return null;
  if (seed.clients === undefined) return { ...given, scopes: ALL_SCOPES };
  const client = seed.clients.find(
    ({ clientId, clientSecret }) => clientId === given.clientId && clientSecret === given.clientSecret,
  );
  return client === undefined ? null : { ...client, scopes: client.scopes ?? ALL_SCOPES };
}

function refusal(status: number, error: string, description: string): Reply {
  const challenge: Readonly<Record<string, string>> =
    status === 401 ? { "www-authenticate": 'Basic realm="sandbox"' } : {};
  return {
    kind: "plain",
    status,
    body: { error, error_description: description },
    headers: { ...NO_STORE, ...challenge },
  };
}
