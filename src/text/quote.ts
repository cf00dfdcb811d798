import { escapeText, withoutOpenEnd } from "./invisible.ts";

const LONGEST_QUOTE = 80;
const LONGEST_REASON = 200;
const LONGEST_ID = 128;

/** At most 80 characters of something the server said, between quotes, with nothing invisible in it. */
export function quote(text: string): string {
  return quoteStart(text, LONGEST_QUOTE);
}

/** At most 200 characters of why something was refused, be it a sentence or a whole page, in one line; null for none. */
export function quoteReason(text: string): string | null {
  const line = text
    .slice(0, 20 * LONGEST_REASON)
    .replace(/[ \t\r\n]+/g, " ")
    .trim()
    .replace(/\.$/, "");
  return line === "" ? null : quoteStart(line, LONGEST_REASON);
}

function quoteStart(text: string, longest: number): string {
  const start = [...text.slice(0, 4 * longest)].slice(0, longest).join("");
  return start === text ? `"${escapeText(text)}"` : `"${escapeText(withoutOpenEnd(start))}…"`;
}

/** A word of a file or a flag between quotes, whole. Quotes and backslashes in it are marked, as YAML and JSON do. */
export function quoteWhole(text: string): string {
  return `"${escapeText(text.replace(/["\\]/g, "\\$&"))}"`;
}

/** A code or an id as the server gave it, made safe to print: visible characters only, at most 128. */
export function printable(text: string): string {
  return escapeText(text.trim()).slice(0, LONGEST_ID);
}

/** What a JSON value is, in a few words, for "expected X, found Y". Never walks into it. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string") return quote(value);
  return typeof value === "object" ? "an object" : String(value);
}
