import { findRefusedCharacters } from "../text/invisible.ts";

/** Parts of the ordinary form of a line, as regular expressions. None of them has a group but where that is said. */
export const PLAIN = {
  uuid: "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
  /** A name of the catalogue; `bareName` is one that YAML cannot read as a number, and needs no quotes. */
  name: "[a-z0-9][a-z0-9._-]{0,63}",
  bareName: "[a-z][a-z0-9._-]{0,63}",
  /** Two groups: text in double quotes, in single quotes. */
  quoted: `"([^"\\\\]*)"|'([^']*)'`,
  /** What may follow a value on its line: nothing, spaces, or spaces and a comment. */
  tail: "(?: +(?:#.*)?)?$",
} as const;

/** Words with spaces between them: nothing in it means anything to YAML in a block. */
const BLOCK_WORDS = "[A-Za-z\\u00C0-\\u024F][^\\s:#]*(?: +[^\\s:#]+)*";

const BLOCK_TEXT = new RegExp(`^(?:${PLAIN.quoted}|(${BLOCK_WORDS}))${PLAIN.tail}`);

/** Words that YAML does not read as text. */
const NO_TEXT = /^(?:true|True|TRUE|false|False|FALSE|null|Null|NULL)$/;

/** Whether YAML reads a word of letters as text. */
export function isText(word: string): boolean {
  return !NO_TEXT.test(word);
}

/** The text that follows a key in block style, quoted on one line or plain; null when it is not so simple. */
export function parseText(rest: string): string | null {
  return textOf(BLOCK_TEXT.exec(rest)?.slice(1) ?? []);
}

/** Of text in double quotes, in single quotes or without, what is there; an unquoted word may be no text at all. */
export function textOf([double, single, plain]: readonly (string | undefined)[]): string | null {
  if (plain !== undefined) return isText(plain) ? plain : null;
  return double ?? single ?? null;
}

/** Whether a text has only characters that mean the same to a reader of lines as to YAML: no tab, nothing invisible. */
export function isPlainText(text: string): boolean {
  if (/^[\n\x20-\x7e]*$/.test(text)) return true;
  return !/[\t\r]/.test(text) && findRefusedCharacters(text).length === 0;
}
