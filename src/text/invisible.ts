/**
 * The one alphabet of what cannot be seen, or makes text look like another, in three parts. Each stands between the
 * brackets of a character class.
 */

/** What ends a line or acts on a terminal: control characters, separators of lines and of paragraphs. */
const CONTROLS = String.raw`\p{Cc}\p{Zl}\p{Zp}`;

/** What no file needs either: halves of pairs, byte order marks, embeddings, overrides and isolates of a direction. */
const DECEPTIVE = String.raw`\p{Cs}\u{FEFF}\u{202A}-\u{202E}\u{2066}-\u{2069}`;

/** What writing may need: marks of direction, zero-width characters, tags, variation selectors, fillers, private use. */
const UNSEEN = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}\p{Co}\p{Noncharacter_Code_Point}\u{2800}`;

/** Every blank but the plain and the ideographic one. */
const BLANKS = String.raw`\u{A0}\u{1680}\u{2000}-\u{200A}\u{202F}\u{205F}`;

/** All of it. */
export const INVISIBLE = `${CONTROLS}${DECEPTIVE}${UNSEEN}${BLANKS}`;

const CONTROL = new RegExp(`[${CONTROLS}]`, "u");

/** What a file may not hold. A byte order mark at its start is taken off before; lines end in one of two ways. */
const REFUSED = new RegExp(String.raw`(?![\t\n]|\r\n)[${CONTROLS}${DECEPTIVE}]`, "gu");

/**
 * The first alternative lets emoji sequences through: their joiners and variation selectors are part of one visible
 * picture, and campaign names are full of them. Anywhere else those same characters are made visible.
 */
const EMOJI_OR_INVISIBLE = new RegExp(
  String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?(?:\u200D\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)*|([${INVISIBLE}])`,
  "gu",
);

/**
 * Makes invisible and direction-changing characters visible as `\u{XXXX}`, so that foreign text can neither move the
 * cursor nor pass for another text. Letters of every script stay as they are. The result is always one line.
 */
export function escapeText(text: string): string {
  return replaceInvisible(text, (character) => `\\u{${hexOf(character)}}`);
}

/** As {@link escapeText}, of a text that may have several lines. */
export function escapeLines(text: string): string {
  return text.split("\n").map(escapeText).join("\n");
}

/** Replaces each invisible or direction-changing character by the form given for it. */
export function replaceInvisible(text: string, formOf: (character: string) => string): string {
  return text.replace(EMOJI_OR_INVISIBLE, (match, invisible: string | undefined) =>
    invisible === undefined ? match : formOf(invisible),
  );
}

/** `U+0430`, for the character at the start of `text`: where a character itself is spoken of. */
export function codePointName(text: string): string {
  return `U+${hexOf(text).padStart(4, "0")}`;
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
}

/** Whether nothing in a text ends a line or acts on a terminal. */
export function isOneLine(text: string): boolean {
  return !CONTROL.test(text);
}

/** Offsets of the characters that a file may not hold, at most one a line. */
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

/** Text without the byte order mark that it may begin with. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

/** Text that was cut, without half a character at its end, and without a joiner that now joins nothing. */
export function withoutOpenEnd(text: string): string {
  return text.replace(/[\p{Cs}\u200D]$/u, "");
}
