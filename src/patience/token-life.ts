const DEFAULT_LIFE_MS = 5 * 60_000;
const MARGIN_MS = 60_000;

/** What is known of a fresh token. `expiresIn` is the endpoint's word in seconds; `now` the server's time in ms. */
export type TokenFacts = { readonly token: string; readonly expiresIn: number | null; readonly now: number };

/** When to renew a token, and when it ends, in milliseconds from now; null where nothing says when it ends. */
export type TokenLife = { readonly renewAfterMs: number; readonly endsAfterMs: number | null };

/** A token as the endpoint gave it. */
export type FreshToken = TokenLife & { readonly value: string };

/**
 * A token is renewed 60 s before its end, or a tenth of a shorter life. Its life is `expires_in`, else what the JWT's
 * `exp` leaves. Else nobody knows: it is renewed as if it were 5 minutes (API sheet, 18: 4), and ends with a 401.
 */
export function tokenLife(facts: TokenFacts): TokenLife {
  const endsAfterMs = positive((facts.expiresIn ?? 0) * 1_000) ?? positive(jwtEnd(facts.token) - facts.now);
  const lifeMs = endsAfterMs ?? DEFAULT_LIFE_MS;
  return { renewAfterMs: lifeMs - Math.min(MARGIN_MS, lifeMs / 10), endsAfterMs };
}

function positive(ms: number): number | null {
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

/** `exp` of a JWT in milliseconds since the epoch; NaN when the token is no JWT or has none. */
function jwtEnd(token: string): number {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const { exp }: Readonly<Record<string, unknown>> = Object(JSON.parse(payload));
    return typeof exp === "number" ? exp * 1_000 : Number.NaN;
  } catch {
    // A token need not be a JWT: then its life is simply not known.
    return Number.NaN;
  }
}
