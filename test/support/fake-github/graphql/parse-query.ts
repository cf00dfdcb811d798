/** What a GraphQL query asks for. Only the part of the language that short read queries need. */
export type Selection =
  | {
      readonly kind: "field";
      readonly name: string;
      /** What the answer calls it: the alias, else the name. */
      readonly key: string;
      readonly arguments: Readonly<Record<string, unknown>>;
      readonly selections: readonly Selection[];
    }
  | { readonly kind: "on"; readonly type: string; readonly selections: readonly Selection[] };

export type Variables = Readonly<Record<string, unknown>>;

type Tokens = { peek(): string | undefined; next(): string; expect(token: string): void };

/**
 * Reads one query operation.
 *
 * @throws Error for what is no query, or uses more of the language than this knows.
 */
export function parseQuery(text: string, variables: Variables): readonly Selection[] {
  const tokens = tokenise(text);
  if (tokens.peek() !== "{") {
    tokens.expect("query");
    if (/^\w/.test(tokens.peek() ?? "")) tokens.next();
    if (tokens.peek() === "(") skipDefinitions(tokens);
  }
  const selections = parseSelections(tokens, variables);
  if (tokens.peek() !== undefined) throw new Error(`Parse error on "${tokens.peek()}"`);
  return selections;
}

function tokenise(text: string): Tokens {
  const pattern = /"(?:[^"\\\n]|\\.)*"|\.\.\.|\$?[A-Za-z_]\w*|-?\d+|[{}()[\]:!=]|[\s,]+|#[^\n]*|[\s\S]/g;
  const found = (text.match(pattern) ?? []).filter((token) => !/^(?:[\s,]|#)/.test(token));
  let at = 0;
  const next = () => {
    const token = found[at];
    if (token === undefined) throw new Error("Unexpected end of document");
    at += 1;
    return token;
  };
  const expect = (wanted: string) => {
    const token = next();
    if (token !== wanted) throw new Error(`Parse error on "${token}": expected "${wanted}"`);
  };
  return { peek: () => found[at], next, expect };
}

/** `($id: ID!, $ids: [ID!]!)`: the server does not check their types. */
function skipDefinitions(tokens: Tokens): void {
  tokens.expect("(");
  while (tokens.next() !== ")");
}

function parseSelections(tokens: Tokens, variables: Variables): readonly Selection[] {
  const selections: Selection[] = [];
  tokens.expect("{");
  while (tokens.peek() !== "}") selections.push(parseSelection(tokens, variables));
  tokens.expect("}");
  return selections;
}

function parseSelection(tokens: Tokens, variables: Variables): Selection {
  const first = tokens.next();
  if (first === "...") {
    tokens.expect("on");
    return { kind: "on", type: tokens.next(), selections: parseSelections(tokens, variables) };
  }
  if (!/^[A-Za-z_]\w*$/.test(first)) throw new Error(`Parse error on "${first}"`);
  const hasAlias = tokens.peek() === ":";
  if (hasAlias) tokens.expect(":");
  const name = hasAlias ? tokens.next() : first;
  const given = tokens.peek() === "(" ? parseArguments(tokens, variables) : {};
  const selections = tokens.peek() === "{" ? parseSelections(tokens, variables) : [];
  return { kind: "field", name, key: first, arguments: given, selections };
}

function parseArguments(tokens: Tokens, variables: Variables): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  tokens.expect("(");
  while (tokens.peek() !== ")") {
    const name = tokens.next();
    tokens.expect(":");
    given[name] = parseValue(tokens, variables);
  }
  tokens.expect(")");
  return given;
}

function parseValue(tokens: Tokens, variables: Variables): unknown {
  const token = tokens.next();
  if (token.startsWith("$")) {
    const name = token.slice(1);
    if (!Object.hasOwn(variables, name)) throw new Error(`Variable $${name} was provided no value`);
    return variables[name];
  }
  if (token !== "[") return JSON.parse(token);
  const items: unknown[] = [];
  while (tokens.peek() !== "]") items.push(parseValue(tokens, variables));
  tokens.expect("]");
  return items;
}
