import type { YAMLError } from "yaml";
import type { Span } from "../domain/source-file.ts";

/** One place where the text is no YAML. */
export type SyntaxFault = { readonly span: Span; readonly detail: string };

const INDENT =
  "Lines that belong together must start in the same column, and what belongs to a line must stand further right.";

/** Plain words for what the parser says most often; for the rest its own words do. */
const EXPLANATIONS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "A tab is used for indentation. Use spaces.",
  BLOCK_AS_IMPLICIT_KEY:
    'A key and a value begin in the middle of a line. Put text that holds ": " in quotes, or mend the indentation. ' +
    INDENT,
  MULTILINE_IMPLICIT_KEY: `A key must stand on one line, with a colon and a space behind it, as in "name: text". ${INDENT}`,
  BAD_SCALAR_START: "Text cannot start with this character. Put the text in quotes.",
  BAD_INDENT: `The indentation does not fit, or a bracket is not closed. ${INDENT}`,
};

/**
 * What the parser complains of, first complaint of a line only: the others on that line follow from it. Tags and
 * directives are left out, since they are refused by their tokens.
 *
 * @param openQuotes where quotes are opened that end, unclosed, at an offset: that is where the mistake is.
 */
export function syntaxFaults(
  errors: readonly YAMLError[],
  openQuotes: ReadonlyMap<number, number>,
  lineOf: (offset: number) => number,
): SyntaxFault[] {
  const lines = new Set<number>();
  const faults: SyntaxFault[] = [];
  for (const error of errors) {
    if (error.code === "TAG_RESOLVE_FAILED" || error.code === "BAD_DIRECTIVE") continue;
    const fault = faultOf(error, openQuotes);
    const line = lineOf(fault.span[0]);
    if (lines.has(line)) continue;
    lines.add(line);
    faults.push(fault);
  }
  return faults;
}

function faultOf(error: YAMLError, openQuotes: ReadonlyMap<number, number>): SyntaxFault {
  const quote = error.code === "MISSING_CHAR" ? openQuotes.get(error.pos[0]) : undefined;
  if (quote !== undefined) {
    return {
      span: [quote, quote + 1],
      detail: "The quote that opens here is never closed. Close it on this line.",
    };
  }
  return { span: error.pos, detail: EXPLANATIONS[error.code] ?? inParserWords(error) };
}

function inParserWords(error: YAMLError): string {
  const [message = ""] = error.message.split("\n", 1);
  return `The YAML parser says: ${message.replace(/\.$/, "")}. Mend this line or the one before it.`;
}
