import { INVISIBLE, withoutOpenEnd } from "./invisible.ts";

/** Combining marks, and what is left of invisible characters in emoji, take no column of their own. */
const ZERO_WIDTH = new RegExp(`[\\p{Mn}\\p{Me}${INVISIBLE}]`, "u");

/** Half-width forms of scripts that are wide otherwise. */
const HALF_WIDTH = /[\uFF61-\uFFDC]/u;

/** Scripts, punctuation and pictures that take two columns in a terminal. */
const DOUBLE_WIDTH =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

/** Columns that a text takes in a terminal. An estimate for emoji sequences, which terminals draw differently. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The beginning of a text that fits into `columns` columns, with an ellipsis when something was cut off. */
export function cutToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${withoutOpenEnd(kept)}…`;
}

function characterWidth(character: string): number {
  if (ZERO_WIDTH.test(character)) return 0;
  return !HALF_WIDTH.test(character) && DOUBLE_WIDTH.test(character) ? 2 : 1;
}
