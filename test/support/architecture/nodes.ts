/** A node of the syntax tree (ESTree, with types as typescript-eslint has them). */
export type Node = { readonly type: string; readonly start: number; readonly end: number } & {
  readonly [key: string]: unknown;
};

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

export function isFunction({ type }: Node): boolean {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type);
}

export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node)) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) children.push(...value.filter(isNode));
  }
  return children;
}

export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

/** The text that a literal stands for; null for any other node. */
export function textOf(node: unknown): string | null {
  return isNode(node) && typeof node.value === "string" ? node.value : null;
}

/** The name of an identifier, or of a key that is a text; `*` where only the running program knows it. */
export function nameOf(node: unknown): string {
  return isNode(node) && typeof node.name === "string" ? node.name : (textOf(node) ?? "*");
}
