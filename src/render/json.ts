import { replaceInvisible } from "../text/invisible.ts";

/**
 * A result as JSON: two spaces, a newline at the end. Invisible characters and lone surrogates are written as `\uXXXX`,
 * which reads back as the same value and cannot act on a terminal.
 */
export function renderJson(value: Readonly<Record<string, unknown>>): string {
  // Newlines in strings are escaped already: those that are left are between the lines of the document.
  return escaped(JSON.stringify(value, null, 2));
}

/** The same as a single line, for a stream of them. */
export function renderJsonLine(value: Readonly<Record<string, unknown>>): string {
  return escaped(JSON.stringify(value));
}

function escaped(text: string): string {
  return `${text.replace(UNUSUAL, (run) => replaceInvisible(run, jsonEscape))}\n`;
}

/** Anything but printable ASCII: rare, so that most of a document need not be looked at closely. */
const UNUSUAL = /[^\n\x20-\x7e]+/g;

/** One escape for each UTF-16 unit, as JSON wants it. */
function jsonEscape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
