/**
 * What cannot be seen, or moves what can: control and format characters (bidi, zero-width), line and paragraph
 * separators, lone surrogates, private use, fillers, and every space but the plain and the ideographic one.
 *
 * The first alternative lets emoji sequences through: their joiners and variation selectors are part of one visible
 * picture, and campaign names are full of them. Anywhere else those same characters are made visible.
 */
const EMOJI_OR_INVISIBLE =
  /\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?(?:\u200D\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)*|([\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]|(?![ \u3000])\p{Zs})/gu;

/**
 * Makes invisible and direction-changing characters visible as `\u{XXXX}`, so that foreign text can neither move the
 * cursor nor pass for another text. Letters of every script stay as they are. The result is always one line.
 */
export function escapeText(text: string): string {
  return replaceInvisible(
    text,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

/** Replaces each invisible or direction-changing character by the form given for it. */
export function replaceInvisible(text: string, formOf: (character: string) => string): string {
  return text.replace(EMOJI_OR_INVISIBLE, (match, invisible: string | undefined) =>
    invisible === undefined ? match : formOf(invisible),
  );
}
