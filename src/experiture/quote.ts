const LONGEST_QUOTE = 80;
const LONGEST_ID = 128;

/** Control, format (bidi, zero-width), surrogate, private and unassigned characters, and line separators. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Makes every character visible that a terminal or a reviewer would not see: `\u{202E}`. */
function showInvisible(text: string): string {
  return text.replace(
    INVISIBLE,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}}`,
  );
}

/**
 * The beginning of something that was said to us, between quotes, with nothing invisible in it.
 *
 * @param longest how many characters of it.
 */
export function quote(text: string, longest = LONGEST_QUOTE): string {
  const start = [...text.slice(0, 4 * longest)].slice(0, longest).join("");
  return `"${showInvisible(start)}${start.length < text.length ? "…" : ""}"`;
}

/** A code or an id as the server gave it, made safe to print: visible characters only, at most 128. */
export function printable(text: string): string {
  return showInvisible(text.trim()).slice(0, LONGEST_ID);
}

/** What a JSON value is, in a few words, for "expected X, found Y". Never walks into it. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string") return quote(value);
  return typeof value === "object" ? "an object" : String(value);
}
