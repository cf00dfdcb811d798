import { childrenOf, isNode, type Node, nameOf } from "./nodes.ts";

/** A name and what follows it where it is used: `process.env.X` is `["process", "env", "X"]`, `a[b]` is `["a", "*"]`. */
export type Use = {
  readonly path: readonly string[];
  /** How many values `new` is given with it; null where there is no `new`. */
  readonly made: number | null;
};

/** Nodes that only wrap an expression. Every other one that begins with `TS` is gone when the program runs. */
const WRAPPERS = [
  "TSAsExpression",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "ChainExpression",
  "ParenthesizedExpression",
];

/** Collects the uses of names in a piece of a program. Names that are only bound are among them. */
export function readUses(node: Node, uses: Use[]): void {
  const { type } = node;
  if (type === "ImportDeclaration" || (type.startsWith("TS") && !WRAPPERS.includes(type))) return;
  if (/^(?:Identifier|MemberExpression|MetaProperty)$/.test(type)) {
    readPath(node, null, uses);
    return;
  }
  if (type === "CallExpression" || type === "NewExpression") {
    const given = node.arguments as Node[];
    readPath(node.callee as Node, type === "NewExpression" ? given.length : null, uses);
    for (const argument of given) readUses(argument, uses);
    return;
  }
  if (type === "VariableDeclarator" && readDestructured(node, uses)) return;
  readRest(node, uses);
}

/** A key, a label, and the name behind a dot are no uses. */
function readRest(node: Node, uses: Use[]): void {
  const { key, property, label, computed } = node;
  for (const child of childrenOf(node)) {
    if (child === label || (computed !== true && (child === key || child === property))) continue;
    if (child.type === "ExportSpecifier" && isNode(node.source)) continue;
    readUses(child, uses);
  }
}

function readPath(node: Node, made: number | null, uses: Use[]): void {
  const path = pathOf(node);
  if (path === null) {
    readRest(node, uses);
    return;
  }
  uses.push({ path, made });
  for (const computed of computedIn(node)) readUses(computed, uses);
}

/** `const { env } = process` uses `process.env`. */
function readDestructured({ id, init }: Node, uses: Use[]): boolean {
  const path = isNode(init) ? pathOf(init) : null;
  if (path === null || !isNode(id) || id.type !== "ObjectPattern") return false;
  for (const property of id.properties as Node[]) {
    const name = property.type === "RestElement" ? "*" : keyOf(property);
    uses.push({ path: [...path, name], made: null });
    if (isNode(property.value)) readUses(property.value, uses);
  }
  return true;
}

function keyOf({ key, computed }: Node): string {
  return computed === true && isNode(key) && key.type === "Identifier" ? "*" : nameOf(key);
}

/** Null for what does not begin with a name, such as what a call gives. */
function pathOf(node: Node): readonly string[] | null {
  if (node.type === "Identifier") return [nameOf(node)];
  if (node.type === "MetaProperty") return ["import.meta"];
  if (WRAPPERS.includes(node.type)) return pathOf(node.expression as Node);
  if (node.type !== "MemberExpression") return null;
  const before = pathOf(node.object as Node);
  if (before === null) return null;
  const path = [...before, keyOf({ ...node, key: node.property })];
  return path[0] === "globalThis" || path[0] === "global" ? path.slice(1) : path;
}

function computedIn(node: Node): readonly Node[] {
  if (WRAPPERS.includes(node.type)) return computedIn(node.expression as Node);
  if (node.type !== "MemberExpression") return [];
  const own = node.computed === true && isNode(node.property) ? [node.property] : [];
  return [...computedIn(node.object as Node), ...own];
}
