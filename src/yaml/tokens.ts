import { CST, Lexer } from "yaml";

/** One token of a text. `type` is null for the text of a plain or block scalar; `offset` is where it begins. */
export type YamlToken = { readonly lexeme: string; readonly type: string | null; readonly offset: number };

/** The tokens of a text, in order. Those that only steer the parser are not in the text, and have no length there. */
export function* tokensOf(text: string): Iterable<YamlToken> {
  let offset = 0;
  let scalarFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type: string | null = scalarFollows ? null : CST.tokenType(lexeme);
    // The lexer announces a plain or block scalar with a control token that is not in the text.
    scalarFollows = type === "scalar";
    yield { lexeme, type, offset };
    if (!isControl(type)) offset += lexeme.length;
  }
}

/** Whether a token only steers the parser. */
export function isControl(type: string | null): boolean {
  return type === "scalar" || type === "doc-mode" || type === "flow-error-end";
}
