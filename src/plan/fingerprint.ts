import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * The integrity check of a whole result: the SHA-256 of everything it says, keys this version does not know too, but
 * for its own `fingerprint`. The same before the result is written as JSON and after it is read back.
 *
 * @throws Error for what no result of ours holds: a number that is not finite, or values nested without end.
 */
export function fingerprintOf(result: object): string {
  const hash = createHash("sha256");
  for (const part of canonicalParts(result)) hash.update(part);
  return `sha256:${hash.digest("hex")}`;
}

/** Whether a result that was read back is as it was made. */
export function isFingerprinted(result: { readonly fingerprint: string }): boolean {
  try {
    return fingerprintOf(result) === result.fingerprint;
  } catch {
    // It holds what no result of ours does, such as a number that is not finite.
    return false;
  }
}

/** A result with its fingerprint after `head`, made when it is first asked for: one that is only shown does without. */
export function fingerprinted<Head extends object, Rest extends object>(
  head: Head,
  rest: Rest,
): Head & { readonly fingerprint: string } & Rest {
  let fingerprint: string | null = null;
  return {
    ...head,
    get fingerprint() {
      fingerprint ??= fingerprintOf({ ...head, ...rest });
      return fingerprint;
    },
    ...rest,
  };
}

/** A result without its fingerprint, which is not made for that. */
export function unfingerprinted<T extends { readonly fingerprint: string }>(
  result: T,
): Omit<T, "fingerprint"> {
  const { fingerprint: _, ...kept } = Object.getOwnPropertyDescriptors(result);
  return Object.defineProperties({} as Omit<T, "fingerprint">, kept);
}

/** The RFC 8785 form, a campaign at a time: that of ten thousand would be held in memory several times over. */
function* canonicalParts(result: object): Generator<string> {
  const entries = Object.entries(result).filter(
    ([key, value]) => key !== "fingerprint" && value !== undefined,
  );
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  let before = "{";
  for (const [key, value] of entries) {
    yield `${before}${canonicalOf(key)}:`;
    if (Array.isArray(value)) yield* canonicalItems(value);
    else yield canonicalOf(value);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

function* canonicalItems(list: readonly unknown[]): Generator<string> {
  let before = "[";
  for (const item of list) {
    yield before + canonicalOf(item ?? null);
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
}

function canonicalOf(value: unknown): string {
  try {
    return String(canonicalize(value));
  } catch {
    return String(canonicalize(wellFormed(value)));
  }
}

/** RFC 8785 has no form for half of a surrogate pair, which a live name may hold: it counts as U+FFFD, as in UTF-8. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  return Object.fromEntries(Object.entries(value).map((entry) => entry.map(wellFormed)));
}
