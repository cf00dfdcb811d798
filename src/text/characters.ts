/**
 * Characters that a reader of the file cannot see or that make it look like something else: controls (also lone
 * carriage returns), line and paragraph separators, a byte order mark after the start, embeddings and overrides of
 * the writing direction, halves of surrogate pairs.
 */
const REFUSED = /(?![\t\n]|\r\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u{FEFF}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;

/** Offsets of the characters that are not allowed, at most one a line. */
export function findRefusedCharacters(text: string): readonly number[] {
  const found: number[] = [];
  let lineEnd = -1;
  for (const { index } of text.matchAll(REFUSED)) {
    if (index < lineEnd) continue;
    found.push(index);
    const next = text.indexOf("\n", index);
    lineEnd = next === -1 ? text.length : next;
  }
  return found;
}

/** `U+0430`, for the character at the start of `text`. */
export function codePointName(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Says which character is refused, why, and what to do. */
export function explainRefusedCharacter(character: string): string {
  if (character === "\r") {
    return "A carriage return (U+000D) stands alone here. Save the file with LF or CRLF line endings.";
  }
  return (
    `The character ${codePointName(character)} is not allowed: it cannot be seen, and can make a file look ` +
    `different from what it says. Delete it.`
  );
}
