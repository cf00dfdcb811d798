import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * The integrity check of a whole result: the SHA-256 of everything it says, keys this version does not know too, but
 * for its own `fingerprint`. The same before the result is written as JSON and after it is read back.
 *
 * @throws Error for what no result of ours holds: a number that is not finite, or values nested without end.
 */
export function fingerprintOf(result: object): string {
  const { fingerprint: _, ...content } = result as { readonly fingerprint?: unknown };
  return sha256Of(wellFormed(content));
}

/** `sha256:` and the lower-case hex SHA-256 of the RFC 8785 form of a value. */
export function sha256Of(value: unknown): string {
  const hash = createHash("sha256").update(canonicalize(value) ?? "");
  return `sha256:${hash.digest("hex")}`;
}

/** RFC 8785 has no form for half of a surrogate pair, which a live name may hold: it counts as U+FFFD, as in UTF-8. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  return Object.fromEntries(Object.entries(value).map((entry) => entry.map(wellFormed)));
}
