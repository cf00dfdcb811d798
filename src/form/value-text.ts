import { isText, PLAIN, parseText } from "../yaml/plain-text.ts";

const BARE_WORDS = /^[A-Za-z][\w.-]*(?: [\w.-]+)*$/;
const BARE_NAME = new RegExp(`^${PLAIN.bareName}$`);

/** A text as the value of a key: as it is where that is safe, else in quotes. */
export function textValue(text: string): string {
  return parseText(text) === text ? text : quotedText(text);
}

/** A text within braces, or as a key. */
export function wordText(text: string): string {
  return BARE_WORDS.test(text) && isText(text) ? text : quotedText(text);
}

/** A name of the catalogue as an entry. */
export function nameText(name: string): string {
  return BARE_NAME.test(name) && isText(name) ? name : quotedText(name);
}

/** An audience as an entry. */
export function audienceText({
  audienceId,
  type,
}: {
  readonly audienceId: string;
  readonly type: string;
}): string {
  return `{ audienceId: ${audienceId.toLowerCase()}, type: ${type} }`;
}

/** In double quotes, else in single ones; with escapes only where it must be. */
function quotedText(text: string): string {
  const inDouble = JSON.stringify(text);
  if (!inDouble.includes("\\")) return inDouble;
  const needsEscapes = inDouble.replace(/\\["\\]/g, "").includes("\\") || text.includes("'");
  return needsEscapes ? inDouble : `'${text}'`;
}
