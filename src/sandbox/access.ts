import type { ApiRefusal } from "./reply.ts";
import type { SandboxSeed } from "./world/model.ts";
import type { ServerSwitches } from "./world/switches.ts";

/** Every scope an endpoint of the sandbox asks for. */
export const ALL_SCOPES = ["campaigns:read", "campaigns:update", "cdp:audiences:preview"] as const;

/** One of {@link ALL_SCOPES}. */
export type TokenScope = (typeof ALL_SCOPES)[number];

type Grant = { readonly scopes: readonly string[]; readonly expiresAt: number };

/** Who may do what: the seed's tokens and the ones issued since. */
export type Access = {
  /** Refuses a request without a good token (401) or without the scope (403). */
  check(authorization: string | undefined, scope: TokenScope): ApiRefusal | null;
  /** Makes a token that is good for `tokenLifetime` seconds. */
  issue(scopes: readonly string[]): string;
  /** Makes every issued token expire now. */
  revokeIssued(): void;
};

/** Starts with the tokens of the seed. With neither tokens nor clients in it, any token is good for everything. */
export function createAccess(seed: SandboxSeed, switches: ServerSwitches, now: () => number): Access {
  const seeded = new Map(
    (seed.tokens ?? []).map(({ token, scopes }) => [
      token,
      { scopes: scopes ?? ALL_SCOPES, expiresAt: Infinity },
    ]),
  );
  const issued = new Map<string, Grant>();
  const anyToken = seed.tokens === undefined && seed.clients === undefined;
  const grantOf = (token: string): Grant | undefined =>
    issued.get(token) ??
    seeded.get(token) ??
    (anyToken ? { scopes: ALL_SCOPES, expiresAt: Infinity } : undefined);
  return {
    check(authorization, scope) {
      const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
      if (token === undefined) return unauthorized(switches, "UNAUTHORIZED", "A bearer token is required.");
      const grant = grantOf(token);
      if (grant === undefined) return unauthorized(switches, "TOKEN_INVALID", "The token is not known.");
      if (grant.expiresAt <= now()) return unauthorized(switches, "TOKEN_EXPIRED", "The token has expired.");
      const isKept = scope === "cdp:audiences:preview" && switches.previewScope === "missing";
      return grant.scopes.includes(scope) && !isKept ? null : forbidden(scope);
    },
    issue(scopes) {
      const expiresAt = now() + switches.tokenLifetime * 1000;
      const token = makeToken(issued.size + 1, scopes, expiresAt);
      issued.set(token, { scopes, expiresAt });
      return token;
    },
    revokeIssued() {
      for (const [token, grant] of issued) issued.set(token, { ...grant, expiresAt: -Infinity });
    },
  };
}

/** A token with the form of a JWT, because a client may read its `exp`; nothing signs it. */
function makeToken(number: number, scopes: readonly string[], expiresAt: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { jti: `sandbox-${number}`, scope: scopes.join(" "), exp: Math.floor(expiresAt / 1000) };
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.${part("not signed")}`;
}

function unauthorized(switches: ServerSwitches, cause: string, message: string): ApiRefusal {
  const code = switches.unauthorizedCode ?? `CDP_ETL.AUTH.${cause}`;
  return { kind: "refusal", status: 401, code, message };
}

/** The Campaigns pages and the CDP pages name a missing scope differently (sheet, section 3). */
function forbidden(scope: TokenScope): ApiRefusal {
  const code = scope.startsWith("cdp:") ? "CDP_ETL.AUTH.FORBIDDEN" : "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE";
  return { kind: "refusal", status: 403, code, message: `The token lacks the scope ${scope}.` };
}
