import { parseSync } from "oxc-parser";
import { childrenOf, isFunction, isNode, type Node, nameOf, textOf, walk } from "./nodes.ts";
import { readUses, type Use } from "./uses.ts";

/** What a module takes from another: `*` where it takes all, or where nothing says what. */
export type Import = {
  /** As it is written; null where it is put together while the program runs. */
  readonly from: string | null;
  readonly names: readonly string[];
  readonly isType: boolean;
  /** Whether it is exported again at once. */
  readonly isPassedOn: boolean;
};

/** What the rules look at in a module. */
export type Syntax = {
  readonly imports: readonly Import[];
  /** What it exports itself; what it passes on is an import. */
  readonly exports: readonly string[];
  /** What it has a name for at its top, and the methods and properties of its objects and types. */
  readonly declared: ReadonlySet<string>;
  /** Every name that it binds, imports and parameters too. */
  readonly bound: ReadonlySet<string>;
  readonly uses: readonly Use[];
  /** Lines of each function, arrow and method, and where it begins. */
  readonly functions: readonly { readonly line: number; readonly lines: number }[];
  /** Texts, as the program has them, and the source of regular expressions and of numbers. */
  readonly texts: readonly string[];
  readonly patterns: readonly string[];
  readonly numbers: readonly string[];
};

/** @throws Error for what is no TypeScript. */
export function syntaxOf(file: string, text: string): Syntax {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found = {
    imports: [] as Import[],
    exports: [] as string[],
    declared: new Set<string>(),
    bound: new Set<string>(),
    uses: [] as Use[],
    functions: [] as { line: number; lines: number }[],
    texts: [] as string[],
    patterns: [] as string[],
    numbers: [] as string[],
  };
  walk(program as unknown as Node, (node) => {
    readImport(node, found.imports);
    readNames(node, found);
    readLiteral(node, found);
    if (isFunction(node)) {
      const { start, end } = node;
      found.functions.push({ line: linesOf(text.slice(0, start)), lines: linesOf(text.slice(start, end)) });
    }
  });
  readUses(program as unknown as Node, found.uses);
  return found;
}

function linesOf(text: string): number {
  return text.split("\n").length;
}

function readImport(node: Node, imports: Import[]): void {
  const { type, source } = node;
  const isStatement = /^(?:Import|ExportAll|ExportNamed)Declaration$/.test(type) && isNode(source);
  if (!isStatement && type !== "ImportExpression" && type !== "TSImportType") return;
  const specifiers = childrenOf(node).filter((child) => /^(?:Import|Export)\w*Specifier$/.test(child.type));
  const isTypeOnly = (of: Node): boolean => [of.importKind, of.exportKind].includes("type");
  const isAll = type === "ExportAllDeclaration" || !isStatement;
  const isType =
    type === "TSImportType" ||
    isTypeOnly(node) ||
    (specifiers.length > 0 && specifiers.every((specifier) => isTypeOnly(specifier)));
  const names = specifiers.map((specifier) => importedName(specifier));
  const isPassedOn = type.startsWith("Export");
  imports.push({ from: textOf(source), names: isAll ? ["*"] : names, isType, isPassedOn });
}

function importedName(specifier: Node): string {
  if (specifier.type === "ImportNamespaceSpecifier") return "*";
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  return nameOf(specifier.imported ?? specifier.local);
}

type Names = { readonly exports: string[]; readonly declared: Set<string>; readonly bound: Set<string> };

function readNames(node: Node, { exports, declared, bound }: Names): void {
  if (node.type === "ExportNamedDeclaration" && isNode(node.declaration)) {
    exports.push(...declaredBy(node.declaration));
  }
  if (node.type === "ExportNamedDeclaration" && !isNode(node.source)) {
    for (const specifier of childrenOf(node).filter(({ type }) => type === "ExportSpecifier")) {
      exports.push(nameOf(specifier.exported));
    }
  }
  if (node.type === "ExportDefaultDeclaration") exports.push("default");
  if (/(?:^Property|Definition|^TSPropertySignature|^TSMethodSignature)$/.test(node.type)) {
    declared.add(nameOf(node.key));
  }
  if (isFunction(node))
    for (const param of node.params as Node[]) for (const name of boundBy(param)) bound.add(name);
  if (node.type === "CatchClause") for (const name of boundBy(node.param)) bound.add(name);
  if (/^Import\w*Specifier$/.test(node.type)) bound.add(nameOf(node.local));
  for (const name of declaredBy(node)) bound.add(name);
  const atTop = node.type === "Program" ? (node.body as Node[]) : [];
  for (const statement of atTop) {
    const { declaration = statement } = statement;
    if (isNode(declaration)) for (const name of declaredBy(declaration)) declared.add(name);
  }
}

/** The names that a declaration makes. */
function declaredBy(node: Node): readonly string[] {
  if (node.type === "VariableDeclaration") {
    return (node.declarations as Node[]).flatMap(({ id }) => boundBy(id));
  }
  const isNamed = /^(?:Function|Class|TSTypeAlias|TSInterface)Declaration$|^FunctionExpression$/.test(
    node.type,
  );
  return isNamed && isNode(node.id) ? [nameOf(node.id)] : [];
}

/** The names that a pattern binds: `{ a, b: [c] = d, ...e }` binds a, c and e. */
function boundBy(pattern: unknown): readonly string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case "Identifier":
      return [nameOf(pattern)];
    case "AssignmentPattern":
      return boundBy(pattern.left);
    case "RestElement":
      return boundBy(pattern.argument);
    case "Property":
      return boundBy(pattern.value);
    case "ObjectPattern":
      return (pattern.properties as Node[]).flatMap(boundBy);
    case "ArrayPattern":
      return (pattern.elements as (Node | null)[]).flatMap(boundBy);
    default:
      return [];
  }
}

type Literals = { readonly texts: string[]; readonly patterns: string[]; readonly numbers: string[] };

function readLiteral(node: Node, { texts, patterns, numbers }: Literals): void {
  if (node.type === "TemplateElement") {
    const { cooked, raw } = node.value as { readonly cooked: string | null; readonly raw: string };
    texts.push(cooked ?? raw);
    // A template may be made into a pattern.
    patterns.push(raw);
  }
  if (node.type !== "Literal") return;
  if (typeof node.value === "string") texts.push(node.value);
  if (typeof node.value === "number") numbers.push(String(node.raw));
  if ("regex" in node) patterns.push(String(node.raw));
}
