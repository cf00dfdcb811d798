import type { DiagnosticCode } from "../domain/diagnostics.ts";
import type { Span } from "../domain/source-file.ts";
import { isControl, tokensOf } from "./tokens.ts";

/** Deepest nesting that is handed to the parser: a campaign needs three levels, and a parser has a finite stack. */
const MAX_NESTING = 40;

/** Something in the token stream that no file of ours may hold. */
export type RefusedToken = { readonly code: DiagnosticCode; readonly span: Span };

/** The tokens of a text, and what is wrong with them before anything is built from them. */
export type TokenScan = {
  /** In the form that the parser takes; complete unless `tooDeep` is set. */
  readonly lexemes: readonly string[];
  readonly refused: readonly RefusedToken[];
  /** Where quotes that are never closed are opened, by the offset at which the text in them ends. */
  readonly openQuotes: ReadonlyMap<number, number>;
  /** Offset at which the nesting passes the limit, or null. */
  readonly tooDeep: number | null;
};

/** Splits a text into YAML tokens. Needs no recursion, so no nesting can exhaust the stack or the heap here. */
export function scanTokens(text: string): TokenScan {
  const lexemes: string[] = [];
  const refused: RefusedToken[] = [];
  const openQuotes = new Map<number, number>();
  const nesting = trackNesting();
  for (const { lexeme, type, offset } of tokensOf(text)) {
    lexemes.push(lexeme);
    if (isControl(type)) continue;
    const code = refusalOf(type);
    if (code !== null) refused.push({ code, span: [offset, offset + lexeme.length] });
    if (nesting.pass(type, lexeme) > MAX_NESTING) return { lexemes, refused, openQuotes, tooDeep: offset };
    if (isOpenQuote(type, lexeme)) openQuotes.set(offset + lexeme.length, offset);
  }
  return { lexemes, refused, openQuotes, tooDeep: null };
}

function isOpenQuote(type: string | null, lexeme: string): boolean {
  const isQuoted = type === "single-quoted-scalar" || type === "double-quoted-scalar";
  return isQuoted && (lexeme.length === 1 || lexeme.at(-1) !== lexeme.charAt(0));
}

function refusalOf(type: string | null): DiagnosticCode | null {
  switch (type) {
    case "anchor":
      return "anchor-not-allowed";
    case "alias":
      return "alias-not-allowed";
    case "tag":
      return "tag-not-allowed";
    case "directive-line":
      return "directive-not-allowed";
    default:
      return null;
  }
}

/** Counts open flow collections and, outside of them, the columns at which block collections can have begun. */
function trackNesting(): { pass(type: string | null, lexeme: string): number } {
  const columns: number[] = [];
  let flow = 0;
  let column = 0;
  let lineStarts = true;
  const open = () => {
    while (lineStarts && (columns.at(-1) ?? -1) >= column) columns.pop();
    if (column > (columns.at(-1) ?? -1)) columns.push(column);
    lineStarts = false;
  };
  return {
    pass(type, lexeme) {
      if (type === "flow-map-start" || type === "flow-seq-start") flow += 1;
      else if (type === "flow-map-end" || type === "flow-seq-end") flow = Math.max(0, flow - 1);
      else if (flow === 0 && opensBlock(type, lineStarts)) open();
      const lastBreak = lexeme.lastIndexOf("\n");
      if (lastBreak !== -1) lineStarts = true;
      column = lastBreak === -1 ? column + lexeme.length : lexeme.length - lastBreak - 1;
      return flow + columns.length;
    },
  };
}

function opensBlock(type: string | null, lineStarts: boolean): boolean {
  switch (type) {
    case "seq-item-ind":
    case "explicit-key-ind":
    case "map-value-ind":
      return true;
    case "space":
    case "newline":
    case "comment":
      return false;
    default:
      return lineStarts;
  }
}
