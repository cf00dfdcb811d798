import { escapeText } from "../../text/invisible.ts";

/** A code span that ends on its line, by as many backticks as it began with; in a table a bar would end it. */
const CODE = /(?<!`)(`+)(?!`)[^|]*?(?<!`)\1(?!`)/g;

/** What stands for characters that were escaped, or breaks what would become a link. */
const REFERENCE = /&#(?:8203|3[2-9]|[4-9]\d|1[01]\d|12[0-6]);/g;

const LINK = /(?<!!)\[[^[\]]*\]\([^()\s]*\)/g;

/** The only tags within a line. Each is closed there. */
const TAGS = /<b>[^<]*<\/b>|<w?br>/g;

const ALERT = /^> \[!(?:NOTE|IMPORTANT|WARNING|CAUTION)\]$/;

/**
 * Whether a line of Markdown is of the kind that our own pages have: all that stands in it can be seen, and it neither
 * begins nor ends anything that goes on in another line. What has a meaning and was not escaped makes it another's.
 */
export function isSeenLine(line: string): boolean {
  if (ALERT.test(line)) return true;
  if (escapeText(line) !== line || /^(?:\s|<w?br>)/.test(line)) return false;
  const isRow = line.startsWith("| ") && line.endsWith(" |");
  const text = line
    .replace(CODE, "x")
    .replace(/^> .*\\$/, (quoted) => quoted.slice(0, -1))
    .replace(/\\[[\]]/g, "")
    .replace(REFERENCE, "")
    .replace(TAGS, "")
    .replace(LINK, "x");
  return !(isRow ? /[<`\\[\]&~$]/ : /[<`\\[\]&~$|]/).test(text);
}
